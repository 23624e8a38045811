"""Distances of services: whole kilometres, from municipality to municipality, and never a way to find an address."""

from __future__ import annotations

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.directory import distance
from baken.directory.distance import CHOICES, kilometres, reached, sorted_by_distance, square
from baken.packs.places import UnknownPlaceError
from baken.packs.points import load_points

POINTS = load_points("nl")
municipality = st.sampled_from(sorted(POINTS.by_code))
OOSTZAAN, AMSTERDAM, UTRECHT = "GM0431", "GM0363", "GM0344"


def test_the_nearest_municipality_of_a_service_counts() -> None:
    assert kilometres(POINTS, OOSTZAAN, [UTRECHT, OOSTZAAN]) == 0
    assert kilometres(POINTS, OOSTZAAN, [UTRECHT]) == kilometres(POINTS, UTRECHT, [OOSTZAAN])
    assert kilometres(POINTS, OOSTZAAN, []) is None
    with pytest.raises(UnknownPlaceError):
        kilometres(POINTS, OOSTZAAN, ["GM0000"])


@given(municipality, st.sampled_from(CHOICES))
def test_within_reach_is_what_is_shown_as_within_reach(here: str, limit: int) -> None:
    near = reached(POINTS, [here], limit)
    assert near == {code for code in POINTS.by_code if (kilometres(POINTS, here, [code]) or 0) <= limit}
    bounds = square(POINTS, here, limit)
    for code in near:
        point = POINTS.of(code)
        assert bounds.west <= point.x <= bounds.east
        assert bounds.south <= point.y <= bounds.north


def test_nothing_is_within_reach_of_nowhere() -> None:
    assert reached(POINTS, [], 30) == frozenset()
    assert reached(POINTS, [OOSTZAAN, UTRECHT], 10) == reached(POINTS, [OOSTZAAN], 10) | reached(POINTS, [UTRECHT], 10)


def test_nearest_first_and_what_is_nowhere_last() -> None:
    services = [("line", ()), ("far", (UTRECHT,)), ("near", (UTRECHT, AMSTERDAM)), ("here", (OOSTZAAN,))]
    assert sorted_by_distance(POINTS, OOSTZAAN, services) == ["here", "near", "far", "line"]


def test_asking_from_everywhere_tells_no_more_than_the_municipality() -> None:
    """Two shelters in one municipality cannot be told apart, from whatever places somebody measures."""
    distances = [kilometres(POINTS, here, [UTRECHT]) for here in sorted(POINTS.by_code)]
    assert distances == [round(POINTS.kilometres(here, UTRECHT)) for here in sorted(POINTS.by_code)]
    # There is no function here that would take a place more exact than a municipality.
    for name, function in inspect.getmembers(distance, inspect.isfunction):
        if function.__module__ == distance.__name__:
            assert not {"latitude", "longitude", "x", "y", "point"} & set(inspect.signature(function).parameters), name
