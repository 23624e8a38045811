"""Which documents are ranked: those of the strictest reading of the text, with looser ones while there are few. Pure.

When the filters leave few documents, the loosest reading is asked at once and the steps are taken here, over its answer: one
question to the database instead of several.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from baken.directory.finding import asking
from baken.directory.finding.concepts import Concept
from baken.directory.finding.expressions import NOTHING, Expression, any_of, holds
from baken.directory.finding.ranking import Candidate

MOST = 300
"""Candidates per step that are ranked. More than anybody reads; what has all words in its name is always among them."""
MOST_SINGLY = 100
"""Candidates per word when no document has them together."""
FEW = 5
"""With fewer hits a looser step is tried."""
NARROW = 500
"""With so few rows expected, the loosest reading is asked first."""

Search = Callable[[Expression | None, int], list[Candidate]]
"""The first so many documents that hold this, and all filters."""


def loosest(concepts: Sequence[Concept]) -> Expression | None:
    """At least one word, or one that looks like it; None without a text."""
    return any_of(asking.loosely(concept) for concept in concepts) if concepts else None


def gather(concepts: Sequence[Concept], search: Search, *, narrow: bool) -> tuple[list[Candidate], bool]:
    """The candidates, and whether there are more than are ranked."""
    if not concepts:
        rows = search(None, MOST + 1)
        return rows[:MOST], len(rows) > MOST
    if narrow:
        rows = search(loosest(concepts), MOST + 1)
        if len(rows) <= MOST:
            return _stepwise(concepts, _among(rows))
    return _stepwise(concepts, search)


def _stepwise(concepts: Sequence[Concept], search: Search) -> tuple[list[Candidate], bool]:
    found: dict[int, Candidate] = {}
    more = False
    for step in asking.steps(concepts):
        rows = [] if step == NOTHING else search(step, MOST + 1)
        if len(rows) > MOST:
            more = True
            rows = rows[:MOST]
            named = asking.in_name(concepts)
            rows += [] if named == NOTHING else search(named, MOST)
        found.update((row.number, row) for row in rows)
        if len(found) >= FEW:
            return list(found.values()), more
    for step in asking.singly(concepts):
        found.update((row.number, row) for row in search(step, MOST_SINGLY))
    return list(found.values()), more


def _among(rows: Sequence[Candidate]) -> Search:
    """The same question over rows that are here already."""

    def search(step: Expression | None, most: int) -> list[Candidate]:
        return [row for row in rows if step is None or holds(step, row.tokens)][:most]

    return search
