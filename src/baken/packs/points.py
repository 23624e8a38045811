"""One point per municipality, in metres on the plane of the Netherlands, and distances between them.

Points are stored as RD New (EPSG:28992), not as latitude and longitude: in the Netherlands plane distances in RD are right to
within 0.02 %, a database can sort by them with ordinary arithmetic, and whole metres are exact in every store. What an
exchange format wants in degrees is computed with :func:`to_degrees`.

There is no point of a street or a building here, on purpose: whoever asks distances from many places learns no more than
which municipality something is in.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from baken.packs.errors import PackError, Problem, shown_path
from baken.packs.places import Places, UnknownPlaceError

ROOT = Path(__file__).parent
FILE = "municipality_points.csv"
COLUMNS = ("code", "x", "y")
WEST, EAST, SOUTH, NORTH = -7_000, 300_000, 289_000, 629_000
"""The area for which RD New is meant, in metres; a point outside it is a mistake."""

_ORIGIN_X, _ORIGIN_Y = 155_000, 463_000
_ORIGIN_LATITUDE, _ORIGIN_LONGITUDE = 52.15517440, 5.38720621
"""The tower of Amersfoort, where RD has its origin."""

# (power of the first, power of the second, coefficient), from F.H. Schreutelkamp and G.L. Strang van Hees,
# "Benaderingsformules voor de transformatie tussen RD- en WGS84-kaartcoördinaten", Geodesia 43 (2001), tables 1 to 4.
# They give better than a metre anywhere in the country.
_Terms = tuple[tuple[int, int, float], ...]
_X: _Terms = (
    (0, 1, 190094.945),
    (1, 1, -11832.228),
    (2, 1, -114.221),
    (0, 3, -32.391),
    (1, 0, -0.705),
    (3, 1, -2.340),
    (1, 3, -0.608),
    (0, 2, -0.008),
    (2, 3, 0.148),
)
_Y: _Terms = (
    (1, 0, 309056.544),
    (0, 2, 3638.893),
    (2, 0, 73.077),
    (1, 2, -157.984),
    (3, 0, 59.788),
    (0, 1, 0.433),
    (2, 2, -6.439),
    (1, 1, -0.032),
    (0, 4, 0.092),
    (1, 4, -0.054),
)
_LATITUDE: _Terms = (
    (0, 1, 3235.65389),
    (2, 0, -32.58297),
    (0, 2, -0.24750),
    (2, 1, -0.84978),
    (0, 3, -0.06550),
    (2, 2, -0.01709),
    (1, 0, -0.00738),
    (4, 0, 0.00530),
    (2, 3, -0.00039),
    (4, 1, 0.00033),
    (1, 1, -0.00012),
)
_LONGITUDE: _Terms = (
    (1, 0, 5260.52916),
    (1, 1, 105.94684),
    (1, 2, 2.45656),
    (3, 0, -0.81885),
    (1, 3, 0.05594),
    (3, 1, -0.05607),
    (0, 1, 0.01199),
    (3, 2, -0.00256),
    (1, 4, 0.00128),
    (0, 2, 0.00022),
    (2, 0, -0.00022),
    (5, 0, 0.00026),
)


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A place on the plane of RD New: metres to the east and to the north."""

    x: int
    y: int

    def kilometres_to(self, other: Point) -> float:
        """Distance as the crow flies, in kilometres."""
        return math.hypot(self.x - other.x, self.y - other.y) / 1000


def to_point(latitude: float, longitude: float) -> Point:
    """The point in RD New of a place in degrees (WGS 84), right to about a metre. Only for the Netherlands."""
    north = 0.36 * (latitude - _ORIGIN_LATITUDE)
    east = 0.36 * (longitude - _ORIGIN_LONGITUDE)
    return Point(round(_ORIGIN_X + _sum(_X, north, east)), round(_ORIGIN_Y + _sum(_Y, north, east)))


def to_degrees(point: Point) -> tuple[float, float]:
    """Latitude and longitude (WGS 84) of a point, right to about a metre, with five decimals."""
    east, north = (point.x - _ORIGIN_X) / 100_000, (point.y - _ORIGIN_Y) / 100_000
    latitude = _ORIGIN_LATITUDE + _sum(_LATITUDE, east, north) / 3600
    longitude = _ORIGIN_LONGITUDE + _sum(_LONGITUDE, east, north) / 3600
    return round(latitude, 5), round(longitude, 5)


def _sum(terms: _Terms, first: float, second: float) -> float:
    return sum(coefficient * first**p * second**q for p, q, coefficient in terms)


@dataclass(frozen=True)
class Points:
    """The point of every municipality of a country; empty for a country whose pack has none."""

    places: Places = field(default_factory=Places)
    by_code: Mapping[str, Point] = field(default_factory=dict)

    def of(self, code: str) -> Point:
        """The point of a municipality by its code. Raises UnknownPlaceError."""
        try:
            return self.by_code[code]
        except KeyError:
            raise UnknownPlaceError(code, []) from None

    def of_postcode(self, typed: str) -> Point:
        """The point of the municipality that has most of a postcode, not of the postcode. Raises UnknownPlaceError."""
        return self.of(self.places.find(typed).code)

    def kilometres(self, one: str, other: str) -> float:
        """Distance between two municipalities by their codes, in kilometres. Raises UnknownPlaceError."""
        return self.of(one).kilometres_to(self.of(other))

    def within(self, centre: str, kilometres: float) -> frozenset[str]:
        """Codes of the municipalities whose point lies within a distance of that of ``centre``, itself among them."""
        here = self.of(centre)
        return frozenset(code for code, point in self.by_code.items() if here.kilometres_to(point) <= kilometres)

    def nearest_first(self, centre: str, codes: Iterable[str]) -> list[str]:
        """The codes by distance from a municipality; at the same distance by code."""
        here = self.of(centre)
        return sorted(codes, key=lambda code: (here.kilometres_to(self.of(code)), code))


def read_points(directory: Path, root: Path, places: Places) -> Points:
    """Read the points of a pack's municipalities. Raises PackError when one is missing, unknown or outside the country."""
    file = directory / FILE
    if not file.exists():
        return Points(places)
    shown = shown_path(file, root)
    problems: list[Problem] = []
    found: dict[str, Point] = {}
    with file.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.reader(handle))
    if not rows or tuple(rows[0]) != COLUMNS:
        raise PackError([Problem(shown, 1, "(header)", f"expected {','.join(COLUMNS)}")])
    for line, row in enumerate(rows[1:], start=2):
        point = _point_of(row)
        if point is None:
            expected = f"expected a code, x ({WEST} to {EAST}) and y ({SOUTH} to {NORTH}) in whole metres"
            problems.append(Problem(shown, line, "(row)", f"{expected}; found '{','.join(row)}'"))
        elif row[0] not in places.municipalities or row[0] in found:
            problems.append(Problem(shown, line, "code", f"expected every municipality once; found '{row[0]}'"))
        else:
            found[row[0]] = point
    if not problems and (missing := sorted(set(places.municipalities) - set(found))):
        problems.append(Problem(shown, 1, "code", f"expected a point of every municipality; missing {missing[0]}"))
    if problems:
        raise PackError(problems)
    return Points(places, found)


def _point_of(row: list[str]) -> Point | None:
    try:
        _, x, y = row
        point = Point(int(x), int(y))
    except ValueError:
        return None
    return point if WEST <= point.x <= EAST and SOUTH <= point.y <= NORTH else None


@cache
def load_points(country: str = "nl") -> Points:
    """The points of a country's municipalities, read once per process. Raises PackError, UnknownPackError."""
    # The loader knows the packs, and what knows no country needs no loader.
    from baken.packs.loader import load_pack

    return read_points(ROOT / country, ROOT, load_pack(country).places)
