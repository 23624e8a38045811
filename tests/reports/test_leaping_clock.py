"""A clock that leaps ahead erases nothing: it stops, says so once, and goes on when it is put right or confirmed."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone
from tests.helpers.jobs import run_jobs
from tests.helpers.people import World
from tests.helpers.sharing import Sharing

from baken.audit.models import Event
from baken.cli.doctor import confirm_clock
from baken.cli.examinations import erasing as examined
from baken.notices import periodic
from baken.notices.erasing import may_erase
from baken.notices.models import Notice, TrustedMoment
from baken.notices.moments import DAY, LEAP
from baken.people.models import Member
from baken.reports.actions.closing import close
from baken.reports.keeping import NO_CONCERN
from baken.reports.models import Report
from baken.vault.models import Sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(db: None) -> Report:
    """A report that may be erased in a month."""
    sharing = Sharing.new()
    report = sharing.report()
    return close(
        by=sharing.bas,
        report_id=report.pk,
        category=NO_CONCERN,
        erase_on=timezone.localdate() + 30 * DAY,
        feedback="kanarie terug",
        now=timezone.now(),
    )


def work_at(moment: dt.datetime) -> None:
    """What a worker does when its clock says so."""
    with time_machine.travel(moment, tick=False):
        periodic.start_due(moment)
        run_jobs()


def is_erased(report: Report) -> bool:
    return Report.objects.get(pk=report.pk).erased_at is not None


def test_a_leap_of_years_erases_nothing_and_the_clock_put_right_goes_on(closed: Report) -> None:
    now = timezone.now()
    work_at(now)
    before = Sealed.objects.count()
    for hours in (0, 1, 2):
        work_at(now + 900 * DAY + dt.timedelta(hours=hours))
    assert not is_erased(closed)
    assert Sealed.objects.count() == before
    told = Notice.objects.filter(kind="erasing.stopped")
    assert {item.member.email for item in told} == {"bas@oostzaan.example", "cleo@elders.example"}
    assert told.count() == 2, "once"
    (found,) = examined()
    assert (found.level, "--clock-is-right" in found.mend) == ("error", True)
    work_at(now + dt.timedelta(hours=3))
    assert [item.level for item in examined()] == ["ok"]
    assert not is_erased(closed)


def test_day_by_day_it_is_erased_when_its_time_is_over(closed: Report) -> None:
    now = timezone.now()
    for days in range(0, 35, 5):
        assert not is_erased(closed)
        work_at(now + days * DAY)
    assert is_erased(closed)


def test_after_a_long_rest_somebody_says_that_the_clock_is_right(closed: Report) -> None:
    now = timezone.now()
    work_at(now)
    late = now + 60 * DAY
    work_at(late)
    assert not is_erased(closed)
    with time_machine.travel(late, tick=False):
        confirm_clock()
    work_at(late + dt.timedelta(hours=2))
    assert is_erased(closed)
    assert Event.objects.filter(action="clock.confirmed", outcome="ok").count() == 1


def test_before_the_first_look_the_newest_event_says_where_the_clock_was(world: World) -> None:
    assert not TrustedMoment.objects.exists()
    assert Event.objects.exists()
    assert not may_erase(timezone.now() + LEAP + DAY)
    assert may_erase(timezone.now() + DAY)


def test_who_runs_the_installation_is_told_first(world: World) -> None:
    Member.objects.filter(pk=world.ann.pk).update(is_platform_administrator=True)
    may_erase(timezone.now())
    may_erase(timezone.now() + 2 * LEAP)
    assert [item.member for item in Notice.objects.all()] == [world.ann]
