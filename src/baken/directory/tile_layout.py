"""Give each municipality a tile so that the country stays recognisable, from nothing but one point each. Pure.

1. Who lies beside whom: the Gabriel graph of the points (K.R. Gabriel and R.R. Sokal, Systematic Zoology 18, 1969): two points are
   neighbours when no third lies in the circle that has them as its diameter.
2. Spread: neighbours pull each other to the distance of one tile, in the direction in which they really lie; points that are
   too near push each other away (as in the cartograms of D. Dorling, Area Cartograms, 1996). Crowded parts grow, empty parts
   shrink, and water stays water.
3. Fit: each point gets a tile of the grid (``tile_fitting``), and exchanges mend what broke.

Only +, -, *, / and square roots, in a fixed order: the same points give the same tiles on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from baken.directory.tile_fitting import Fit, fitted
from baken.directory.tiles import Tile
from baken.packs.loader import load_pack
from baken.packs.points import Point, load_points

SEA = 26_000
"""Neighbours further apart than this, in metres, have water between them: no two municipalities on land do."""
TILE = 9_500
"""Metres that are one tile wide before spreading: about the square root of the land per municipality."""
WATER = 3.2
"""Tiles between two neighbours with water between them that are ``SEA`` apart; more when they are further."""
ROUNDS = 300
PULL = 0.5
"""Part of the way that a point goes to where its neighbours want it, per round."""
ANCHOR = 0.002
"""Part of the way back to where it really is, so that the whole does not drift."""
PUSH = 0.4
"""Part of an overlap that each of two points gives way, twice per round."""
CLOSE = 0.88
"""The spread points draw this much closer before they are fitted, so that no holes stay inland."""


@dataclass(frozen=True)
class Land:
    """What the layout knows: points, the group (province) of each, and which are islands."""

    points: Mapping[str, Point]
    groups: Mapping[str, str]
    islands: frozenset[str] = frozenset()

    def apart(self, one: str, other: str) -> bool:
        """Is there water between these two?"""
        far = self.points[one].kilometres_to(self.points[other]) * 1000 > SEA
        return far or one in self.islands or other in self.islands


def land_of(country: str) -> Land:
    """The land of a country: its municipalities by province, with its islands."""
    pack = load_pack(country)
    groups = {code: item.province for code, item in pack.places.municipalities.items()}
    islands = frozenset(pack.places_file.islands) if pack.places_file else frozenset()
    return Land(load_points(country).by_code, groups, islands)


def laid_out(land: Land) -> dict[str, Tile]:
    """One tile for each point of the land, no two the same."""
    codes = sorted(land.points)
    if not codes:
        return {}
    edges = beside_each_other(land.points)
    at = _spread(land, codes, edges)
    fit = Fit(
        wanted=[(x * CLOSE, y * CLOSE) for x, y in at],
        groups=[land.groups[code] for code in codes],
        islands=[code in land.islands for code in codes],
        beside=_by_index(codes, [edge for edge in edges if not land.apart(*edge)]),
    )
    tiles = fitted(fit)
    west = min(tile.column for tile in tiles)
    # An even number of rows: an odd one would put every row half a tile off.
    north = min(tile.row for tile in tiles) // 2 * 2
    return {code: Tile(tile.column - west, tile.row - north) for code, tile in zip(codes, tiles, strict=True)}


def beside_each_other(points: Mapping[str, Point]) -> list[tuple[str, str]]:
    """Pairs of codes that lie beside each other, each pair once, by code."""
    codes = sorted(points)
    found: list[tuple[str, str]] = []
    for one in codes:
        # Whoever stands between two points is near one of them: looking from near to far finds it soon.
        near_to_far = sorted(codes, key=partial(_square_by_code, points, one))
        found += [(one, other) for other in codes if other > one and not _between(one, other, points, near_to_far)]
    return found


def _square(one: Point, other: Point) -> int:
    return (one.x - other.x) ** 2 + (one.y - other.y) ** 2


def _square_by_code(points: Mapping[str, Point], one: str, other: str) -> int:
    return _square(points[one], points[other])


def _between(one: str, other: str, points: Mapping[str, Point], near_to_far: list[str]) -> bool:
    # A point lies in the circle on a diameter exactly when it sees the diameter at more than a right angle.
    across = _square(points[one], points[other])
    for code in near_to_far:
        if code in (one, other):
            continue
        near = _square(points[one], points[code])
        if near >= across:
            return False
        if near + _square(points[other], points[code]) < across:
            return True
    return False


def _by_index(codes: list[str], edges: list[tuple[str, str]]) -> list[list[int]]:
    index = {code: number for number, code in enumerate(codes)}
    beside: list[list[int]] = [[] for _ in codes]
    for one, other in edges:
        beside[index[one]].append(index[other])
        beside[index[other]].append(index[one])
    return beside


def _spread(land: Land, codes: list[str], edges: list[tuple[str, str]]) -> list[tuple[float, float]]:
    index = {code: number for number, code in enumerate(codes)}
    home = [(land.points[code].x / TILE, -land.points[code].y / TILE) for code in codes]
    wishes = []
    for one, other in edges:
        first, second = index[one], index[other]
        east, south = home[second][0] - home[first][0], home[second][1] - home[first][1]
        length = math.sqrt(east * east + south * south)
        factor = _rest(land, one, other, length) / length
        wishes.append((first, second, east * factor, south * factor))
    xs, ys = [x for x, _ in home], [y for _, y in home]
    for _ in range(ROUNDS):
        _pull(xs, ys, home, wishes)
        _push(xs, ys)
        _push(xs, ys)
    return list(zip(xs, ys, strict=True))


def _rest(land: Land, one: str, other: str, length: float) -> float:
    """How many tiles apart two neighbours come to rest: touching, or with at least one tile of water between them."""
    return max(2.0, WATER * length * TILE / SEA) if land.apart(one, other) else 1.0


def _pull(
    xs: list[float], ys: list[float], home: list[tuple[float, float]], wishes: list[tuple[int, int, float, float]]
) -> None:
    east, south, count = [0.0] * len(xs), [0.0] * len(xs), [0] * len(xs)
    for first, second, wish_x, wish_y in wishes:
        x, y = xs[second] - xs[first] - wish_x, ys[second] - ys[first] - wish_y
        east[first] += x
        south[first] += y
        east[second] -= x
        south[second] -= y
        count[first] += 1
        count[second] += 1
    for number, (home_x, home_y) in enumerate(home):
        share = PULL / max(count[number], 1)
        xs[number] += share * east[number] + ANCHOR * (home_x - xs[number])
        ys[number] += share * south[number] + ANCHOR * (home_y - ys[number])


def _push(xs: list[float], ys: list[float]) -> None:
    boxes: dict[tuple[int, int], list[int]] = {}
    for number, (x, y) in enumerate(zip(xs, ys, strict=True)):
        boxes.setdefault((math.floor(x), math.floor(y)), []).append(number)
    for (column, row), here in boxes.items():
        for near in ((column, row), (column + 1, row), (column - 1, row + 1), (column, row + 1), (column + 1, row + 1)):
            for first in here:
                for second in boxes.get(near, ()):
                    if near != (column, row) or first < second:
                        _part(xs, ys, first, second)


def _part(xs: list[float], ys: list[float], first: int, second: int) -> None:
    x, y = xs[second] - xs[first], ys[second] - ys[first]
    square = x * x + y * y
    if 0 < square < 1:
        length = math.sqrt(square)
        give = PUSH * (1 - length) / length
        xs[first] -= x * give
        ys[first] -= y * give
        xs[second] += x * give
        ys[second] += y * give
