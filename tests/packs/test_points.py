"""The point of every municipality, and distances between them, held against known places and distances."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.packs.errors import PackError
from baken.packs.loader import load_pack
from baken.packs.pack import Pack
from baken.packs.places import Places, UnknownPlaceError
from baken.packs.points import COLUMNS, FILE, Point, Points, load_points, read_points, to_degrees, to_point

AMSTERDAM, ROTTERDAM, UTRECHT, GRONINGEN, MAASTRICHT, OOSTZAAN = (
    "GM0363",
    "GM0599",
    "GM0344",
    "GM0014",
    "GM0935",
    "GM0431",
)
EARTH = 6371.0


@pytest.fixture(scope="module")
def points() -> Points:
    return load_points("nl")


@pytest.mark.parametrize(
    ("latitude", "longitude", "x", "y"),
    [
        (52.15517440, 5.38720621, 155_000, 463_000),
        (53.21938, 6.56820, 233_883, 582_065),
        (52.09070, 5.12142, 136_785, 455_860),
        (50.75470, 6.02080, 199_714, 307_387),
    ],
    ids=["Amersfoort, the origin", "Martini tower, Groningen", "Dom tower, Utrecht", "Vaals"],
)
def test_known_places_lie_where_the_survey_has_them(latitude: float, longitude: float, x: int, y: int) -> None:
    point = to_point(latitude, longitude)
    assert math.hypot(point.x - x, point.y - y) <= 1.5


@given(st.floats(50.75, 53.55), st.floats(3.36, 7.22))
def test_there_and_back_is_the_same_place(latitude: float, longitude: float) -> None:
    again = to_degrees(to_point(latitude, longitude))
    assert again[0] == pytest.approx(latitude, abs=0.00002)
    assert again[1] == pytest.approx(longitude, abs=0.00003)


def test_every_municipality_has_a_point_of_its_own(nl: Pack, points: Points) -> None:
    assert set(points.by_code) == set(nl.places.municipalities)
    assert len(set(points.by_code.values())) == 342


@pytest.mark.parametrize(
    ("one", "other", "kilometres", "give"),
    [
        (AMSTERDAM, ROTTERDAM, 57, 3),
        (AMSTERDAM, UTRECHT, 35, 3),
        (GRONINGEN, MAASTRICHT, 270, 5),
        (AMSTERDAM, OOSTZAAN, 9, 3),
        (AMSTERDAM, AMSTERDAM, 0, 0),
    ],
)
def test_distances_are_those_of_the_map(points: Points, one: str, other: str, kilometres: int, give: int) -> None:
    assert points.kilometres(one, other) == pytest.approx(kilometres, abs=give)
    assert points.kilometres(one, other) == points.kilometres(other, one)


def test_the_plane_agrees_with_the_globe(points: Points) -> None:
    codes = sorted(points.by_code)
    for one, other in zip(codes, codes[171:] + codes[:171], strict=True):
        (lat1, lon1), (lat2, lon2) = (map(math.radians, to_degrees(points.of(code))) for code in (one, other))
        half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
        assert points.kilometres(one, other) == pytest.approx(2 * EARTH * math.asin(math.sqrt(half)), rel=0.004)


def test_a_postcode_has_the_point_of_its_first_municipality(points: Points) -> None:
    assert points.of_postcode("1511 AB") == points.of(OOSTZAAN)


def test_within_holds_the_place_itself_and_grows(points: Points) -> None:
    near, far = points.within(OOSTZAAN, 10), points.within(OOSTZAAN, 30)
    assert OOSTZAAN in near
    assert AMSTERDAM in near
    assert near < far
    assert points.within(OOSTZAAN, 0) == {OOSTZAAN}
    assert points.nearest_first(OOSTZAAN, [MAASTRICHT, OOSTZAAN, UTRECHT]) == [OOSTZAAN, UTRECHT, MAASTRICHT]


def test_what_has_no_point_raises(points: Points) -> None:
    with pytest.raises(UnknownPlaceError):
        points.of("GM0000")
    with pytest.raises(UnknownPlaceError):
        points.of_postcode("Atlantis")


def test_a_country_without_points_has_none() -> None:
    assert load_points("hu").by_code == {}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["x,y,code"], "(header)"),
        (["GM0431,118000"], "whole metres"),
        (["GM0431,52.4,4.8"], "whole metres"),
        (["GM0431,118000,9"], "whole metres"),
        (["GM9999,118000,494000"], "every municipality once"),
        (["GM0431,118000,494000", "GM0431,118000,494000"], "every municipality once"),
        (["GM0431,118000,494000"], "missing GM0014"),
        ([], "missing GM0014"),
    ],
)
def test_a_wrong_table_says_what_is_wrong(tmp_path: Path, nl: Pack, lines: list[str], expected: str) -> None:
    header = [] if lines[:1] == ["x,y,code"] else [",".join(COLUMNS)]
    (tmp_path / FILE).write_text("\n".join([*header, *lines]), encoding="utf-8")
    with pytest.raises(PackError, match=expected.replace("(", r"\(").replace(")", r"\)")):
        read_points(tmp_path, tmp_path, nl.places)


def test_an_empty_table_is_no_table(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("", encoding="utf-8")
    with pytest.raises(PackError, match="expected code,x,y"):
        read_points(tmp_path, tmp_path, Places())


def test_the_pack_names_the_source_of_the_points() -> None:
    places = load_pack("nl").places_file
    assert places is not None
    assert places.points is not None
    assert "CC BY 4.0" in places.points.source


def test_points_have_an_order() -> None:
    assert min(Point(2, 1), Point(1, 9)) == Point(1, 9)
