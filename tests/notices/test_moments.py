"""When mail goes and jobs run: over midnight, over the change of the clock, and when the clock itself was wrong."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.notices.moments import (
    BACK_OFF,
    DAY,
    GAP,
    LEAP,
    How,
    Wishes,
    after_quiet,
    due_at,
    is_due,
    is_free,
    is_leap,
    is_quiet,
    next_at,
    next_try,
)

ZONE = ZoneInfo("Europe/Amsterdam")
HOUR = dt.timedelta(hours=1)
NIGHT = Wishes(quiet_from=dt.time(22), quiet_until=dt.time(7))
NOON = Wishes(quiet_from=dt.time(12), quiet_until=dt.time(13))
MOMENTS = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31), timezones=st.just(dt.UTC))
TIMES = st.times().map(lambda time: time.replace(microsecond=0))


def local(text: str, fold: int = 0) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE, fold=fold).astimezone(dt.UTC)


def due(made: dt.datetime, now: dt.datetime, **given) -> dt.datetime | None:
    given = {"urgent": False, "wishes": Wishes(), "mailed_at": None, **given}
    return due_at(made, now=now, zone=ZONE, **given)


@pytest.mark.parametrize(
    ("wishes", "moment", "quiet"),
    [
        (NIGHT, "2026-11-21T21:59", False),
        (NIGHT, "2026-11-21T22:00", True),
        (NIGHT, "2026-11-22T00:00", True),
        (NIGHT, "2026-11-22T06:59", True),
        (NIGHT, "2026-11-22T07:00", False),
        (NOON, "2026-11-21T12:30", True),
        (NOON, "2026-11-21T13:00", False),
        (Wishes(), "2026-11-21T00:00", False),
    ],
)
def test_quiet_hours_run_over_midnight(wishes: Wishes, moment: str, quiet: bool) -> None:
    assert is_quiet(wishes, local(moment), ZONE) is quiet


@pytest.mark.parametrize(
    ("evening", "morning", "length"),
    [
        ("2026-11-21T23:00", "2026-11-22T07:00", 8),
        ("2026-03-28T23:00", "2026-03-29T07:00", 7),  # an hour is skipped
        ("2026-10-24T23:00", "2026-10-25T07:00", 9),  # an hour comes twice
    ],
)
def test_the_end_of_the_night_is_seven_on_the_wall(evening: str, morning: str, length: int) -> None:
    found = after_quiet(NIGHT, local(evening), ZONE)
    assert found == local(morning)
    assert found - local(evening) == length * HOUR


def test_an_hour_that_comes_twice_is_quiet_twice() -> None:
    wishes = Wishes(quiet_from=dt.time(1), quiet_until=dt.time(2, 30))
    assert after_quiet(wishes, local("2026-10-25T02:10"), ZONE) == local("2026-10-25T02:30")
    assert after_quiet(wishes, local("2026-10-25T02:10", fold=1), ZONE) == local("2026-10-25T02:30", fold=1)


@given(moment=MOMENTS, begin=TIMES, end=TIMES)
def test_after_quiet_is_soon_and_not_quiet(moment: dt.datetime, begin: dt.time, end: dt.time) -> None:
    wishes = Wishes(quiet_from=begin, quiet_until=end)
    found = after_quiet(wishes, moment, ZONE)
    assert moment <= found <= moment + 25 * HOUR
    assert not is_quiet(wishes, found, ZONE)


@given(moment=MOMENTS, time=TIMES)
def test_each_time_of_day_comes_within_a_day(moment: dt.datetime, time: dt.time) -> None:
    found = next_at(time, moment, ZONE)
    assert moment < found <= moment + 25 * HOUR
    shown = found.astimezone(ZONE)
    skipped = shown.date() in (dt.date(2026, 3, 29), dt.date(2027, 3, 28)) and time.hour == 2
    assert shown.time() == time or skipped


def test_urgent_goes_at_once_whatever_was_asked() -> None:
    now = local("2026-11-21T23:00")
    silent = Wishes(How.NONE, NIGHT.quiet_from, NIGHT.quiet_until)
    assert due(now, now, urgent=True, wishes=silent, mailed_at=now) == now
    assert due(now + DAY, now, urgent=True) == now
    assert due(now, now, wishes=silent) is None


def test_what_is_not_urgent_waits_for_the_morning_and_for_the_gap() -> None:
    now = local("2026-11-21T15:00")
    assert due(now, now) == now
    assert due(now, now, mailed_at=now - GAP / 2) == now + GAP / 2
    assert due(now, now, mailed_at=now + HOUR) == now, "a mail from the future was sent by a wrong clock"
    assert due(local("2026-11-21T21:50"), local("2026-11-21T23:00"), wishes=NIGHT) == local("2026-11-22T07:00")


def test_a_digest_goes_at_its_time_and_not_in_quiet_hours() -> None:
    daily = Wishes(How.DAILY, digest_at=dt.time(8))
    made, now = local("2026-11-21T09:00"), local("2026-11-21T09:01")
    assert due(made, now, wishes=daily) == local("2026-11-22T08:00")
    early = Wishes(How.DAILY, NIGHT.quiet_from, NIGHT.quiet_until, dt.time(6))
    assert due(made, now, wishes=early) == local("2026-11-22T07:00")


@given(made=MOMENTS, now=MOMENTS, how=st.sampled_from([How.AT_ONCE, How.DAILY]), begin=TIMES, end=TIMES, at=TIMES)
def test_mail_comes_within_days_whatever_the_clock_did(made, now, how, begin, end, at) -> None:
    found = due(made, now, wishes=Wishes(how, begin, end, at))
    assert found is not None
    assert found <= now + dt.timedelta(days=4)


def test_back_off_grows_and_ends() -> None:
    now = local("2026-11-21T15:00")
    waits = [next_try(failures, now=now) for failures in range(1, 7)]
    assert waits == [now + wait for wait in BACK_OFF] + [None]


@pytest.mark.parametrize(
    ("passed", "due"),
    [
        (None, True),
        (0 * HOUR, False),
        (HOUR - dt.timedelta(seconds=1), False),
        (HOUR, True),
        (900 * HOUR, True),
        (-HOUR / 2, False),
        (-HOUR, True),
        (-900 * HOUR, True),
    ],
)
def test_an_interval_passes_also_when_the_clock_was_put_back(passed: dt.timedelta | None, due: bool) -> None:
    now = local("2026-11-21T15:00")
    assert is_due(None if passed is None else now - passed, every=HOUR, now=now) is due


def test_a_claim_ends_also_when_the_clock_was_put_back() -> None:
    now = local("2026-11-21T15:00")
    ends = [None, now - HOUR, now, now + HOUR / 2, now + HOUR, now + DAY]
    assert [is_free(until, longest=HOUR, now=now) for until in ends] == [True, True, True, False, False, True]


def test_a_week_without_word_from_the_clock_is_a_leap() -> None:
    now = local("2026-11-21T15:00")
    assert not is_leap(None, now=now)
    assert not is_leap(now, now=now + LEAP)
    assert is_leap(now, now=now + LEAP + dt.timedelta(seconds=1))
    assert not is_leap(now, now=now - 2 * LEAP)
