"""Give each row of a table of costs a column of its own so that the sum is least. Pure.

The Hungarian method by shortest augmenting paths: R. Jonker and A. Volgenant, "A shortest augmenting path algorithm for dense
and sparse linear assignment problems", Computing 38 (1987).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

NOBODY = -1


@dataclass
class _Matching:
    """Who has which column so far, and the prices that prove that it is the best."""

    costs: Sequence[Sequence[float]]
    holder: list[int] = field(init=False)
    """Column -> row."""
    of_row: list[float] = field(init=False)
    of_column: list[float] = field(init=False)

    def __post_init__(self) -> None:
        width = len(self.costs[0]) if self.costs else 0
        self.holder = [NOBODY] * width
        self.of_row = [0.0] * len(self.costs)
        self.of_column = [0.0] * width

    def add(self, start: int) -> None:
        """Find a column for one more row; others may move over."""
        column, back = self._nearest_free(start)
        while column != NOBODY:
            before = back[column]
            self.holder[column] = start if before == NOBODY else self.holder[before]
            column = before

    def _nearest_free(self, start: int) -> tuple[int, list[int]]:
        """The cheapest free column, and for each column the one through which it was reached."""
        least = [math.inf] * len(self.holder)
        back = [NOBODY] * len(self.holder)
        left = list(range(len(self.holder)))
        done: list[int] = []
        row, through = start, NOBODY
        while True:
            self._look(row, through, left, least, back)
            best = min(left, key=least.__getitem__)
            step = least[best]
            self.of_row[start] += step
            for column in done:
                self.of_row[self.holder[column]] += step
                self.of_column[column] -= step
            for column in left:
                least[column] -= step
            if self.holder[best] == NOBODY:
                return best, back
            left.remove(best)
            done.append(best)
            row, through = self.holder[best], best

    def _look(self, row: int, through: int, left: list[int], least: list[float], back: list[int]) -> None:
        costs, own = self.costs[row], self.of_row[row]
        for column in left:
            value = costs[column] - own - self.of_column[column]
            if value < least[column]:
                least[column], back[column] = value, through


def assigned(costs: Sequence[Sequence[float]]) -> list[int]:
    """For each row its column. Needs at least as many columns as rows; equal costs go to the first column."""
    matching = _Matching(costs)
    for row in range(len(costs)):
        matching.add(row)
    columns = {row: column for column, row in enumerate(matching.holder) if row != NOBODY}
    return [columns[row] for row in range(len(costs))]
