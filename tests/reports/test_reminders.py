"""Reminders: half-way and at the end, once each, to the right people, also when the machine was off or its clock was wrong."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.helpers.people import World
from tests.helpers.reports import fresh, second_reader, send
from tests.helpers.vault import acting

from baken.notices.models import Notice
from baken.people.models import Member
from baken.reports.actions.triage import acknowledge, assign, take_into_triage
from baken.reports.models import Report
from baken.reports.reminders import ESCALATED, HALF, NOTHING, calendar, remind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sheets")]
MONDAY = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def dina(world: World) -> object:
    """The second focal point: she came a minute later."""
    made = second_reader(world)
    Member.objects.filter(pk=made.pk).update(joined_at=MONDAY + dt.timedelta(minutes=1))
    return made


def told(kind: str) -> Counter[str]:
    return Counter(Notice.objects.filter(kind=kind).values_list("member__email", flat=True))


def test_half_way_and_at_the_end_once_each(world: World, dina: object) -> None:
    report = send(world, now=MONDAY).report
    remind(MONDAY + HOUR)
    assert (fresh(report).reminded, told("report.clock")) == (NOTHING, {})
    remind(MONDAY + 5 * HOUR)
    remind(MONDAY + 5 * HOUR)
    assert fresh(report).reminded == HALF
    assert told("report.clock") == {"bas@oostzaan.example": 1, "dina@oostzaan.example": 1}
    Notice.objects.update(sent_at=MONDAY)
    remind(MONDAY + DAY)
    remind(MONDAY + 2 * DAY)
    assert fresh(report).reminded == ESCALATED
    assert told("report.clock") == {"bas@oostzaan.example": 2, "dina@oostzaan.example": 2}
    assert told("report.escalated") == {"dina@oostzaan.example": 1}


def test_whose_work_it_is_hears_first_and_a_colleague_when_it_is_late(world: World, dina: object) -> None:
    report = send(world, now=MONDAY).report
    take_into_triage(by=acting(world.bas, world.here), report_id=report.pk, expected=1, now=MONDAY)
    remind(MONDAY + 4 * DAY)
    assert told("report.clock") == {"bas@oostzaan.example": 1}
    assert told("report.escalated") == {}
    remind(MONDAY + 8 * DAY)
    assert told("report.escalated") == {"dina@oostzaan.example": 1}


def test_after_a_night_switched_off_everything_comes_at_once(world: World, dina: object) -> None:
    send(world, now=MONDAY)
    remind(MONDAY + 30 * DAY)
    assert set(told("report.clock")) == {"bas@oostzaan.example", "dina@oostzaan.example"}
    assert told("report.escalated") == {"dina@oostzaan.example": 1}


def test_a_next_clock_reminds_anew(world: World) -> None:
    report = send(world, now=MONDAY).report
    remind(MONDAY + 5 * HOUR)
    acknowledge(by=acting(world.bas, world.here), report_id=report.pk, expected=1, now=MONDAY + 5 * HOUR)
    assert fresh(report).reminded == NOTHING
    remind(MONDAY + 5 * HOUR)
    assert fresh(report).reminded == NOTHING


def test_a_clock_that_was_ahead_loses_no_reminder(world: World) -> None:
    report = send(world, now=MONDAY).report
    remind(MONDAY + 400 * DAY)
    assert fresh(report).reminded == ESCALATED
    remind(MONDAY + HOUR)
    assert fresh(report).reminded == NOTHING
    Notice.objects.all().delete()
    remind(MONDAY + 5 * HOUR)
    assert told("report.clock") == {"bas@oostzaan.example": 1}


def test_a_test_report_reminds_nobody(world: World) -> None:
    send(world, now=MONDAY, is_test=True)
    remind(MONDAY + 30 * DAY)
    assert told("report.clock") == {}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hours=st.lists(st.integers(0, 300), min_size=1, max_size=6))
def test_in_whatever_steps_time_goes_the_last_run_decides(world: World, hours: list[int]) -> None:
    Notice.objects.all().delete()
    report = send(world, now=MONDAY).report
    for passed in hours:
        remind(MONDAY + passed * HOUR)
    alone = send(world, now=MONDAY).report
    remind(MONDAY + hours[-1] * HOUR)
    assert fresh(report).reminded == fresh(alone).reminded
    escalated = Notice.objects.filter(subject_id=str(report.pk), kind="report.escalated").count()
    assert escalated == int(any(passed >= 24 for passed in hours))
    Report.objects.all().update(due_at=None)


def test_the_calendar_shows_own_clocks_and_what_is_nobodys(world: World, dina: object) -> None:
    mine, nobodys, other = (send(world, now=MONDAY).report for _ in range(3))
    send(world, now=MONDAY, by="cleo", where=world.there)
    bas = acting(world.bas, world.here)
    assign(by=bas, report_id=mine.pk, expected=1, member=world.bas, now=MONDAY)
    assign(by=bas, report_id=other.pk, expected=1, member=dina, now=MONDAY)  # type: ignore[arg-type]
    entries = list(calendar(world.bas, MONDAY))
    assert {entry.key.split()[1] for entry in entries} == {str(mine.pk), str(nobodys.pk)}
    assert {entry.at for entry in entries} == {MONDAY + DAY}
    assert list(calendar(world.ann, MONDAY)) == []
    assert told("report.clock") == {"dina@oostzaan.example": 1}
