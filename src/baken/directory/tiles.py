"""Tiles of equal size, one for each municipality, on a grid of hexagons. Pure.

On a map with true areas a small municipality cannot be seen and a large one looks important. Here each has the same tile.
Rows count from the north, columns from the west; odd rows lie half a tile to the east.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from baken.packs.loader import ROOT

FILE = "municipality_tiles.csv"
COLUMNS = ("code", "column", "row")


class Tile(NamedTuple):
    """One hexagon of the grid."""

    column: int
    row: int

    @property
    def neighbours(self) -> tuple[Tile, ...]:
        """The six tiles around it: east, south-east, south-west, west, north-west, north-east."""
        column, row = self
        odd = row % 2
        return (
            Tile(column + 1, row),
            Tile(column + odd, row + 1),
            Tile(column + odd - 1, row + 1),
            Tile(column - 1, row),
            Tile(column + odd - 1, row - 1),
            Tile(column + odd, row - 1),
        )

    def steps_to(self, other: Tile) -> int:
        """How many tiles one walks to get there; 1 for a neighbour."""
        down = other.row - self.row
        along = (other.column - other.row // 2) - (self.column - self.row // 2)
        return max(abs(down), abs(along), abs(down + along))


def parts(tiles: Collection[Tile]) -> list[set[Tile]]:
    """The tiles in pieces that hang together."""
    left = set(tiles)
    found: list[set[Tile]] = []
    while left:
        reached = [left.pop()]
        for tile in reached:
            touching = [near for near in tile.neighbours if near in left]
            left.difference_update(touching)
            reached += touching
        found.append(set(reached))
    return found


def write_tiles(path: Path, tiles: Mapping[str, Tile]) -> None:
    """Keep a layout as a table, by code."""
    lines = [",".join(COLUMNS), *(f"{code},{tile.column},{tile.row}" for code, tile in sorted(tiles.items()))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_tiles(path: Path) -> dict[str, Tile]:
    """Municipality code -> tile; empty where there is no table. ``scripts/tile_map.py`` writes it, a test makes it anew."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as handle:
        rows: Iterable[dict[str, str]] = list(csv.DictReader(handle))
    return {row["code"]: Tile(int(row["column"]), int(row["row"])) for row in rows}


@cache
def tiles_of(country: str) -> Mapping[str, Tile]:
    """The tiles of a country, read once per process."""
    return read_tiles(ROOT / country / FILE)
