"""The pages of the other side: on Baken, and a page that opens once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.helpers.pages import PageClient
from tests.helpers.sharing import Sharing, as_, one_time_page, theirs, url

from baken.audit.models import Event
from baken.vault.inbox_actions import give_access

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def sharing(db: None) -> Sharing:
    made = Sharing.new()
    give_access(
        by=made.bas,
        organisation=made.world.here,
        member=made.dirk,
        pairs={made.pair.id.hex(): made.pair},
        now=timezone.now(),
    )
    return made


def test_the_other_side_reads_accepts_and_tells_what_came_of_it(sharing: Sharing) -> None:
    _report, _consent, handover = sharing.offered()
    client = as_(sharing.world.cleo)
    assert theirs(sharing, "received", handover.pk) in client.get(theirs(sharing, "offered")).content.decode()
    page = client.get(theirs(sharing, "received", handover.pk)).content.decode()
    assert "kanarie feit" in page
    assert "kanarie woord" in page
    assert "kanarie mening" not in page
    assert client.post(theirs(sharing, "decline", handover.pk), {"text": "", "version": 1}).status_code == 422
    assert client.post(theirs(sharing, "accept", handover.pk), {"version": 1}).status_code == 302
    ahead = client.post(theirs(sharing, "decline", handover.pk), {"text": "kanarie nee", "version": 1})
    assert ahead.status_code == 409
    assert "kanarie nee" in ahead.content.decode()
    told = client.post(
        theirs(sharing, "outcome", handover.pk), {"outcome": "helped", "text": "kanarie uitkomst", "version": 2}
    )
    assert told.status_code == 302
    bas = as_(sharing.world.bas)
    assert "kanarie uitkomst" in bas.get(url(sharing, "report", handover.report)).content.decode()


def test_what_was_taken_back_says_so_calmly(sharing: Sharing) -> None:
    report, _consent, handover = sharing.offered()
    bas, cleo = as_(sharing.world.bas), as_(sharing.world.cleo)
    assert bas.post(url(sharing, "withdraw", report, handover.pk)).status_code == 302
    page = cleo.get(theirs(sharing, "received", handover.pk)).content.decode()
    assert "The sender took this back" in page
    assert "kanarie" not in page


@pytest.mark.parametrize("name", ["received", "accept", "decline", "outcome"])
def test_a_hand_over_to_others_does_not_exist(sharing: Sharing, name: str) -> None:
    _report, _consent, handover = sharing.offered()
    client = as_(sharing.world.bas)
    address = reverse(f"inbox:{name}", args=[sharing.world.here.pk, handover.pk])
    answer = client.get(address) if name == "received" else client.post(address, {"version": 1, "text": "x"})
    assert answer.status_code == 404


def test_a_page_that_opens_once(client: PageClient, sharing: Sharing, time_machine: Any) -> None:
    handover, passcode = one_time_page(sharing)
    address = reverse("reports:handed", args=[handover.pk])
    closed = client.get(address).content.decode()
    assert "kanarie" not in closed
    assert sharing.world.here.name not in closed
    assert not handover.openings.exists(), "a program that follows links opens nothing"
    assert client.post(address, {"passcode": "niets"}).status_code == 422
    opened = client.post(address, {"passcode": passcode})
    assert "kanarie feit" in opened.content.decode()
    assert sharing.world.here.name in opened.content.decode(), "whom to ask"
    assert "075-1234567" in opened.content.decode()
    assert "kanarie agent" not in opened.content.decode()
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=31), tick=False)
    assert client.post(address, {"passcode": passcode}).status_code == 410
    assert client.get(address).status_code == 410
    refused = Event.objects.filter(action="handover.opened", outcome="refused")
    assert refused.count() == 1


def test_a_page_that_was_taken_back_is_gone_at_once(client: PageClient, sharing: Sharing) -> None:
    handover, passcode = one_time_page(sharing)
    bas = as_(sharing.world.bas)
    assert bas.post(url(sharing, "withdraw", handover.report, handover.pk)).status_code == 302
    assert client.post(reverse("reports:handed", args=[handover.pk]), {"passcode": passcode}).status_code == 410
