"""The layout of the tile map: every municipality once, beside its neighbours, and the country still recognisable."""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.directory import tile_fitting
from baken.directory.assignment import assigned
from baken.directory.tile_fitting import centre
from baken.directory.tile_layout import Land, beside_each_other, laid_out, land_of
from baken.directory.tiles import FILE, Tile, parts, read_tiles, tiles_of, write_tiles
from baken.packs.loader import ROOT
from baken.packs.pack import Pack
from baken.packs.points import Point

tile = st.builds(Tile, st.integers(-20, 20), st.integers(-20, 20))


@pytest.fixture(scope="module")
def land() -> Land:
    return land_of("nl")


@pytest.fixture(scope="module")
def tiles() -> Mapping[str, Tile]:
    return tiles_of("nl")


def test_every_municipality_has_one_tile_and_no_two_the_same(nl: Pack, tiles: Mapping[str, Tile]) -> None:
    assert set(tiles) == set(nl.places.municipalities)
    assert len(set(tiles.values())) == 342


def test_the_kept_layout_is_the_one_that_the_points_give(land: Land, tiles: Mapping[str, Tile]) -> None:
    assert laid_out(land) == tiles, "run: python scripts/tile_map.py"


def test_neighbours_stay_near_each_other(land: Land, tiles: Mapping[str, Tile]) -> None:
    pairs = [pair for pair in beside_each_other(land.points) if not land.apart(*pair)]
    steps = [tiles[one].steps_to(tiles[other]) for one, other in pairs]
    assert sum(step == 1 for step in steps) / len(steps) >= 0.84
    assert sum(step <= 2 for step in steps) / len(steps) >= 0.99
    assert max(steps) <= 3


def test_directions_stay(land: Land, tiles: Mapping[str, Tile]) -> None:
    pairs = list(itertools.combinations(sorted(land.points), 2))
    north = [
        (land.points[one].y - land.points[other].y, tiles[other].row - tiles[one].row)
        for one, other in pairs
        if land.points[one].y != land.points[other].y
    ]
    east = [
        (land.points[one].x - land.points[other].x, centre(tiles[one])[0] - centre(tiles[other])[0])
        for one, other in pairs
    ]
    assert sum(real * drawn >= 0 for real, drawn in north) / len(north) >= 0.98
    assert sum(real * drawn >= 0 for real, drawn in east) / len(east) >= 0.97
    # Whatever is clearly further north, by 60 kilometres, is never drawn below.
    assert all(real * drawn > 0 for real, drawn in north if abs(real) > 60_000)


def test_no_tile_lies_far_from_where_it_belongs(land: Land, tiles: Mapping[str, Tile]) -> None:
    codes = sorted(tiles)
    real = [(float(land.points[code].x), float(-land.points[code].y)) for code in codes]
    drawn = [centre(tiles[code]) for code in codes]
    moves = [math.dist(one, other) for one, other in zip(_standard(real), _standard(drawn), strict=True)]
    # In tiles, once both pictures are laid over each other at the same size.
    size = statistics.pstdev(value for point in _centred(drawn) for value in point)
    assert statistics.mean(moves) * size <= 1.0
    assert max(moves) * size <= 3


def _centred(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    middle = [statistics.mean(values) for values in zip(*points, strict=True)]
    return [(x - middle[0], y - middle[1]) for x, y in points]


def _standard(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    moved = _centred(points)
    size = statistics.pstdev(value for point in moved for value in point)
    return [(x / size, y / size) for x, y in moved]


def test_provinces_hang_together_and_islands_lie_in_the_sea(land: Land, tiles: Mapping[str, Tile]) -> None:
    for province in set(land.groups.values()):
        on_land = [tiles[code] for code, group in land.groups.items() if group == province and code not in land.islands]
        assert len(parts(on_land)) == 1, province
    assert len(land.islands) == 5
    taken = set(tiles.values())
    for island in land.islands:
        assert not taken & set(tiles[island].neighbours)


def test_no_hole_stays_inland(tiles: Mapping[str, Tile]) -> None:
    taken = set(tiles.values())
    empty = {near for one in taken for near in one.neighbours} - taken
    assert [one for one in empty if taken.issuperset(one.neighbours)] == []


def test_the_lake_and_the_far_corners_are_where_one_looks_for_them(nl: Pack, tiles: Mapping[str, Tile]) -> None:
    place = {item.name: tiles[code] for code, item in nl.places.municipalities.items()}
    # Water between Enkhuizen and the other side of the lake.
    assert place["Enkhuizen"].steps_to(place["Súdwest-Fryslân"]) >= 3
    assert max(place.values(), key=lambda one: one.row) in (place["Vaals"], place["Eijsden-Margraten"])
    assert min(place.values(), key=lambda one: one.column).row > place["Rotterdam"].row
    assert min(one.row for one in place.values()) == place["Schiermonnikoog"].row


@given(tile, tile)
def test_steps_are_a_distance(one: Tile, other: Tile) -> None:
    assert one.steps_to(other) == other.steps_to(one)
    assert (one.steps_to(other) == 0) == (one == other)
    if one != other:
        assert min(near.steps_to(other) for near in one.neighbours) == one.steps_to(other) - 1


@given(tile)
def test_the_six_neighbours_touch(one: Tile) -> None:
    assert len(set(one.neighbours)) == 6
    assert all(math.isclose(math.dist(centre(one), centre(near)), 1) for near in one.neighbours)
    assert all(one in near.neighbours for near in one.neighbours)


@given(
    st.integers(1, 5).flatmap(
        lambda n: st.lists(st.lists(st.integers(0, 9), min_size=6, max_size=6), min_size=n, max_size=n)
    )
)
def test_an_assignment_costs_the_least(costs: list[list[int]]) -> None:
    found = assigned(costs)
    assert len(set(found)) == len(costs)
    best = min(
        sum(costs[row][column] for row, column in enumerate(columns))
        for columns in itertools.permutations(range(6), len(costs))
    )
    assert sum(costs[row][column] for row, column in enumerate(found)) == best


@given(st.sets(st.tuples(st.integers(0, 90_000), st.integers(300_000, 390_000)), max_size=12))
def test_any_land_gets_a_tile_for_each(places: set[tuple[int, int]]) -> None:
    points = {f"GM{number:04}": Point(*place) for number, place in enumerate(sorted(places))}
    groups = {code: "east" if point.x > 45_000 else "west" for code, point in points.items()}
    found = laid_out(Land(points, groups, frozenset(list(points)[:1])))
    assert set(found) == set(points)
    assert len(set(found.values())) == len(points)


def test_exchanging_ends_even_when_it_could_go_on(monkeypatch: pytest.MonkeyPatch, land: Land) -> None:
    monkeypatch.setattr(tile_fitting, "ROUNDS", 1)
    zeeland = {code: point for code, point in land.points.items() if land.groups[code] in ("Zeeland", "Noord-Brabant")}
    assert len(set(laid_out(Land(zeeland, land.groups)).values())) == len(zeeland)


def test_a_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    tiles = {"GM0001": Tile(3, 4), "GM0002": Tile(0, 0)}
    write_tiles(tmp_path / FILE, tiles)
    assert read_tiles(tmp_path / FILE) == tiles
    assert read_tiles(tmp_path / "none.csv") == {}
    assert (ROOT / "nl" / FILE).read_text(encoding="utf-8").startswith("code,column,row\n")
