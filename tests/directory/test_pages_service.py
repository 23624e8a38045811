"""The page of a service: who may see it, what stands there, and what never does."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from tests.helpers.directory import full_service, place, service
from tests.helpers.pages import PageClient
from tests.helpers.people import World, member

from baken.directory import models
from baken.directory.actions import put
from baken.directory.actions.putting import Via
from baken.directory.records import PhoneRecord, PlacedRecord, ServiceRecord, TranslationRecord
from baken.people.permissions import Function

pytestmark = pytest.mark.django_db
NOW = timezone.localtime()


def kept(record: ServiceRecord) -> models.Service:
    return put(by=None, record=record, via=Via.PACK, now=NOW).service


def page(client: PageClient, found: models.Service, language: str = "en") -> Any:
    """The page as the visitor finds it: a member below the own account."""
    pages = "directory_inside" if "session" in client.cookies else "directory"
    with override(language):
        return client.get(reverse(f"{pages}:service", args=[found.pk]))


def signed_in(world: World, function: Function) -> PageClient:
    client = PageClient()
    client.force_login(member(f"{function}@here.example", where=world.here, functions=(function,)))
    return client


@pytest.mark.parametrize("language", ["nl", "en", "hu", "bg", "mk"])
def test_everything_stands_on_the_page_in_every_language(client: PageClient, language: str) -> None:
    record = full_service()
    body = page(client, kept(record), language).content.decode()
    for text in (
        "Recht op loon",
        "Stichting Voorbeeld",
        "0800-2000",
        "Bel eerst.",
        "Geen kopie van een paspoort.",
        "Loonstrook",
    ):
        assert text in body
    assert 'href="tel:0800' in body
    assert 'href="sms:' in body
    assert "9:00–17:00" in body


def test_three_dates_are_three_sentences(client: PageClient) -> None:
    found = kept(full_service())
    body = page(client, found).content.decode()
    assert "We looked at the source on 1 November 2026." in body
    assert "Not yet confirmed with the organisation: call first to check." in body
    assert "The text was last changed on" in body
    models.Verification.objects.create(
        service=found, field="telephone", at=NOW, outcome="right", role="owner", way="mail_link"
    )
    models.Service.objects.filter(pk=found.pk).update(verified_at=NOW, due_on=NOW.date() + dt.timedelta(days=90))
    body = page(client, found).content.decode()
    assert "Confirmed with the organisation on" in body
    assert "by the organisation itself" in body
    assert "Not yet confirmed" not in body


def test_a_text_says_its_language_and_whether_its_translation_is_outdated(client: PageClient) -> None:
    record = full_service()
    found = kept(record)
    english = page(client, found, "en").content.decode()
    assert "Lawyer who speaks Bulgarian" in english
    assert "older than the text" not in english
    dutch_only = page(client, found, "hu").content.decode()
    assert '<p lang="nl">Bulgaars sprekende jurist' in dutch_only
    old = TranslationRecord(field="description", language="en", text="An older text.", source_hash="0" * 16)
    kept(replace(record, translations=(old,)))
    assert "This translation is older" in page(client, found, "en").content.decode()


def test_room_is_for_professionals_and_only_while_it_is_fresh(world: World) -> None:
    record = full_service()
    fresh = replace(record.capacity[0], updated=NOW - dt.timedelta(hours=1))
    found = kept(replace(record, capacity=(fresh,)))
    colleague = signed_in(world, Function.REPORTER)
    assert "Room now" not in page(PageClient(), found).content.decode()
    assert "Room now" in page(colleague, found).content.decode()
    kept(replace(record, capacity=(replace(fresh, updated=NOW - dt.timedelta(hours=25)),)))
    assert "Room now" not in page(colleague, found).content.decode()


@pytest.mark.parametrize(
    ("visibility", "function", "status"),
    [
        ("public", None, 200),
        ("professionals", None, 404),
        ("professionals", Function.REPORTER, 200),
        ("hidden", None, 404),
        ("hidden", Function.REPORTER, 404),
        ("hidden", Function.DIRECTORY_EDITOR, 200),
    ],
)
def test_who_may_see_what(world: World, visibility: str, function: Function | None, status: int) -> None:
    client = signed_in(world, function) if function else PageClient()
    assert page(client, kept(service(visibility=visibility))).status_code == status


def test_a_member_who_still_needs_a_second_factor_is_a_visitor(world: World) -> None:
    client = PageClient()
    client.force_login(member("new@here.example", where=world.here, functions=(Function.FOCAL_POINT,), strong=False))
    answer = page(client, kept(service(visibility="professionals")))
    assert answer.status_code == 302
    assert answer["Location"].endswith("/account/second-factor/")


def test_a_public_page_does_not_look_who_reads_it(world: World) -> None:
    colleague = signed_in(world, Function.DIRECTORY_EDITOR)
    hidden = kept(service(visibility="professionals"))
    answer = colleague.get(reverse("directory:service", args=[hidden.pk]))
    assert answer.status_code == 404
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_what_is_hidden_as_stale_or_gone_is_for_editors_only(world: World) -> None:
    found = kept(service())
    editor = signed_in(world, Function.DIRECTORY_EDITOR)
    models.Service.objects.filter(pk=found.pk).update(stale_hidden_at=NOW)
    assert page(PageClient(), found).status_code == 404
    assert page(editor, found).status_code == 200
    models.Service.objects.filter(pk=found.pk).update(stale_hidden_at=None, status="defunct")
    assert page(PageClient(), found).status_code == 404


def test_a_confidential_place_shows_its_municipality_at_most(client: PageClient) -> None:
    hidden = PlacedRecord(location=place("Geheim", confidential=True))
    body = page(client, kept(service(kind="shelter", places=(hidden,)))).content.decode()
    assert "In or near Amsterdam. The address is not published." in body
    assert "Voorbeeldstraat" not in body


def test_a_number_that_costs_money_says_so(client: PageClient) -> None:
    body = page(client, kept(service(phones=(PhoneRecord(number="0900-8844"),)))).content.decode()
    assert "This number costs money and cannot be called from abroad." in body


def test_a_service_without_a_number_says_what_to_do(client: PageClient) -> None:
    body = page(client, kept(service(phones=()))).content.decode()
    assert "We know no telephone number." in body
    assert reverse("routes:doors").split("/", 2)[2] in body


def test_the_title_of_a_page_is_neutral_whatever_the_service_is_called(client: PageClient) -> None:
    body = page(client, kept(service("Opvang slachtoffers mensenhandel"))).content.decode()
    assert "<h1>Help in the social map</h1>" in body
    assert "Opvang slachtoffers mensenhandel</h2>" in body


def test_a_door_shows_the_facts_of_the_pack(client: PageClient) -> None:
    body = page(client, kept(service("Veilig Thuis", door="veilig_thuis", phones=()))).content.decode()
    assert "0800-2000" in body
    assert "Day and night" in body


def test_an_unknown_service_does_not_exist(client: PageClient) -> None:
    assert client.get("/nl/map/service/00000000-0000-0000-0000-000000000000/").status_code == 404
