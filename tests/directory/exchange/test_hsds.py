"""HSDS out and in: nothing that a record holds is lost, and a second export has the same bytes."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.directory import NOW, full_service, place, service
from tests.helpers.directory_records import documents

from baken.directory.exchange.documents import Altered, Checked, Document, History, document
from baken.directory.exchange.given import UnreadableError
from baken.directory.exchange.hsds import from_hsds, to_hsds
from baken.directory.exchange.reading import Origin
from baken.directory.exchange.writing import service_data
from baken.directory.facts import Facts
from baken.directory.records import PhoneRecord, PlacedRecord, id_of

ON = dt.date(2026, 11, 22)
ORIGIN = Origin(name="Lijst van elders", on=ON)


@settings(max_examples=150, deadline=None)
@given(st.lists(documents(), max_size=2, unique_by=lambda item: item.record.id))
def test_out_and_in_and_out_again_gives_the_same_bytes(found: list[Document]) -> None:
    first = to_hsds(found, ON)
    reads = from_hsds(first, ORIGIN)
    assert [item.document for item in reads] == sorted(found, key=lambda item: item.record.id)
    assert [item.left for item in reads] == [()] * len(found)
    assert to_hsds([item.document for item in reads], ON) == first


def test_what_a_door_lends_stays_the_doors() -> None:
    record = service(door="112", phones=(), hours="")
    lent = Facts((PhoneRecord(number="112"),), "24/7", record.url, record.email, True, record.source)
    made = document(record, lent)
    data = service_data(made, ON)
    assert data["phones"][0]["number"] == "112"
    assert data["schedules"][0]["closes_at"] == "23:59+01:00"
    (read,) = from_hsds(to_hsds([made], ON), ORIGIN)
    assert read.document.own == record


def test_of_a_confidential_place_only_the_municipality_goes_out() -> None:
    hidden = place("Opvang", confidential=True)
    data = service_data(document(service(kind="shelter", places=(PlacedRecord(location=hidden),))), ON)
    (at,) = data["service_at_locations"]
    assert set(at["location"]) == {"id", "location_type", "attributes"}
    assert [item["taxonomy_term"]["code"] for item in at["location"]["attributes"]] == ["municipality", "confidential"]


def test_who_checked_or_changed_is_a_role_and_never_a_name() -> None:
    history = History(
        edited_at=NOW,
        checked=(
            Checked(field="telephone", at=NOW, outcome="right", role="owner", way="mail_link"),
            Checked(field="hours", at=NOW + dt.timedelta(days=9), outcome="wrong", role="editor", way="telephone"),
        ),
        changes=(Altered(id=id_of("x"), at=NOW, field="status", before="active", after="inactive"),),
    )
    data = service_data(document(service(), None, history), ON)
    assert data["assured_date"] == "2026-11-23"
    assert data["last_modified"] == "2026-11-23T09:30:00Z"
    assert data["metadata"][0]["updated_by"] == "social map"
    values = [
        item["value"] for item in data["attributes"] if item["taxonomy_term"]["taxonomy"] == "nl-mh-verified-field"
    ]
    assert json.loads(values[0]) == {
        "at": "2026-11-23T09:30:00Z",
        "outcome": "right",
        "role": "owner",
        "way": "mail_link",
    }


FOREIGN: dict[str, Any] = {
    "id": "ac148810-d857-441c-9679-408f346de14b",
    "name": "Advice desk",
    "status": "active",
    "organization": {"id": "0fdfb57f-c147-4cfb-864c-44788a335d8c", "name": "Desk", "description": "Helps."},
    "wait_time": "two weeks",
    "phones": [{"id": "ac148810-d857-441c-9679-408f346de14a", "number": "020-1234567", "type": "cell"}],
    "schedules": [
        {
            "id": "48102e86-bb50-41c4-8f1e-e269368c41d1",
            "freq": "WEEKLY",
            "byday": "MO,TU,WE",
            "opens_at": "09:00",
            "closes_at": "17:00",
        }
    ],
    "attributes": [
        {
            "id": "ae58cc39-8b70-4ab1-8aea-786882e5ac8e",
            "value": "extra",
            "taxonomy_term": {"id": "x", "code": "BH-1800", "name": "Housing", "taxonomy": "211HSIS"},
        }
    ],
}


def read(**more: Any) -> Any:
    (found,) = from_hsds(json.dumps([{**FOREIGN, **more}]).encode(), ORIGIN)
    return found


def test_a_foreign_service_is_taken_over_as_far_as_it_can_be_said() -> None:
    found = read()
    record = found.document.record
    assert (record.hours, record.phones[0].kind, record.source.name) == (
        "Mo-We 09:00-17:00",
        "voice",
        "Lijst van elders",
    )
    assert record.custom == (("211HSIS", "BH-1800"),)
    assert record.visibility == "professionals", "an editor decides who may see it"
    assert found.left == ("service 1.wait_time", "service 1.attributes[0].value")
    assert found.told == {"id", "name", "provider", "status", "phones", "hours", "custom"}
    assert not found.ours


@pytest.mark.parametrize(
    ("change", "left"),
    [
        ({"url": "javascript:alert(1)"}, "service 1.url (not a web address)"),
        ({"email": "bel ons"}, "service 1.email (not an e-mail address)"),
        (
            {"schedules": [{"id": "1", "freq": "WEEKLY", "byday": "MO", "interval": 2, "opens_at": "09:00"}]},
            "service 1.schedules (hours that we cannot write down: interval)",
        ),
        ({"contacts": [{"id": "x", "name": "Ann"}]}, "service 1.contacts"),
    ],
)
def test_what_cannot_be_taken_over_is_told(change: dict[str, Any], left: str) -> None:
    assert left in read(**change).left


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"id": "1"}, "service 1.id"),
        ({"name": ""}, "service 1.name"),
        ({"name": 7}, "service 1.name"),
        ({"name": "x\x00y"}, "service 1.name"),
        ({"name": "\ud800"}, "service 1.name"),
        ({"status": "gone"}, "service 1.status"),
        ({"minimum_age": 12.5}, "service 1.minimum_age"),
        ({"minimum_age": True}, "service 1.minimum_age"),
        ({"organization": None}, "service 1.organization"),
        ({"phones": "020"}, "service 1.phones"),
        ({"phones": [{"id": "x"}]}, "service 1.phones[0].number"),
        ({"phones": [{}] * 501}, "service 1.phones"),
        ({"service_at_locations": [{"id": "x"}]}, "service 1.service_at_locations[0].location"),
        ({"last_modified": "yesterday"}, "service 1.last_modified"),
        ({"description": "x" * 20_001}, "service 1.description"),
    ],
)
def test_what_is_wrong_is_named_with_what_was_expected(change: dict[str, Any], where: str) -> None:
    with pytest.raises(UnreadableError, match="expected") as error:
        read(**change)
    assert error.value.where == where


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"", "line 1, column 1"),
        (b"{\n  nee", "line 2, column 3"),
        (b'[{"name": "caf\xe9"}]', "byte 14"),
        ("[]".encode("utf-16"), "byte 0"),
        (b"[" * 200_000, "file"),
        (b"[NaN]", "file"),
        (b'"x"', "file"),
        (b"[1]", "service 1"),
        (b"[" + b"9" * 6000 + b"]", "file"),
    ],
)
def test_a_broken_or_hostile_file_is_refused_calmly(content: bytes, where: str) -> None:
    with pytest.raises(UnreadableError, match="expected") as error:
        from_hsds(content, ORIGIN)
    assert error.value.where == where


def test_an_address_on_a_confidential_place_is_refused() -> None:
    shelter = service(kind="shelter", places=(PlacedRecord(location=place("Opvang", confidential=True)),))
    data = service_data(document(shelter), ON)
    data["service_at_locations"][0]["location"] |= {"latitude": 52.0, "longitude": 4.9}
    with pytest.raises(UnreadableError, match="never stored"):
        from_hsds(json.dumps([data]).encode(), ORIGIN)


def test_a_whole_page_of_an_api_can_be_read_too() -> None:
    one = json.dumps({"contents": [FOREIGN]}).encode()
    assert from_hsds(one, ORIGIN)[0].document == from_hsds(json.dumps(FOREIGN).encode(), ORIGIN)[0].document


def test_a_record_is_not_changed_by_its_history() -> None:
    record = full_service()
    assert document(record, None, History(edited_at=NOW)).own == record
    assert replace(document(record), history=History()) == document(record)
