"""Opening hours: open now, opens at, holidays, the change of the clock, and the calendar for the browser."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.routes.hours import UNKNOWN_HOURS, calendar, open_minutes, state_at

ZONE = ZoneInfo("Europe/Amsterdam")
OFFICE = "Mo-Fr 09:00-17:00; PH off"


def at(*parts: int) -> dt.datetime:
    year, month, day, hour, minute = parts
    return dt.datetime(year, month, day, hour, minute, tzinfo=ZONE)


def office(now: dt.datetime) -> tuple[bool | None, str]:
    state = state_at(osm=OFFICE, country="NL", timezone="Europe/Amsterdam", now=now)
    moment = state.opens_at or state.closes_at
    return state.open, moment.strftime("%a %d %b %H:%M %z") if moment else ""


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(2026, 11, 20, 10, 0), (True, "Fri 20 Nov 17:00 +0100")),
        (at(2026, 11, 20, 17, 0), (False, "Mon 23 Nov 09:00 +0100")),
        (at(2026, 11, 23, 8, 59), (False, "Mon 23 Nov 09:00 +0100")),
        (at(2026, 12, 25, 11, 0), (False, "Mon 28 Dec 09:00 +0100")),
        (at(2027, 4, 27, 11, 0), (False, "Wed 28 Apr 09:00 +0200")),
        (at(2027, 3, 27, 12, 0), (False, "Tue 30 Mar 09:00 +0200")),
        (at(2026, 10, 24, 12, 0), (False, "Mon 26 Oct 09:00 +0100")),
    ],
)
def test_office_hours_in_the_netherlands(now: dt.datetime, expected: tuple[bool, str]) -> None:
    assert office(now) == expected


def test_a_moment_in_another_zone_is_the_same_moment() -> None:
    assert office(dt.datetime(2026, 11, 20, 15, 59, tzinfo=dt.UTC))[0] is True
    assert office(dt.datetime(2026, 11, 20, 16, 1, tzinfo=dt.UTC))[0] is False


def test_the_holiday_is_named() -> None:
    state = state_at(osm=OFFICE, country="NL", timezone="Europe/Amsterdam", now=at(2026, 12, 25, 11, 0))
    assert state.holiday
    assert state_at(osm=OFFICE, country="NL", timezone="Europe/Amsterdam", now=at(2026, 11, 21, 11, 0)).holiday is None


def test_unknown_hours_stay_unknown() -> None:
    assert state_at(osm=None, country="NL", timezone="Europe/Amsterdam", now=at(2026, 11, 20, 10, 0)) == UNKNOWN_HOURS
    assert calendar(osm=None, country="NL", first=dt.date(2026, 11, 20), days=10) is None


def test_day_and_night_has_no_closing_time() -> None:
    state = state_at(osm="24/7", country="NL", timezone="Europe/Amsterdam", now=at(2026, 12, 25, 3, 0))
    assert (state.open, state.always, state.closes_at) == (True, True, None)


FIRST = dt.date(2026, 11, 21)


@given(st.integers(min_value=0, max_value=200 * 24 * 60 - 1))
def test_the_calendar_for_the_browser_says_the_same_as_the_library(minutes: int) -> None:
    found = calendar(osm=OFFICE, country="NL", first=FIRST, days=200)
    assert found is not None
    moment = dt.datetime.combine(FIRST, dt.time()) + dt.timedelta(minutes=minutes)
    ranges = found["exceptions"].get(moment.date().isoformat(), found["week"][moment.weekday()])  # type: ignore[index,attr-defined]
    minute = moment.hour * 60 + moment.minute
    by_calendar = any(start <= minute < end for start, end in ranges)
    state = state_at(osm=OFFICE, country="NL", timezone="Europe/Amsterdam", now=moment.replace(tzinfo=ZONE))
    assert state.open is by_calendar


def test_day_and_night_but_not_on_a_holiday() -> None:
    made = calendar(osm="24/7; PH off", country="NL", first=dt.date(2026, 12, 21), days=7)
    assert made is not None
    assert made["week"] == [[(0, 24 * 60)]] * 7
    assert made["exceptions"] == {"2026-12-25": [], "2026-12-26": []}


@pytest.mark.parametrize("osm", ['Sa "op afspraak"', 'Mo-Fr 09:00-17:00; Sa "op afspraak"'])
def test_a_day_with_words_only_is_not_open_day_and_night(osm):
    saturday = dt.date(2026, 11, 28)
    assert open_minutes(osm=osm, country="NL", day=saturday) == []
    noon = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)
    assert state_at(osm=osm, country="NL", timezone="Europe/Amsterdam", now=noon).open is None
    with_hours = 'Sa 10:00-14:00 "op afspraak"'
    assert open_minutes(osm=with_hours, country="NL", day=saturday) == [(600, 840)]
    assert state_at(osm=with_hours, country="NL", timezone="Europe/Amsterdam", now=noon).open
