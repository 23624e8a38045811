"""Put spread points on the tiles of a grid, and exchange tiles while that makes the map better. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from baken.directory.assignment import assigned
from baken.directory.tiles import Tile, parts

ROW = math.sqrt(3) / 2
"""Height of a row of hexagons that are one wide."""
REACH = 2
"""Tiles around a point that it may get, in rows and columns."""
ROUNDS = 20

# What a map is worth: the sum of these, the lower the better.
SAME_GROUP = 1.5
"""Neighbours that end up apart count by the square of the steps between them, and this much more inside a province."""
TOUCHING = 0.3
"""Gain for each neighbour on the map that is of the same province."""
SHORE = 6.0
"""For an island that touches the land."""
PART = 12.0
"""For each piece of a province beyond the first."""
HOLE = 4.0
"""For an empty tile with tiles all around it."""


@dataclass(frozen=True)
class Fit:
    """What the fitting knows about each point, by number."""

    wanted: Sequence[tuple[float, float]]
    """Where it would like to be, in tiles: to the east, to the south."""
    groups: Sequence[str]
    islands: Sequence[bool]
    beside: Sequence[Sequence[int]]
    """Numbers of the neighbours on land."""


def fitted(fit: Fit) -> list[Tile]:
    """A tile for each point, no two the same: the least sum of squared distances, then exchanges until nothing gets better."""
    board = _Board(fit, _nearest_tiles(fit.wanted))
    for _ in range(ROUNDS):
        moved = sum(board.improve(number) for number in range(len(fit.wanted)))
        if not moved:
            break
    return board.tiles


def centre(tile: Tile) -> tuple[float, float]:
    """Middle of a tile, in tiles."""
    return tile.column + tile.row % 2 / 2, tile.row * ROW


def _nearest_tiles(wanted: Sequence[tuple[float, float]]) -> list[Tile]:
    candidates: set[Tile] = set()
    for x, y in wanted:
        for row in range(round(y / ROW) - REACH, round(y / ROW) + REACH + 1):
            column = round(x - row % 2 / 2)
            candidates.update(Tile(near, row) for near in range(column - REACH, column + REACH + 1))
    tiles = sorted(candidates)
    centres = [centre(tile) for tile in tiles]
    costs = [[(x - cx) * (x - cx) + (y - cy) * (y - cy) for cx, cy in centres] for x, y in wanted]
    return [tiles[number] for number in assigned(costs)]


@dataclass
class _Board:
    """Who stands where, and what that is worth."""

    fit: Fit
    tiles: list[Tile]
    at: dict[Tile, int] = field(init=False)
    members: dict[str, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.at = {tile: number for number, tile in enumerate(self.tiles)}
        self.members = {}
        for number, group in enumerate(self.fit.groups):
            if not self.fit.islands[number]:
                self.members.setdefault(group, []).append(number)

    def improve(self, number: int) -> bool:
        """Move one point to the best tile near it, changing places with who stands there. False if it stays."""
        here = self.tiles[number]
        near = {tile for close in here.neighbours for tile in close.neighbours}
        near.update(tile for other in self.fit.beside[number] for tile in self.tiles[other].neighbours)
        best, gain = here, -1e-6
        for tile in sorted(near - {here}):
            change = self._change(number, tile, gain)
            if change < gain:
                best, gain = tile, change
        self._exchange(number, best)
        return best != here

    def _change(self, number: int, tile: Tile, enough: float) -> float:
        """What the map gets worse (or better: below 0) by this exchange. Counting pieces is slow: only where it may matter."""
        here, other = self.tiles[number], self.at.get(tile)
        around = {here, tile, *here.neighbours, *tile.neighbours}
        before = self._worth(number, other, around)
        self._exchange(number, tile)
        change = self._worth(number, other, around) - before
        if change < enough + PART:
            groups = {self.fit.groups[one] for one in (number, other) if one is not None}
            change += PART * self._pieces(groups)
            self._exchange(number, here)
            change -= PART * self._pieces(groups)
        else:
            self._exchange(number, here)
        return change

    def _exchange(self, number: int, tile: Tile) -> None:
        here, other = self.tiles[number], self.at.get(tile)
        if tile == here:
            return
        del self.at[here]
        if other is not None:
            self.tiles[other], self.at[here] = here, other
        self.tiles[number], self.at[tile] = tile, number

    def _worth(self, number: int, other: int | None, around: set[Tile]) -> float:
        own = self._place(number) + (self._place(other) if other is not None else 0.0)
        return own + HOLE * sum(
            tile not in self.at and all(near in self.at for near in tile.neighbours) for tile in around
        )

    def _place(self, number: int) -> float:
        fit, tile = self.fit, self.tiles[number]
        x, y = centre(tile)
        wanted_x, wanted_y = fit.wanted[number]
        worth = (x - wanted_x) * (x - wanted_x) + (y - wanted_y) * (y - wanted_y)
        for other in fit.beside[number]:
            steps = tile.steps_to(self.tiles[other]) - 1
            worth += steps * steps * (SAME_GROUP if fit.groups[other] == fit.groups[number] else 1.0)
        for near in tile.neighbours:
            touching = self.at.get(near)
            if touching is None:
                continue
            if fit.islands[touching] != fit.islands[number]:
                worth += SHORE
            elif fit.groups[touching] == fit.groups[number]:
                worth -= TOUCHING
        return worth

    def _pieces(self, groups: set[str]) -> int:
        return sum(len(parts([self.tiles[number] for number in self.members.get(group, ())])) for group in groups)
