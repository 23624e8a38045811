"""What ends by itself: a hand-over whose day has come, and a page that was read."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from tests.helpers.pages import PageClient
from tests.helpers.sharing import Sharing, as_, one_time_page, theirs, url

from baken.audit.models import Event
from baken.reports.actions.answering import WrongPasscode, accept, open_page, report_outcome
from baken.reports.actions.expiry import expire, seal_anew
from baken.reports.actions.handover import withdraw
from baken.reports.errors import Closed
from baken.reports.models import Handover, Report
from baken.reports.opened import content_of, texts_of
from baken.reports.parts import Content
from baken.reports.states import State
from baken.vault.errors import NotGranted
from baken.vault.models import Grant, Sealed
from baken.vault.opening import granted, keys_of, open_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def sharing(db: None) -> Sharing:
    return Sharing.new()


def state_of(report: Report) -> str:
    return Report.objects.get(pk=report.pk).state


def test_what_is_over_by_itself_cannot_be_read(sharing: Sharing) -> None:
    report, _consent, handover = sharing.offered()
    later = handover.expires_at + dt.timedelta(seconds=1)
    assert expire(later) == 1
    assert expire(later) == 0
    assert content_of(report, sharing.theirs) == Content()
    assert (Handover.objects.get().state, state_of(report)) == ("expired", State.IN_TRIAGE)
    assert seal_anew(report, sharing.pair, now=later) == 2
    assert content_of(report, sharing.pair).facts == "kanarie feit"


def test_whoever_took_it_over_goes_on_when_the_reading_ends(sharing: Sharing) -> None:
    report, _consent, handover = sharing.offered()
    accept(by=sharing.cleo, handover_id=handover.pk, now=timezone.now())
    expire(handover.expires_at)
    assert (state_of(report), content_of(report, sharing.theirs)) == (State.HANDED_OVER, Content())
    done = report_outcome(
        by=sharing.cleo, handover_id=handover.pk, outcome="helped", text="kanarie", now=handover.expires_at
    )
    assert done.state == "finished"


def test_a_page_opens_once_for_half_an_hour(sharing: Sharing) -> None:
    handover, passcode = one_time_page(sharing)
    report = handover.report
    now = timezone.now()
    with pytest.raises(WrongPasscode):
        open_page(handover_id=handover.pk, passcode=passcode[:-1] + "?", now=now)
    opened = open_page(handover_id=handover.pk, passcode=passcode.lower(), now=now)
    assert content_of(report, opened.pair) == Content(facts="kanarie feit")
    assert texts_of("handover", [handover.pk], opened.pair, "party") == {}
    open_page(handover_id=handover.pk, passcode=passcode, now=now + dt.timedelta(minutes=29))
    with pytest.raises(Closed):
        open_page(handover_id=handover.pk, passcode=passcode, now=now + dt.timedelta(minutes=30))
    assert handover.openings.count() == 1
    expire(now + dt.timedelta(minutes=30))
    assert content_of(report, opened.pair) == Content()
    assert seal_anew(report, sharing.pair, now=now + dt.timedelta(minutes=31)) == 2
    event = Event.objects.filter(action="handover.opened").first()
    assert event is not None
    assert (event.member_id, event.organisation_id) == ("", "")


def test_a_page_that_was_taken_back_or_is_over_stays_closed(sharing: Sharing) -> None:
    handover, passcode = one_time_page(sharing)
    with pytest.raises(Closed):
        open_page(handover_id=handover.pk, passcode=passcode, now=handover.expires_at)
    withdraw(by=sharing.bas, handover_id=handover.pk, pair=sharing.pair, now=timezone.now())
    with pytest.raises(Closed):
        open_page(handover_id=handover.pk, passcode=passcode, now=timezone.now())
    assert not Grant.objects.filter(recipient="once").exists()


def test_guessing_is_counted_and_does_not_fill_the_audit(sharing: Sharing) -> None:
    handover, passcode = one_time_page(sharing)
    address, client = reverse("reports:handed", args=[handover.pk]), PageClient()
    for _try in range(40):
        assert client.post(address, {"passcode": "niets"}).status_code == 422
    handover.refresh_from_db()
    assert handover.wrong_tries == 40
    refused = Event.objects.filter(action="handover.opened", outcome="refused", object_id=str(handover.pk))
    assert refused.count() == 8, "the first five, the 8th, the 16th and the 32nd"
    page = as_(sharing.world.bas).get(url(sharing, "report", handover.report))
    assert "40" in page.content.decode()
    assert client.post(address, {"passcode": passcode}).status_code == 200


def test_a_grant_that_ended_opens_nothing_before_any_job_takes_it_away(sharing: Sharing) -> None:
    report, _consent, handover = sharing.offered()
    key = sharing.theirs.id.hex()
    assert content_of(report, sharing.theirs).facts
    assert granted("report", [report.pk], [key], ["facts"])
    with time_machine.travel(handover.expires_at, tick=False):
        assert Grant.objects.filter(key_id=key, sealed__object_id=str(report.pk)).exists()
        assert content_of(report, sharing.theirs) == Content()
        assert texts_of("handover", [handover.pk], sharing.theirs, "message") == {}
        assert granted("report", [report.pk], [key], ["facts"]) == []
        assert keys_of("report", report.pk, [key]) == set()
        sealed = Sealed.objects.get(kind="report", object_id=str(report.pk), field="facts")
        with pytest.raises(NotGranted):
            open_text(sealed, sharing.theirs)
        assert content_of(report, sharing.pair).facts, "the sender still reads it"
        page = as_(sharing.world.cleo).get(theirs(sharing, "received", handover.pk))
    assert page.status_code == 200
    assert "kanarie" not in page.content.decode()
