"""The gap map: what people looked for where, and nobody offers. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

FEWEST = 5
"""A cell with fewer searches stays empty: one rare wish in one region could point at somebody."""
ANYWHERE = ""
"""Somebody named no region."""


@dataclass(frozen=True, slots=True)
class Gap:
    """So many searches for a need in a region found nothing."""

    need: str
    region: str
    count: int


@dataclass(frozen=True, slots=True)
class GapMap:
    """Rows are needs, columns regions; a cell is None where fewer than `FEWEST` searches failed.

    There are no totals: from a total and the other cells somebody could work out a cell that stays empty.
    """

    needs: tuple[str, ...]
    regions: tuple[str, ...]
    cells: dict[tuple[str, str], int]

    def row(self, need: str) -> list[int | None]:
        """The counts of one need, in the order of the regions."""
        return [self.cells.get((need, region)) for region in self.regions]

    @property
    def largest(self) -> tuple[Gap, ...]:
        """The gaps that can be shown, the largest first."""
        found = [Gap(need, region, count) for (need, region), count in self.cells.items()]
        return tuple(sorted(found, key=lambda gap: (-gap.count, gap.need, gap.region)))


def gap_map(searches: Iterable[Gap], *, needs: Iterable[str], regions: Iterable[str]) -> GapMap:
    """Add up failed searches per need and region. Only needs and regions that are named take part."""
    rows, columns = tuple(needs), tuple(regions)
    counted: Counter[tuple[str, str]] = Counter()
    for search in searches:
        if search.need in rows and search.region in columns:
            counted[search.need, search.region] += search.count
    return GapMap(rows, columns, {cell: count for cell, count in counted.items() if count >= FEWEST})
