"""Nobody finds a shelter by asking distances from many points: the API knows its municipality, and nothing finer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.directory.exchange.conftest import write
from tests.helpers.directory import place, service

from baken.directory.records import PlacedRecord
from baken.packs.points import load_points, to_point

SHELTER = service("Onderdak", kind="shelter", places=(PlacedRecord(location=place("Opvang", confidential=True)),))
OFFICE = service("Kantoor", places=(PlacedRecord(location=place("Kantoor", latitude=52.39, longitude=4.75)),))
CENTRES = ("GM0363", "GM0344", "GM0599", "GM0034", "GM1680", "GM0935", "GM0392", "GM0014")


def found(ask: Any, postcode: str, metres: int) -> list[str]:
    page = ask("/service_at_locations", {"postcode": postcode, "proximity": metres}).json()
    return [item["service"]["name"] for item in page["contents"]]


def least(ask: Any, centre: str, name: str) -> int:
    """The shortest distance at which the API still gives a service: what somebody would measure."""
    low, high = 1, 400_000
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if name in found(ask, centre, middle) else (middle + 1, high)
    return low


@pytest.mark.usefixtures("db")
def test_every_distance_leads_to_the_point_of_the_municipality(ask: Any) -> None:
    write(SHELTER)
    write(OFFICE)
    points = load_points("nl")
    municipality, office = points.of("GM0363"), to_point(52.39, 4.75)
    for centre in CENTRES:
        here = points.of(centre)
        assert abs(least(ask, centre, "Onderdak") - here.kilometres_to(municipality) * 1000) <= 1
        assert abs(least(ask, centre, "Kantoor") - here.kilometres_to(office) * 1000) <= 1


@pytest.mark.usefixtures("db")
def test_the_nearest_comes_first(ask: Any) -> None:
    write(SHELTER)
    write(OFFICE)
    assert found(ask, "GM0363", 50_000) == ["Onderdak", "Kantoor"]
    assert found(ask, "GM0363", 1000) == ["Onderdak"]
    assert found(ask, "GM0935", 10_000) == []


@pytest.mark.usefixtures("db")
def test_wherever_the_shelter_truly_is_the_answers_are_the_same(ask: Any) -> None:
    """An editor cannot even say where: a record with an address is refused, so two maps differ in nothing."""
    with pytest.raises(ValueError, match="never stored"):
        place("Opvang", confidential=True, latitude=52.36, longitude=4.90)
    write(SHELTER)
    answers = [
        ask(path, body).content
        for path in ("/services", "/service_at_locations")
        for body in ({"full": True}, {"search": "onderdak"})
    ]
    assert all(word not in answer.decode() for answer in answers for word in ("latitude", "addresses", "postal_code"))
    (at,) = json.loads(answers[2])["contents"]
    assert set(at["location"]) == {"id", "location_type", "attributes"}


@pytest.mark.usefixtures("db")
def test_a_postcode_alone_asks_what_works_there(ask: Any) -> None:
    write(OFFICE)
    everywhere = ask("/service_at_locations", {"postcode": "6211"}).json()
    assert everywhere["total_items"] == 1
