"""The drawing and the table of a map of tiles: whole, light, readable without colours, and the same in both forms."""

from __future__ import annotations

import gzip
import itertools
import re
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from baken.directory.coverage import Coverage, coverage, own, through_region
from baken.directory.map_labels import COVERAGE, LAYERS, LOOKS, about, answers
from baken.directory.tile_drawing import Drawing, drawing_of, drawn
from baken.directory.tile_map import Answer, Look, TileMap, tile_map
from baken.directory.tile_shapes import Box, Spot, around
from baken.directory.tiles import Tile, tiles_of
from baken.packs.pack import Pack

SVG = "{http://www.w3.org/2000/svg}"
OOSTZAAN = "GM0431"
MOST_BYTES = 9_000
"""Of picture and table together, compressed: a page has 60 kB for everything."""


@pytest.fixture(scope="module")
def drawing() -> Drawing:
    return drawing_of("nl")


@pytest.fixture(scope="module")
def shown(nl: Pack) -> TileMap:
    places = nl.places.municipalities
    utrecht, zeeland = (
        [code for code, item in places.items() if item.province == name] for name in ("Utrecht", "Zeeland")
    )
    found = coverage(places, [own(OOSTZAAN), through_region(utrecht), through_region(zeeland, confirmed=False)])
    with override("en"):
        return tile_map(
            key="care",
            title="Who has a care coordinator",
            about=about(27, 13, 302),
            answers=answers(),
            by_municipality=found,
            here=OOSTZAAN,
        )


@pytest.fixture(scope="module")
def picture(shown: TileMap) -> str:
    with override("en"):
        return render_to_string("directory/_tile_map.html", {"map": shown})


@pytest.fixture(scope="module")
def table(shown: TileMap) -> str:
    with override("en"):
        return render_to_string("directory/_tile_table.html", {"map": shown})


def _svg(picture: str) -> ElementTree.Element:
    found = re.search(r"<svg class=\"tile-map__picture\".*?</svg>", picture, re.DOTALL)
    assert found is not None
    return ElementTree.fromstring(found.group().replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))


def test_every_municipality_is_drawn_once_with_its_name_and_answer(nl: Pack, picture: str) -> None:
    titles = [title.text for title in _svg(picture).iterfind(f".//{SVG}use/{SVG}title")]
    assert len(titles) == 342
    assert {str(title).split(":")[0] for title in titles} == {item.name for item in nl.places.municipalities.values()}
    assert "Oostzaan: Of its own" in titles


def test_the_picture_says_what_it_is_and_leaves_the_rest_to_the_table(picture: str) -> None:
    svg = _svg(picture)
    assert svg.get("role") == "img"
    labels = str(svg.get("aria-labelledby")).split()
    assert [svg.findtext(f"{SVG}title"), svg.findtext(f"{SVG}desc")] == [
        "Who has a care coordinator",
        "Of the municipalities, 27 have it, of 13 it was heard but not checked, and of 302 none is known to us. "
        "The table says which.",
    ]
    assert {svg.find(f"{SVG}title").get("id"), svg.find(f"{SVG}desc").get("id")} == set(labels)  # type: ignore[union-attr]
    assert [child.get("aria-hidden") for child in svg.iterfind(f"{SVG}g")] == ["true"]


def test_every_reference_leads_somewhere_in_the_page(picture: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', picture)
    assert len(ids) == len(set(ids))
    assert all(one.startswith("care-") for one in ids)
    assert set(re.findall(r'href="#([^"]+)"', picture)) <= set(ids)


def test_nothing_from_elsewhere_no_script_no_style(picture: str, table: str) -> None:
    for text in (picture, table):
        assert not re.search(r"https?:|<script|<style|\sstyle=|\son\w+=|<image|url\(", text)


def test_looks_differ_without_colour(picture: str) -> None:
    svg = _svg(picture)
    marks = [
        "".join(ElementTree.tostring(part, encoding="unicode") for part in group)
        for group in svg.iterfind(f"{SVG}defs/{SVG}g")
    ]
    # The full and the empty tile have the same shape; one is filled.
    assert len(marks) == 5
    assert len(set(marks)) == 4
    assert len(set(LOOKS.values())) == len(Coverage)


def test_picture_and_table_together_are_light(picture: str, table: str) -> None:
    assert len(gzip.compress((picture + table).encode())) <= MOST_BYTES


def test_the_table_says_all_that_the_picture_says(nl: Pack, shown: TileMap, table: str) -> None:
    assert [row.name for row in shown.rows] == sorted({item.province for item in nl.places.municipalities.values()})
    for index, group in enumerate(shown.groups):
        drawn_names = sorted(tile.title.split(":")[0] for tile in group.tiles)
        assert drawn_names == sorted(name for row in shown.rows for name in row.cells[index].places)
    utrecht = next(row for row in shown.rows if row.name == "Utrecht")
    assert [len(cell.places) for cell in utrecht.cells] == [0, 26, 0, 0, 0]
    assert utrecht.municipalities == 26
    assert shown.municipalities == 342
    assert "<td>26</td>" in table
    assert "Bunnik" in table


def test_a_wrong_statement_is_refused(nl: Pack) -> None:
    good = dict.fromkeys(nl.places.municipalities, "yes")
    yes, no = Answer("yes", "Yes", Look.FULL), Answer("no", "No", Look.EMPTY)

    def made(key: str = "x", answers: tuple[Answer, ...] = (yes, no), given: dict[str, str] = good) -> TileMap:
        return tile_map(key=key, title="T", about="A", answers=answers, by_municipality=given)

    assert [len(group.tiles) for group in made().groups] == [342, 0]
    assert made().here is None
    with pytest.raises(ValueError, match="key"):
        made(key='x"y')
    with pytest.raises(ValueError, match="look of its own"):
        made(answers=(yes, Answer("no", "No", Look.FULL)))
    with pytest.raises(ValueError, match=OOSTZAAN):
        made(given=good | {OOSTZAAN: "maybe"})
    with pytest.raises(ValueError, match="expected one of no, yes"):
        made(given={})


def test_names_cover_no_tile_and_no_other_name(drawing: Drawing) -> None:
    boxes = [name.box for name in drawing.names]
    assert len(boxes) == 12
    tiles = [around(tile) for tile in tiles_of("nl").values()]
    assert not any(box.touches(tile) for box in boxes for tile in tiles)
    assert not any(one.touches(other) for one, other in itertools.combinations(boxes, 2))
    assert all(drawing.box.left <= box.left and box.right <= drawing.box.right for box in boxes)
    # Only a province without a coast or a border with another country needs a line.
    assert [name.lines for name in drawing.names if name.lead] == [("Utrecht",)]


def test_borders_close_and_go_round_each_tile_that_stands_alone() -> None:
    alone = drawn({"a": Tile(0, 0)}, {"a": "A"})
    assert alone.borders == "M0 6l10-6 10 6 0 12-10 6-10-6z"
    assert alone.spots["a"] == (10, 12)
    pair = drawn({"a": Tile(0, 0), "b": Tile(1, 0)}, {"a": "A", "b": "A"})
    assert pair.borders.count("M") == 1
    assert drawn({"a": Tile(0, 0), "b": Tile(1, 0)}, {"a": "A", "b": "B"}).borders.count("M") == 2


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 4), st.integers(0, 4)), st.sampled_from(["A", "Noord-Brabant"]), min_size=1
    )
)
def test_every_province_gets_a_name_that_covers_nothing(places: dict[tuple[int, int], str]) -> None:
    tiles = {f"GM{number:04}": Tile(*place) for number, place in enumerate(places)}
    groups = dict(zip(tiles, places.values(), strict=True))
    made = drawn(tiles, groups)
    assert sorted("".join(name.lines) for name in made.names) == sorted(set(groups.values()))
    boxes = [name.box for name in made.names]
    assert not any(box.touches(around(tile)) for box in boxes for tile in tiles.values())
    assert not any(one.touches(other) for one, other in itertools.combinations(boxes, 2))


def test_a_country_without_tiles_has_an_empty_drawing() -> None:
    assert drawing_of("hu").spots == {}
    assert drawing_of("hu").names == ()


def test_boxes_know_the_nearest_place() -> None:
    box = Box(0, 0, 10, 10)
    assert [box.nearest(Spot(*place)) for place in ((5, 5), (20, 5), (-3, 14))] == [(5, 5), (10, 5), (0, 10)]
    assert box.touches(Box(9, 9, 20, 20))
    assert not box.touches(Box(10, 0, 20, 10))


def test_words_never_say_that_there_is_none() -> None:
    with override("en"):
        assert "known" in str(COVERAGE[Coverage.NONE_KNOWN])
    assert set(COVERAGE) == set(Coverage) == set(LOOKS)
    assert len(LAYERS) == 3
