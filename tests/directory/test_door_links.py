"""A card of the router leads to its service in the map, when there is one that everybody may see."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.helpers.directory import NOW, service
from tests.helpers.pages import PageClient

from baken.directory import doors
from baken.directory.actions import put
from baken.directory.actions.putting import Via
from baken.directory.records import ServiceRecord

pytestmark = pytest.mark.django_db
DOOR = "national_coordinator"


def write(record: ServiceRecord) -> str:
    put(by=None, record=record, via=Via.PACK, now=NOW)
    doors.forget()
    return str(record.id)


def links(client: PageClient) -> list[str]:
    """Ids of the services to which the page with doors leads."""
    page = client.get("/nl/doors/").content.decode()
    return re.findall(r"/nl/map/service/([0-9a-f-]{36})/", page)


def test_a_card_leads_to_its_service_in_the_map(client: PageClient) -> None:
    made = write(service(door=DOOR, phones=()))
    assert links(client) == [made]


@pytest.mark.parametrize("change", [{"visibility": "professionals"}, {"visibility": "hidden"}, {"status": "defunct"}])
def test_a_card_leads_to_no_service_that_not_everybody_may_see(client: PageClient, change: dict[str, Any]) -> None:
    write(service(door=DOOR, phones=(), **change))
    assert links(client) == []


def test_where_there_is_danger_a_card_has_only_the_number(client: PageClient) -> None:
    write(service(door="emergency", phones=()))
    page = client.post("/nl/doors/", {"profession": "other", "danger": "yes"}).content.decode()
    assert "door--emergency" in page
    assert "/nl/map/service/" not in page


def test_a_card_leads_to_the_service_of_the_region_where_there_is_one() -> None:
    everywhere = write(service(door="veilig_thuis"))
    here = write(service("Hier", door="veilig_thuis/VT01"))
    known = doors.known_doors()
    assert known.service_of("veilig_thuis", "VT01") == here
    assert known.service_of("veilig_thuis", "VT02") == everywhere
    assert known.service_of("veilig_thuis", None) == everywhere
    assert known.service_of("fairwork", None) == ""


def test_a_link_costs_one_query_for_all_doors_and_none_on_the_next_page(client: PageClient) -> None:
    for door in (DOOR, "fairwork", "legal_help"):
        write(service(door, door=door, phones=()))
    with CaptureQueriesContext(connection) as first:
        links(client)
    with CaptureQueriesContext(connection) as second:
        links(client)
    assert len([query for query in first if "directory_service" in query["sql"]]) == 2
    assert not [query for query in second if "directory_service" in query["sql"]]
