"""Asking the index: what is found, and how many there are per facet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import connections

from baken.directory.finding import asking, statements
from baken.directory.finding.concepts import Concept, concepts
from baken.directory.finding.counting import counted
from baken.directory.finding.documents import Found, Hit, Query
from baken.directory.finding.expressions import NOTHING, Expression, all_of, any_of
from baken.directory.finding.ranking import Candidate, found_by, rank
from baken.directory.finding.store import StoredVocabulary, dialect, selected

MOST = 300
"""Candidates per step that are ranked. More than anybody reads; what has all words in its name is always among them."""
MOST_SINGLY = 100
"""Candidates per word when no document has them together."""
FEW = 5
"""With fewer hits a looser step is tried."""


def find(query: Query, *, using: str = "default") -> Found:
    """The documents that have what is asked, best first."""
    connection = connections[using]
    with connection.cursor() as cursor:
        index = _Index(cursor, dialect(connection), query)
        candidates = index.candidates()
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
    return Found(hits, len(candidates), index.more)


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
        self.more = False
        self.filters = asking.filters(query)
        self.concepts: list[Concept] = []
        if query.text.strip():
            cursor.execute(statements.READ_STATE)
            _number, documents = cursor.fetchone()
            self.concepts = concepts(query.text, query.text_language, StoredVocabulary(cursor), documents)

    def candidates(self) -> list[Candidate]:
        """The documents of the strictest step, with those of looser steps while there are few."""
        found: dict[int, Candidate] = {}
        for step in self._steps():
            rows = self._search(step)
            if len(rows) > MOST:
                self.more = True
                rows = rows[:MOST]
                if self.concepts:
                    rows += self._search(asking.in_name(self.concepts))[:MOST]
            found.update((row.number, row) for row in rows)
            if len(found) >= FEW:
                return list(found.values())
        for step in asking.singly(self.concepts):
            found.update((row.number, row) for row in self._search(step, MOST_SINGLY))
        return list(found.values())

    def facets(self) -> list[tuple[str, int]]:
        """The facets of the documents that have all but the chosen facets, of the strictest step that finds any."""
        chosen = {facet.partition(":")[0] for facet in self.query.facets}
        others = [part for name, part in self.filters.items() if name not in chosen]
        where, values = self._where()
        for step in (*self._steps(), any_of(asking.singly(self.concepts))):
            if step != NOTHING:
                asked = self.speech.asked(all_of([step, *others]) if step else all_of(others))
                self.cursor.execute(self.speech.FACETS.format(where=where), [asked, *values])
                rows: list[tuple[str, int]] = self.cursor.fetchall()
                if rows:
                    return rows
        return []

    def _steps(self) -> Iterator[Expression]:
        if self.concepts:
            yield from asking.steps(self.concepts)
        elif not self.query.text.strip():
            yield ""

    def _search(self, step: Expression, most: int = MOST) -> list[Candidate]:
        if step == NOTHING:
            return []
        asked = self.speech.asked(all_of([*([step] if step else []), *self.filters.values()]))
        where, values = self._where()
        order, by = self._order()
        self.cursor.execute(self.speech.SEARCH.format(where=where, order=order), [asked, *values, *by, most + 1])
        return [Candidate(*row) for row in self.cursor.fetchall()]

    def _where(self) -> tuple[str, list[int]]:
        query = self.query
        if query.near is None or query.within_km is None:
            return statements.ANYWHERE, []
        (x, y), radius = query.near, asking.metres(query.within_km)
        return statements.WITHIN, [x, x, y, y, radius * radius]

    def _order(self) -> tuple[str, Sequence[int]]:
        if self.query.near is None:
            return statements.BY_NUMBER, []
        x, y = self.query.near
        return statements.BY_DISTANCE, [x, x, y, y]
