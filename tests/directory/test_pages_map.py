"""The maps: who has what, what is missing, and how true it is. Nothing about a person, and small numbers stay out."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from tests.helpers.directory import place, service
from tests.helpers.pages import PageClient
from tests.helpers.people import World

from baken.directory import models
from baken.directory.actions import put
from baken.directory.actions.failed import record_failed
from baken.directory.actions.putting import Via
from baken.directory.codes import Kind
from baken.directory.gap_queries import failed_searches
from baken.directory.layers import layer
from baken.directory.records import AreaRecord, PlacedRecord, ServiceRecord
from baken.packs.loader import load_pack
from baken.recognise.current import current_pack

pytestmark = pytest.mark.django_db
NOW = timezone.localtime()


def kept(record: ServiceRecord) -> models.Service:
    return put(by=None, record=record, via=Via.PACK, now=NOW).service


def how_many(kind: Kind, km: int = 30) -> dict[str, int]:
    found = layer(kind, pack=load_pack("nl"), audience="public", now=NOW, km=km)
    return {str(group.answer.code): len(group.tiles) for group in found.groups}


@pytest.mark.parametrize("language", ["nl", "en", "hu", "bg", "mk"])
@pytest.mark.parametrize("name", ["coverage", "gaps", "fresh"])
def test_every_map_stands_in_every_language(client: PageClient, language: str, name: str) -> None:
    kept(service(kind="crisis"))
    assert client.get(f"/{language}/map/{name}/").status_code == 200


def test_a_care_coordinator_of_a_region_serves_its_municipalities() -> None:
    assert "drenthe" in load_pack("nl").regions["care_coordination"]
    found = kept(service(kind="care_coordination", areas=(AreaRecord(kind="care_coordination", code="drenthe"),)))
    counts = how_many(Kind.CARE_COORDINATION)
    assert counts["unconfirmed"] == 12
    assert sum(counts.values()) == 342
    for field in ("telephone", "hours", "for_whom", "referral", "status", "visibility"):
        models.Verification.objects.create(
            service=found, field=field, at=NOW - dt.timedelta(days=1), outcome="right", role="owner", way="mail_link"
        )
    assert how_many(Kind.CARE_COORDINATION)["region"] == counts["unconfirmed"]


def test_a_shelter_is_within_reach_of_its_municipality_and_hidden_ones_of_nobody() -> None:
    here = (PlacedRecord(location=place("Geheim", confidential=True)),)
    kept(service("Open", kind="shelter", places=here))
    near, far = how_many(Kind.SHELTER, 10)["unconfirmed"], how_many(Kind.SHELTER, 50)["unconfirmed"]
    assert 1 < near < far < 342
    models.Service.objects.update(visibility="hidden")
    assert how_many(Kind.SHELTER, 50)["none_known"] == 342


def test_focal_points_of_organisations_that_use_baken_count(world: World, settings: object) -> None:
    counts = {
        str(group.answer.code): len(group.tiles)
        for group in layer(Kind.FOCAL_POINT, pack=current_pack("nl"), audience="public", now=NOW).groups
    }
    assert counts["own"] + counts["none_known"] == 342


def test_the_layer_stands_in_the_address_and_nonsense_is_the_first(client: PageClient) -> None:
    assert client.get("/en/map/coverage/", {"layer": "shelter", "km": "50"}).context["km"] == 50
    response = client.get("/en/map/coverage/", {"layer": "../", "km": "-1"})
    assert (response.context["layer"], response.context["km"]) == ("care_coordination", 30)


def test_a_gap_shows_from_five_searches_on(client: PageClient) -> None:
    for _ in range(4):
        record_failed(codes=["n:shelter", "g:men"], region="Drenthe", now=NOW)
    body = client.get("/en/map/gaps/").content.decode()
    assert "No gap has been searched for often enough" in body
    record_failed(codes=["n:shelter", "l:bg"], region="Drenthe", now=NOW)
    response = client.get("/en/map/gaps/")
    assert response.context["largest"] == [("A place to stay", "Drenthe", 5)]
    assert "5 searches" in response.content.decode()


def test_searches_of_more_than_a_year_ago_are_no_gap_of_today() -> None:
    for _ in range(5):
        record_failed(codes=["n:legal"], region="", now=NOW - dt.timedelta(days=366))
    assert failed_searches(now=NOW) == []


def test_how_true_the_map_is_says_so_while_nothing_is_checked(client: PageClient) -> None:
    kept(service(kind="crisis"))
    response = client.get("/en/map/fresh/")
    assert "0 / 1" in response.content.decode()
    assert "not known yet" in response.content.decode()
