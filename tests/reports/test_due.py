"""The first clock of a report stands on the report from the moment it is handed in, and moves with it."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import transaction
from tests.helpers.people import World
from tests.helpers.vault import Sheets, acting

from baken.reports.actions.moves import advance, locked
from baken.reports.actions.submit import submit
from baken.reports.due import set_due
from baken.reports.models import Report
from baken.reports.parts import Content
from baken.reports.states import Move

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sheets")]
MONDAY = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


def send(world: World, *, urgent: bool = False, now: dt.datetime = MONDAY) -> Report:
    sent = submit(
        by=acting(world.ann, world.here),
        organisation=world.here,
        content=Content(facts="feit"),
        manner="named",
        urgent=urgent,
        language="nl",
        now=now,
    )
    return Report.objects.get(pk=sent.report.pk)


def step(world: World, report: Report, how: Move, now: dt.datetime) -> Report:
    with transaction.atomic():
        advance(locked(report.pk), how, by=acting(world.bas, world.here), now=now)
    return Report.objects.get(pk=report.pk)


@pytest.fixture(autouse=True)
def _today(sheets: Sheets):
    with time_machine.travel(MONDAY, tick=False):
        yield


def test_a_report_has_its_first_clock_when_it_arrives(world: World) -> None:
    report = send(world)
    assert (report.due_clock, report.due_at) == ("acknowledge", MONDAY + dt.timedelta(days=1))
    urgent = send(world, urgent=True)
    assert urgent.due_at == MONDAY + dt.timedelta(hours=1)


def test_each_move_begins_the_next_clock(world: World) -> None:
    report = step(world, send(world), Move.ACKNOWLEDGE, MONDAY + dt.timedelta(minutes=5))
    assert report.due_clock == "triage"
    report = step(world, report, Move.TAKE_INTO_TRIAGE, MONDAY + dt.timedelta(minutes=10))
    assert report.due_clock == "decide"
    assert report.due_at == MONDAY + dt.timedelta(days=7, minutes=10)
    report = step(world, report, Move.ASK_REPORTER, MONDAY + dt.timedelta(hours=1))
    assert (report.due_clock, report.due_at) == ("", None)
    report = step(world, report, Move.CARRY_ON, MONDAY + dt.timedelta(hours=2))
    assert (report.due_clock, report.due_at) == ("decide", MONDAY + dt.timedelta(days=7, hours=2))
    report = step(world, report, Move.DECIDE, MONDAY + dt.timedelta(hours=3))
    assert report.due_clock == "feedback"


def test_feedback_stops_the_last_clock(world: World) -> None:
    report = step(world, send(world), Move.TAKE_INTO_TRIAGE, MONDAY)
    report = step(world, report, Move.DECIDE, MONDAY + dt.timedelta(hours=3))
    report.feedback_at = MONDAY + dt.timedelta(hours=4)
    set_due(report, report.feedback_at)
    assert (report.due_clock, report.due_at) == ("", None)


def test_reminders_count_for_one_clock_only(world: World) -> None:
    report = send(world)
    report.reminded = 2
    set_due(report, MONDAY)
    assert report.reminded == 2
    report.save()
    assert step(world, report, Move.ACKNOWLEDGE, MONDAY).reminded == 0
