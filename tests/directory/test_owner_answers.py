"""What the owner answers: right, changed or left open; what changes at once, what waits, and what comes back."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from tests.helpers.directory import NOW, full_service, place, service
from tests.helpers.keeping import look, said
from tests.helpers.owner import filled, linked
from tests.helpers.pages import PageClient

from baken.directory import models
from baken.directory.actions import put
from baken.directory.actions.putting import Via
from baken.directory.codes import Field
from baken.directory.freshness import State, fields_of
from baken.directory.knowing import shown_record
from baken.directory.records import PhoneRecord, PlacedRecord

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def test_every_field_is_answered_or_left_open(client: PageClient) -> None:
    made, url = linked(service())
    sent = filled(client, url)
    back = client.post(url, {**sent, "answer-status": ""})
    assert back.status_code == 422
    assert "Open or closed: choose an answer." in back.content.decode()
    opened = {name: "open" for name in sent if name.startswith("answer-")}
    assert client.post(url, {**sent, **opened}).status_code == 422
    assert not models.Verification.objects.exists()
    done = client.post(url, {**sent, **opened, "answer-telephone": "right"})
    assert done.status_code == 200
    assert "somebody may call you" in done.content.decode()
    assert list(models.Verification.objects.values_list("field", flat=True)) == ["telephone"]
    assert look(made, NOW).state is State.UNVERIFIED


def test_corrections_are_taken_over_and_some_wait(client: PageClient) -> None:
    record = full_service()
    made, url = linked(record)
    change: dict[str, str | list[str]] = {
        "answer-telephone": "changed",
        "telephone-0": "116 006",
        "telephone-2": "020-555 0000",
        "answer-hours": "changed",
        "hours-0": "9-12.30, 13:30 – 17",
        "answer-for_whom": "changed",
        "nl-mh-gender": ["men", "women"],
        "minimum_age": "18",
        "answer-referral": "changed",
        "step-0-description": "Bel eerst, ook 's avonds.",
        "answer-status": "changed",
        "new_status": "temporarily closed",
    }
    done = client.post(url, filled(client, url, **change))
    assert done.status_code == 200, re.findall(r"field__error.*", done.content.decode())
    after = said(made)
    assert after.hours == "Mo 09:00-12:30,13:30-17:00; Tu-Fr 09:00-17:00; PH off"
    assert after.places[0].hours == "Tu 10:00-16:00"
    assert sorted(after.of("nl-mh-gender")) == ["men", "women"]
    assert (after.minimum_age, after.maximum_age) == (18, 99)
    assert after.referral == (replace(record.referral[0], description="Bel eerst, ook 's avonds."), record.referral[1])
    assert (after.phones, after.status) == (record.phones, "active")
    waiting = {row.field: row.after for row in models.Proposal.objects.all()}
    assert waiting["status"] == "temporarily closed"
    numbers = [(phone["number"], phone["description"], phone["extension"]) for phone in waiting["telephone"]["phones"]]
    assert numbers == [("116 006", "Gratis", ""), ("020-1234567", "", "12"), ("020-555 0000", "", "")]
    assert waiting["telephone"]["places"][str(record.places[0].location.id)][0]["number"] == "020-7654321"
    assert "A second person looks at this" in done.content.decode()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"answer-telephone": "changed", "telephone-0": "12 ab"}, "is not a telephone number"),
        ({"answer-telephone": "changed"}, "still says the same"),
        ({"answer-hours": "changed", "hours-1": "25-30"}, "We cannot read the hours of Tuesday"),
        ({"answer-hours": "changed", **{f"hours-{day}": "" for day in range(7)}}, "Fill in at least one day"),
        ({"answer-for_whom": "changed", "minimum_age": "99", "maximum_age": "18"}, "higher than the oldest"),
        ({"answer-for_whom": "changed", "minimum_age": "veel"}, "Write an age as a number"),
        ({"answer-for_whom": "changed", "eligibility": "x" * 2001}, "at most 2000 characters"),
        ({"answer-referral": "changed", "step-2-description": "Kom langs"}, "in which way step 3 goes"),
        ({"answer-status": "changed"}, "Choose what it is now"),
        ({"answer-visibility": "changed", "new_visibility": "nobody"}, "Choose who may see it"),
        ({"answer-visibility": "maybe"}, "choose an answer"),
    ],
)
def test_what_cannot_be_used_comes_back_with_what_was_typed(
    client: PageClient, change: dict[str, str], error: str
) -> None:
    made, url = linked(full_service())
    back = client.post(url, filled(client, url, **change))
    body = back.content.decode()
    assert back.status_code == 422
    assert error in body
    for name, value in change.items():
        if not name.startswith(("answer-", "new_")) and value:
            assert value in body, name
    assert said(made) == full_service()
    assert client.get(url).status_code == 200


def test_what_changed_while_it_was_read_is_looked_at_again(client: PageClient) -> None:
    made, url = linked(full_service())
    sent = filled(client, url)
    put(by=None, record=replace(said(made), hours="Mo 09:00-10:00"), via=Via.PACK, now=NOW)
    back = client.post(url, sent)
    assert back.status_code == 422
    assert "somebody changed this meanwhile" in back.content.decode()
    assert not models.Verification.objects.exists()
    assert client.post(url, filled(client, url)).status_code == 200


def test_of_a_door_the_number_of_the_pack_is_asked_and_corrected_here(client: PageClient) -> None:
    made, url = linked(service(kind="crisis", door="emergency", phones=(), hours=""))
    assert ">112<" in client.get(url).content.decode() or "112" in client.get(url).content.decode()
    nothing = filled(client, url, **{"answer-telephone": "changed", "telephone-0": ""})
    assert "Give at least one number" in client.post(url, nothing).content.decode()
    done = client.post(url, filled(client, url, **{"answer-telephone": "changed", "telephone-0": "0900-8844"}))
    assert done.status_code == 200
    (row,) = models.Proposal.objects.all()
    assert (row.before["phones"], row.after["phones"][0]["number"]) == ([], "0900-8844")


def test_hours_that_lines_cannot_hold_are_shown_and_said(client: PageClient) -> None:
    _made, url = linked(service(hours="Mo-Fr 09:00-17:00; Jul-Aug off"))
    assert "these lines cannot hold" in client.get(url).content.decode()


def test_single_dates_stay_when_the_week_changes(client: PageClient) -> None:
    made, url = linked(service(hours="Mo-Fr 09:00-17:00; 2026 Dec 24 09:00-12:00"))
    client.post(url, filled(client, url, **{"answer-hours": "changed", "hours-5": "10-12"}))
    assert said(made).hours == "Mo-Fr 09:00-17:00; Sa 10:00-12:00; 2026 Dec 24 09:00-12:00"


def test_hostile_input_is_only_text(client: PageClient) -> None:
    _made, url = linked(service())
    back = client.post(
        url, filled(client, url, **{"answer-telephone": "changed", "telephone-0": '"><script>alert(1)</script>'})
    )
    assert "<script>alert" not in back.content.decode()
    assert client.post(url, {"answer-status": ["right"] * 50, "seen-status": "\x00" * 10}).status_code == 422


def test_the_page_knows_every_field(client: PageClient) -> None:
    record = shown_record(full_service())
    _made, url = linked(record)
    body = client.get(url).content.decode()
    assert [f"seen-{field}" in body for field in fields_of(record)] == [True] * len(Field)
    assert len(body) < 60_000
    assert dt.date(2026, 12, 23).strftime("%d") in body


def test_phones_of_places_have_lines_of_their_own(client: PageClient) -> None:
    first = PlacedRecord(location=place("Kantoor"), phones=(PhoneRecord(number="020-1111111"),))
    record = service(places=(first, PlacedRecord(location=place("Ander"))))
    _made, url = linked(record)
    body = client.get(url).content.decode()
    assert f"telephone-{first.location.id}-0" in body
    assert f"telephone-{record.places[1].location.id}-0" not in body
