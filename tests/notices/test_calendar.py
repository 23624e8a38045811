"""The calendar: dates and nothing else, for whoever has the link and nobody else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from tests.helpers.pages import PageClient
from tests.helpers.people import World

from baken.audit.models import Event
from baken.notices import calendar
from baken.notices.models import CalendarFeed
from baken.people.models import Member

OPEN_UNTIL = dt.datetime(2026, 11, 23, 17, tzinfo=dt.timezone(dt.timedelta(hours=1)))
SUBJECT = "3b241101-e2bb-4255-8caf-4136c566a962"


@pytest.fixture(autouse=True)
def _one_thing_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "_providers", [])
    calendar.provide(lambda member, _now: [calendar.Due(SUBJECT, OPEN_UNTIL)] if member.email.startswith("bas") else [])


@pytest.fixture
def bas(world: World) -> PageClient:
    client = PageClient()
    client.force_login(world.bas)
    return client


def link(client: PageClient) -> str:
    """The address that the page shows, as a path."""
    response = client.post(reverse("notices:calendar"))
    assert response.status_code == 200, dict(response.items())
    body = response.content.decode()
    return body.partition("http://127.0.0.1:8000")[2].partition("<")[0].strip()


def read(address: str) -> Any:
    return PageClient().get(address)


def lines(body: bytes) -> list[str]:
    """A second reader, of the standard's text: lines end in CRLF, hold at most 75 octets, and unfold."""
    assert body.endswith(b"\r\n")
    parts = body.split(b"\r\n")
    assert all(len(part) <= 75 and b"\n" not in part for part in parts)
    return body.decode().replace("\r\n ", "").strip().split("\r\n")


def test_another_program_can_read_it(bas: PageClient) -> None:
    response = read(link(bas))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert event.decoded("dtstart") == OPEN_UNTIL
    assert event.decoded("dtend") > event.decoded("dtstart")
    plain = dict(line.split(":", 1) for line in lines(response.content))
    assert plain["DTSTART"] == "20261123T160000Z", "UTC, so that no table of zones is needed"
    assert plain["CLASS"] == "PRIVATE"
    assert {"UID", "DTSTAMP", "SUMMARY", "PRODID", "VERSION"} <= plain.keys()


def test_it_holds_no_content_no_id_and_no_name(bas: PageClient, world: World) -> None:
    Member.objects.filter(pk=world.bas.pk).update(language="en")
    address = link(bas)
    body = read(address).content.decode()
    assert "SUMMARY:Something is open" in body
    secret = address.rpartition("/")[2].removesuffix(".ics")
    for word in (SUBJECT, SUBJECT[:8], world.here.name, world.bas.email, str(world.bas.pk), secret):
        assert word not in body


def test_an_entry_keeps_its_name_within_one_link_only(bas: PageClient) -> None:
    def name(address: str) -> str:
        return str(Calendar.from_ical(read(address).content).walk("VEVENT")[0]["uid"])

    first = link(bas)
    assert name(first) == name(first)
    before = name(first)
    assert name(link(bas)) != before


def test_every_link_that_does_not_work_gets_the_same_answer(bas: PageClient, world: World) -> None:
    old = link(bas)
    new = link(bas)
    ended = PageClient()
    ended.force_login(world.cleo)
    gone = link(ended)
    ended.post(reverse("notices:end_calendar"))
    # One letter in the middle of the token is another one.
    middle = len(new) - 20
    changed = new[:middle] + ("A" if new[middle] != "A" else "B") + new[middle + 1 :]
    answers = [read(address) for address in (old, gone, reverse("calendar_feed", args=["x"]), changed)]
    Member.objects.filter(pk=world.bas.pk).update(is_active=False)
    answers.append(read(new))
    shapes = {(answer.status_code, answer.content, tuple(sorted(answer.items()))) for answer in answers}
    assert len(shapes) == 1
    assert answers[0].status_code == 404
    assert not answers[0].cookies


def test_the_secret_is_shown_once_and_not_kept(bas: PageClient, world: World) -> None:
    secret = link(bas).rpartition("/")[2].removesuffix(".ics")
    assert len(secret) == 40
    assert secret not in bas.get(reverse("notices:calendar")).content.decode()
    feed = CalendarFeed.objects.get(member=world.bas)
    assert secret not in str(vars(feed))
    assert list(Event.objects.order_by("sequence").values_list("action", flat=True))[-1] == "calendar.made"


def test_a_calendar_without_anything_open_is_a_calendar(world: World) -> None:
    cleo = PageClient()
    cleo.force_login(world.cleo)
    body = read(link(cleo)).content
    assert Calendar.from_ical(body).walk("VEVENT") == []


def test_a_visitor_cannot_make_one(db: None) -> None:
    assert Client().post(reverse("notices:calendar"))["Location"].startswith(reverse("account_login"))
