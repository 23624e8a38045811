"""Asking the index: what is found, and how many there are per facet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connections

from baken.directory.finding import asking, statements
from baken.directory.finding.concepts import Concept, concepts
from baken.directory.finding.counting import counted
from baken.directory.finding.documents import Found, Hit, Query
from baken.directory.finding.expressions import NOTHING, Expression, all_of, tokens_of
from baken.directory.finding.gathering import NARROW, gather, loosest
from baken.directory.finding.planning import plan
from baken.directory.finding.ranking import Candidate, found_by, rank
from baken.directory.finding.store import StoredVocabulary, dialect, selected


def find(query: Query, *, using: str = "default") -> Found:
    """The documents that have what is asked, best first."""
    connection = connections[using]
    with connection.cursor() as cursor:
        index = _Index(cursor, dialect(connection), query)
        candidates, more = index.candidates()
        ranked = rank(candidates, index.concepts, query.near)[: query.limit]
        texts: dict[int, str] = {}
        if index.concepts and ranked:
            texts = dict(selected(cursor, statements.TEXTS, sorted(item.candidate.number for item in ranked)))
    hits = tuple(
        Hit(
            key=UUID(hex=item.candidate.key),
            score=item.score,
            distance=item.distance,
            found_by=found_by(item.because, texts[item.candidate.number]) if item.because else (),
        )
        for item in ranked
    )
    return Found(hits, len(candidates), more)


def counts(query: Query, *, using: str = "default") -> dict[str, int]:
    """Per facet token how many documents are left when it is chosen as well. ``limit`` has no part in it."""
    connection = connections[using]
    with connection.cursor() as cursor:
        index = _Index(cursor, dialect(connection), query)
        return counted(index.facets(), query.facets)


class _Index:
    """One question to the index."""

    def __init__(self, cursor: Any, speech: Any, query: Query) -> None:
        self.cursor, self.speech, self.query = cursor, speech, query
        self.filters = asking.filters(query)
        cursor.execute(statements.READ_STATE)
        _number, self.documents = cursor.fetchone()
        vocabulary = StoredVocabulary(cursor)
        self.concepts: list[Concept] = []
        if query.text.strip():
            self.concepts = concepts(query.text, query.text_language, vocabulary, self.documents)
        spoken_of = set().union(*(tokens_of(part) for part in self.filters.values()))
        self.counts = dict(vocabulary.counts(spoken_of.union(*(concept.alike for concept in self.concepts))))
        for concept in self.concepts:
            self.counts |= concept.documents

    def candidates(self) -> tuple[list[Candidate], bool]:
        """The documents to rank, and whether there are more."""
        if self.query.text.strip() and not self.concepts:
            return [], False
        expected = plan(loosest(self.concepts), self.filters.values(), self.counts, self.documents).expected
        return gather(self.concepts, self._search, narrow=expected <= NARROW)

    def facets(self) -> list[tuple[str, int]]:
        """The facets of the documents that have all but the chosen facets, of the strictest step that finds any."""
        if self.query.text.strip() and not self.concepts:
            return []
        chosen = {facet.partition(":")[0] for facet in self.query.facets}
        others = [part for name, part in self.filters.items() if name not in chosen]
        for step in (*asking.steps(self.concepts), loosest(self.concepts)) if self.concepts else (None,):
            if step == NOTHING:
                continue
            asked, where, values = self._asked(step, others)
            self.cursor.execute(self.speech.FACETS.format(where=where), [asked, *values])
            rows: list[tuple[str, int]] = self.cursor.fetchall()
            if rows:
                return rows
        return []

    def _search(self, step: Expression | None, most: int) -> list[Candidate]:
        asked, where, values = self._asked(step, self.filters.values())
        order, by = self._order()
        self.cursor.execute(self.speech.SEARCH.format(where=where, order=order), [asked, *values, *by, most])
        return [Candidate(*row) for row in self.cursor.fetchall()]

    def _asked(self, step: Expression | None, filters: Iterable[Expression]) -> tuple[str, str, list[Any]]:
        """The question to the index, and the conditions on its rows with their values."""
        made = plan(step, filters, self.counts, self.documents)
        conditions, values = self._where()
        for part in made.looked_up:
            conditions.append("(" + " OR ".join([self.speech.HAS] * len(part.of)) + ")")
            values += [f" {token} " for token in part.of]
        return self.speech.asked(all_of(made.indexed)), " AND ".join(conditions), values

    def _where(self) -> tuple[list[str], list[Any]]:
        query = self.query
        if query.near is None or query.within_km is None:
            return [statements.ANYWHERE], []
        (x, y), radius = query.near, asking.metres(query.within_km)
        return [statements.WITHIN], [x, x, y, y, radius * radius]

    def _order(self) -> tuple[str, Sequence[int]]:
        if self.query.near is None:
            return self.speech.BY_NUMBER, []
        x, y = self.query.near
        return statements.BY_DISTANCE, [x, x, y, y]
