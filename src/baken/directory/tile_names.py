"""Names of provinces beside the tiles: each as near to its province as it can be without covering anything. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from baken.directory.tile_shapes import HALF, ROW, Box, Spot, around, middle
from baken.directory.tiles import Tile

LETTER = 10
"""Width that a letter may take."""
LINE = 20
"""Height of a line of text."""
AIR = 3
"""Least space between a name and a tile."""
NEAR = 30
"""A name further than this from the middle of the nearest tile of its province has a line that leads there."""
HEART = 3
"""The nearest tile says whether a name is beside its province; a third of the way to its middle keeps it off the far corners."""
MARGIN = 50
"""How far beyond the tiles a name may go, to the sides."""


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a province: its lines of text, the box that they fill, and the line that leads to the province, if it has one."""

    lines: tuple[str, ...]
    box: Box
    at_end: bool
    """The text ends at the right edge of the box, where its province is; otherwise it begins at the left edge."""
    lead: tuple[Spot, Spot] | None

    @property
    def x(self) -> int:
        """Where the lines begin, or end."""
        return self.box.right if self.at_end else self.box.left

    @property
    def placed(self) -> list[tuple[int, str]]:
        """Each line with the height of its foot."""
        return [(self.box.top + LINE * number - LINE // 4, line) for number, line in enumerate(self.lines, start=1)]


def named(by_group: Mapping[str, list[Tile]]) -> Iterator[Name]:
    """A name for each group of tiles. Those that lie inland choose first: they have the fewest places to choose from."""
    taken = list(_runs(tile for members in by_group.values() for tile in members))
    left = {group: [middle(tile) for tile in members] for group, members in sorted(by_group.items())}
    found = {group: _best(group, spots, taken) for group, spots in left.items()}
    while left:
        group = max(left, key=lambda one: found[one][0])
        box, spots = found[group][1], left.pop(group)
        end = min(spots, key=lambda spot: _square(box.nearest(spot), spot))
        yield Name(_lines(group), box, end.x > (box.left + box.right) // 2, _lead(box.nearest(end), end))
        grown = Box(box.left - AIR, box.top, box.right + AIR, box.bottom)
        taken.append(grown)
        found |= {one: _best(one, left[one], taken) for one in left if found[one][1].touches(grown)}


def _lines(name: str) -> tuple[str, ...]:
    *first, last = name.split("-")
    return (*(f"{part}-" for part in first), last)


def _runs(tiles: Iterable[Tile]) -> Iterator[Box]:
    """Tiles that lie beside each other in a row as one box, with some air: few boxes make looking quick."""
    run: Box | None = None
    for tile in sorted(tiles, key=lambda one: (one.row, one.column)):
        box = around(tile)
        if run is not None and run.right - AIR == box.left and run.top == box.top:
            run = Box(run.left, run.top, box.right + AIR, run.bottom)
            continue
        if run is not None:
            yield run
        run = Box(box.left - AIR, box.top, box.right + AIR, box.bottom)
    if run is not None:
        yield run


def _best(name: str, spots: list[Spot], taken: list[Box]) -> tuple[float, Box]:
    """How far the best free place is, and the place."""
    heart = Spot(sum(spot.x for spot in spots) // len(spots), sum(spot.y for spot in spots) // len(spots))
    radius = math.sqrt(max(_square(heart, spot) for spot in spots))
    west, east = min(box.left for box in taken), max(box.right for box in taken)
    level: dict[int, list[Box]] = {}
    best = (math.inf, Box(0, 0, 0, 0))
    # From the middle of the province outwards: soon nothing further on can be better.
    for square, box in sorted((_square(box.nearest(heart), heart), box) for box in _places(name, taken)):
        far = math.sqrt(square)
        if far - radius + far / HEART >= best[0]:
            break
        if box.top not in level:
            level[box.top] = [other for other in taken if other.top < box.bottom and box.top < other.bottom]
        if not any(box.touches(other) for other in level[box.top]):
            beyond = max(west - box.left, 0) + max(box.right - east, 0)
            away = math.sqrt(min(_square(box.nearest(spot), spot) for spot in spots)) + far / HEART + beyond / 2
            if away < best[0] and (away := away + _crossed(box, spots, taken)) < best[0]:
                best = (away, box)
    return best


def _places(name: str, taken: list[Box]) -> Iterator[Box]:
    """Where a name could stand; below everything there is always room."""
    lines = _lines(name)
    width, height = LETTER * max(map(len, lines)), LINE * len(lines)
    west, east = min(box.left for box in taken), max(box.right for box in taken)
    for y in range(min(box.top for box in taken), max(box.bottom for box in taken) + ROW, ROW // 2):
        for x in range(west - MARGIN, max(west, east + MARGIN - width) + 1, HALF // 2):
            yield Box(x, y, x + width, y + height)


def _crossed(box: Box, spots: list[Spot], taken: list[Box]) -> int:
    """How much of a leading line would lie over tiles or names."""
    end = min(spots, key=lambda spot: _square(box.nearest(spot), spot))
    start = box.nearest(end)
    steps = math.isqrt(_square(start, end)) // HALF
    between = [
        Spot(start.x + (end.x - start.x) * step // steps, start.y + (end.y - start.y) * step // steps)
        for step in range(1, steps)
    ]
    return HALF * sum(any(other.nearest(spot) == spot for other in taken) for spot in between)


def _square(one: Spot, other: Spot) -> int:
    return (one.x - other.x) * (one.x - other.x) + (one.y - other.y) * (one.y - other.y)


def _lead(start: Spot, end: Spot) -> tuple[Spot, Spot] | None:
    """From the name to just inside the tile, so that what the tile shows stays free."""
    length = math.sqrt(_square(start, end))
    if length <= NEAR:
        return None
    back = (HALF - 3) / length
    return start, Spot(round(end.x + (start.x - end.x) * back), round(end.y + (start.y - end.y) * back))
