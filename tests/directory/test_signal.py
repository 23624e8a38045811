"""One tap: this number does not work."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from tests.helpers.directory import NOW, service
from tests.helpers.keeping import DAY, confirm, listed, look
from tests.helpers.pages import PageClient

from baken.audit.models import Event
from baken.directory import models, ticket
from baken.directory.actions.signalling import MOST_A_DAY, signal
from baken.directory.freshness import State
from baken.directory.keeping_queries import open_signals

pytestmark = pytest.mark.django_db
KEY = b"k" * 32


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def tap(client: PageClient, made: models.Service, **more: str) -> Any:
    return client.post(f"/en/map/service/{made.pk}/signal/", {"what": "number_not_working", **more})


def busy(count: int = ticket.CALM) -> None:
    for number in range(count):
        other = listed(service(f"Dienst {number}"))
        models.Signal.objects.create(service=other, what="other", day=NOW.date())


def test_one_tap_is_enough_and_brings_the_check_forward(client: PageClient) -> None:
    made = listed(service())
    confirm(made, by=None, now=NOW - DAY)
    answered = tap(client, made)
    assert answered.status_code == 200
    assert "Thank you for telling us" in answered.content.decode()
    row = models.Signal.objects.get()
    assert (row.what, row.day, row.count, row.handled_at) == ("number_not_working", NOW.date(), 1, None)
    assert look(made, NOW).due_on == NOW.date()
    assert look(made, NOW + DAY).state is State.LATE
    assert look(made, NOW).verified_at == NOW - DAY


def test_nothing_about_the_visitor_is_kept(client: PageClient) -> None:
    made = listed(service())
    client.post(
        f"/en/map/service/{made.pk}/signal/",
        {"what": "number_not_working", "text": "canary-text"},
        REMOTE_ADDR="198.51.100.7",
        HTTP_USER_AGENT="canary-agent",
    )
    rows = f"{list(models.Signal.objects.values())} {list(Event.objects.values())}"
    assert "canary" not in rows
    assert "198.51" not in rows
    event = Event.objects.latest("sequence")
    assert (event.action, event.member_id) == ("service.signalled", "")


def test_a_crisis_door_that_does_not_answer_gives_others_to_call_now(client: PageClient) -> None:
    made = listed(service(kind="crisis"))
    body = _main(tap(client, made).content.decode())
    assert [number in body for number in ("tel:112", "tel:08002000")] == [True, True]
    assert "tel:112" not in _main(tap(client, listed(service("Ander", kind="support"))).content.decode())
    emergency = listed(service("Alarmnummer", kind="crisis", door="emergency", phones=()))
    assert "tel:112" not in _main(tap(client, emergency).content.decode())


def _main(body: str) -> str:
    return body[body.index("<main") : body.index("</main>")]


def test_only_what_everybody_sees_can_be_signalled(client: PageClient) -> None:
    hidden = listed(service("Verborgen", visibility="hidden"))
    assert tap(client, hidden).status_code == 404
    assert client.post(f"/en/map/service/{uuid.uuid4()}/signal/").status_code == 404
    assert client.get(f"/en/map/service/{hidden.pk}/signal/").status_code == 405
    assert not models.Signal.objects.exists()


def test_the_same_again_counts_up_to_a_limit_and_is_one_event() -> None:
    made = listed(service())
    before = Event.objects.count()
    for _time in range(MOST_A_DAY + 5):
        signal(service_id=made.pk, what="closed", now=NOW)
    assert open_signals(made.pk) == {"closed": MOST_A_DAY}
    assert Event.objects.count() == before + 1
    with pytest.raises(ValueError, match="No such signal"):
        signal(service_id=made.pk, what="iets", now=NOW)


def test_said_again_after_somebody_looked_it_is_open_again() -> None:
    made = listed(service())
    signal(service_id=made.pk, what="number_not_working", now=NOW)
    confirm(made, by=None, now=NOW)
    assert open_signals(made.pk) == {}
    signal(service_id=made.pk, what="number_not_working", now=NOW)
    assert open_signals(made.pk) == {"number_not_working": 2}
    assert look(made, NOW + DAY).state is State.LATE


def test_when_it_is_busy_a_ticket_has_to_age_first(client: PageClient) -> None:
    made = listed(service("Deze", kind="crisis"))
    busy()
    asked = tap(client, made)
    assert "tap once more" in asked.content.decode()
    assert "tel:112" in asked.content.decode()
    (given,) = re.findall(r'name="ticket" value="([^"]+)"', asked.content.decode())
    again = tap(client, made, ticket=given)
    assert f'value="{given}"' in again.content.decode()
    assert not models.Signal.objects.filter(service=made).exists()
    with time_machine.travel(NOW + dt.timedelta(seconds=ticket.WAIT_FLOOR), tick=False):
        assert "Thank you" in tap(client, made, ticket=given).content.decode()
    assert models.Signal.objects.filter(service=made).exists()


def test_tickets_are_ours_for_one_service_and_not_for_ever() -> None:
    here, there = uuid.uuid4(), uuid.uuid4()
    given = ticket.ticket(here, now=NOW, key=KEY)

    def verdict(text: str, service_id: uuid.UUID = here, seconds: float = 60, today: int = 20) -> str:
        at = NOW + dt.timedelta(seconds=seconds)
        return ticket.judge(text, service_id, today=today, now=at, key=KEY)

    assert verdict(given) == "enough"
    assert verdict("", today=19) == "enough"
    assert verdict(given, seconds=2) == "wait"
    assert verdict(given, there) == "new"
    assert verdict(given[:-1] + ("0" if given[-1] != "0" else "1")) == "new"
    assert verdict("nonsense") == "new"
    assert verdict(given, seconds=-5) == "new"
    assert verdict(given, seconds=ticket.LIFE.total_seconds() + 1) == "new"
    waits = [ticket.wait_for(today) for today in (0, 19, 20, 40, 80, 100_000)]
    assert waits == [0, 0, 3, 6, 12, 60]
    assert timezone.now() == NOW
