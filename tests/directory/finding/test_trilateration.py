"""A hidden place cannot be found by asking how far it is from many points.

The engine is given the point of the municipality and never the true one. Here an attacker asks everything that the engine
answers, from wherever they like, and tries to tell two shelters apart whose true places differ.
"""

from __future__ import annotations

import math
import uuid
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.directory.codes import Visibility
from baken.directory.finding.documents import Audience, Document, Point, Query, Text, Weight
from baken.directory.finding.rows import row
from baken.directory.finding.search import counts, find
from baken.directory.finding.store import put

MUNICIPALITY = Point(136_000, 456_000)
"""What the caller gives for every hidden or professionals-only place in this municipality."""
COORDINATES = st.integers(-50_000, 50_000)


def as_given(true_place: Point, key: int = 1, visibility: Visibility = Visibility.PROFESSIONALS) -> Document:
    """A shelter as the engine gets it: its true place goes no further than here."""
    del true_place
    return Document(
        key=uuid.UUID(int=key),
        texts=(Text("nl", Weight.NAME, "Opvang"),),
        visibility=visibility,
        facets=frozenset({"n:shelter"}),
        point=MUNICIPALITY,
    )


@given(x=COORDINATES, y=COORDINATES)
def test_nothing_of_the_true_place_is_in_the_index(x: int, y: int):
    true_place = Point(MUNICIPALITY.x + x, MUNICIPALITY.y + y)
    assert row(as_given(true_place)) == row(as_given(MUNICIPALITY))


@given(x=COORDINATES, y=COORDINATES)
def test_two_shelters_of_a_municipality_differ_in_their_key_alone(x: int, y: int):
    one, other = as_given(MUNICIPALITY, 1), as_given(Point(MUNICIPALITY.x + x, MUNICIPALITY.y + y), 2)
    assert row(one)._replace(key="") == row(other)._replace(key="")


@pytest.mark.django_db
def test_from_no_point_and_with_no_radius_can_two_shelters_be_told_apart():
    """Rings around the town, radii that close in on the edge, and sorting: both shelters always stand side by side."""
    put([as_given(Point(131_000, 452_000), 1), as_given(Point(141_500, 461_000), 2)])
    distances = set()
    for ring in (0, 100, 2_500, 9_999, 40_000):
        for turn in range(12):
            angle = turn * math.pi / 6
            near = Point(
                MUNICIPALITY.x + round(ring * math.cos(angle)),
                MUNICIPALITY.y + round(ring * math.sin(angle)),
            )
            metres = math.isqrt((near.x - MUNICIPALITY.x) ** 2 + (near.y - MUNICIPALITY.y) ** 2)
            for radius in (None, max(0.001, (metres - 1) / 1000), (metres + 1) / 1000, 60):
                query = Query(Audience.PROFESSIONAL, "opvang", near=near, within_km=radius)
                hits = find(query).hits
                assert [hit.key.int for hit in hits] in ([], [1, 2]), (near, radius)
                assert len({(hit.score, hit.distance, hit.found_by) for hit in hits}) <= 1
                assert counts(query).get("n:shelter", 0) in (0, 2)
                distances |= {hit.distance == metres for hit in hits}
    assert distances == {True}


@pytest.mark.django_db
def test_the_public_cannot_even_ask():
    put([as_given(MUNICIPALITY, 1), as_given(MUNICIPALITY, 2, Visibility.HIDDEN)])
    query = Query(Audience.PUBLIC, near=MUNICIPALITY, within_km=1)
    assert find(query).hits == ()
    assert counts(query) == {}
    assert [hit.key.int for hit in find(replace(query, audience=Audience.PROFESSIONAL)).hits] == [1]
