"""An index in Python alone: slow, and plain enough to see that it is right. The databases must answer as it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from baken.directory.finding import asking, similar
from baken.directory.finding.concepts import Concept, concepts
from baken.directory.finding.counting import counted
from baken.directory.finding.documents import Document, Found, Hit, Point, Query
from baken.directory.finding.expressions import All, Expression
from baken.directory.finding.gathering import NARROW, gather, loosest
from baken.directory.finding.planning import plan
from baken.directory.finding.ranking import Candidate, distance, found_by, rank
from baken.directory.finding.rows import Row, counted_tokens, row


class PlainIndex:
    def __init__(self, documents: Iterable[Document]) -> None:
        self.rows = [row(document) for document in documents]
        self.numbers = {item.key: number for number, item in enumerate(self.rows)}
        self.texts = {item.key: item.texts for item in self.rows}
        self.words = Counter(token for item in self.rows for token in counted_tokens(item.tokens, item.text_end))
        self.grams: dict[str, set[str]] = {}
        for token in self.words:
            if token.startswith("w"):
                for gram in similar.grams(token[1:]):
                    self.grams.setdefault(gram, set()).add(token[1:])

    def find(self, query: Query) -> Found:
        meant = self._concepts(query)
        filters = asking.filters(query).values()
        expected = plan(loosest(meant), filters, self.words, len(self.rows)).expected

        def search(step: Expression | None, most: int) -> list[Candidate]:
            rows = [item for item in self._near(query) if holds(step, item) and self._passes(query, item)]
            return [self._candidate(item) for item in rows[:most]]

        if query.text.strip() and not meant:
            return Found((), 0, more=False)
        candidates, more = gather(meant, search, narrow=expected <= NARROW)
        ranked = rank(candidates, meant, query.near)[: query.limit]
        hits = tuple(
            Hit(
                UUID(hex=item.candidate.key),
                item.score,
                item.distance,
                found_by(item.because, self.texts[item.candidate.key]) if item.because else (),
            )
            for item in ranked
        )
        return Found(hits, len(candidates), more)

    def _candidate(self, item: Row) -> Candidate:
        return Candidate(
            self.numbers[item.key], item.key, item.x, item.y, item.name_end, item.keywords_end, item.tokens
        )

    def counts(self, query: Query) -> dict[str, int]:
        meant = self._concepts(query)
        chosen = {facet.partition(":")[0] for facet in query.facets}
        if query.text.strip() and not meant:
            return {}
        steps = [*asking.steps(meant), loosest(meant)] if meant else [None]
        for step in steps:
            rows = [
                item for item in self._near(query) if holds(step, item) and self._passes(query, item, without=chosen)
            ]
            if rows:
                return counted(Counter(item.facets for item in rows).items(), query.facets)
        return {}

    def _concepts(self, query: Query) -> list[Concept]:
        if not query.text.strip():
            return []
        return concepts(query.text, query.text_language, PlainVocabulary(self), len(self.rows))

    def _near(self, query: Query) -> list[Row]:
        """In the order in which an index is cut off: by distance, then in the order in which they came."""
        near = query.near
        if near is None:
            return self.rows
        return sorted(self.rows, key=lambda item: (item.x is None, squared(near, item)))

    def _passes(self, query: Query, item: Row, without: Iterable[str] = ()) -> bool:
        if query.near is not None and query.within_km is not None and item.x is not None:
            radius = asking.metres(query.within_km)
            metres = distance(query.near, item.x, item.y)
            if squared(query.near, item) > radius**2:
                return False
            assert metres is not None
            assert metres <= radius
        return all(holds(part, item) for name, part in asking.filters(query).items() if name not in without)


class PlainVocabulary:
    def __init__(self, index: PlainIndex) -> None:
        self.index = index

    def counts(self, tokens: Iterable[str]) -> Mapping[str, int]:
        return {token: self.index.words[token] for token in tokens if self.index.words[token]}

    def sharing(self, grams: Iterable[str]) -> Mapping[str, Sequence[str]]:
        return {gram: sorted(self.index.grams[gram]) for gram in grams if gram in self.index.grams}


def squared(near: Point, item: Row) -> int:
    return 0 if item.x is None or item.y is None else (item.x - near.x) ** 2 + (item.y - near.y) ** 2


def holds(expression: Expression | None, item: Row) -> bool:
    if expression is None:
        return True
    if isinstance(expression, str):
        return f" {expression} " in item.tokens
    answers = (holds(part, item) for part in expression.of)
    return all(answers) if isinstance(expression, All) else any(answers)
