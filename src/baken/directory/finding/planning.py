"""Which part of a question the index answers, and which is looked up on the rows it gives. Pure.

An index is asked for documents that have all of some tokens, and reads for that the list of each token. A token that most
documents have (*public*, *for everybody*) has a long list and leaves few out: cheaper to look at the few rows that are left. This
decides how long an answer takes, never what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from baken.directory.finding.expressions import All, Any, Expression

_POSTING, _ROW = 0.012, 4.0
"""What it costs to read one entry of a list and to fetch and look at one row, in microseconds. Only their ratio matters."""


class Plan(NamedTuple):
    """``indexed`` must all hold, by the index; each of ``looked_up`` too, on the row: one of its tokens."""

    indexed: tuple[Expression, ...]
    looked_up: tuple[Any, ...]
    expected: float
    """Rows that hold everything, if the parts had nothing to do with each other."""


def plan(text: Expression | None, filters: Iterable[Expression], counts: Mapping[str, int], documents: int) -> Plan:
    """The cheapest way to answer: the text always by the index, with the filters that are worth it."""
    parts = sorted(
        ((estimate(part, counts, documents), at, part) for at, part in enumerate(filters)), key=lambda item: item[:2]
    )
    total = max(1, documents)
    indexed: list[Expression] = []
    looked_up: list[Any] = []
    rows = float(total)
    if text is not None:
        indexed.append(text)
        rows = estimate(text, counts, documents)
    expected = rows
    for size, _at, part in parts:
        expected *= size / total
        spared = rows * (1 - size / total) * _ROW
        if indexed and spared <= size * _POSTING and not isinstance(part, All):
            looked_up.append(part if isinstance(part, Any) else Any((part,)))
        else:
            indexed.append(part)
            rows *= size / total
    return Plan(tuple(indexed), tuple(looked_up), expected)


def estimate(expression: Expression, counts: Mapping[str, int], documents: int) -> float:
    """How many documents hold this, if tokens had nothing to do with each other."""
    if isinstance(expression, str):
        return float(counts.get(expression, 0))
    sizes = [estimate(part, counts, documents) for part in expression.of]
    if isinstance(expression, Any):
        return min(float(documents), sum(sizes))
    found = float(documents)
    for size in sizes:
        found *= size / max(1, documents)
    return found
