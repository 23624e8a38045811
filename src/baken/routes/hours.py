"""Opening hours: is a door open now, and when does it open. Pure; the moment is passed in.

Hours are written in OpenStreetMap syntax and read by opening-hours-py, which also knows the public holidays of a country.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours

WEEK = 7
A_DAY = dt.timedelta(days=1)
MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class OpenState:
    """Whether a door is open. ``open`` is None where nobody knows its hours."""

    open: bool | None = None
    opens_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None
    holiday: str | None = None
    """Name of the public holiday on which it is closed now."""
    always: bool = False


UNKNOWN_HOURS = OpenState()


@cache
def _schedule(osm: str, country: str) -> OpeningHours:
    return OpeningHours(osm, country=country)


@cache
def _holidays(country: str, year: int) -> dict[dt.date, str]:
    """Names of the public holidays. The library is slow to import and only needed on such a day."""
    import holidays

    return dict(holidays.country_holidays(country, years=year))


def _holiday(country: str, local: dt.datetime) -> str | None:
    """The public holiday on which a local moment falls. The hours library knows the days, the holidays library their names."""
    if not _schedule("PH", country).is_open(local.replace(tzinfo=None)):
        return None
    return _holidays(country, local.year).get(local.date(), "")


def always_open(osm: str) -> bool:
    """Is this door open day and night?"""
    return osm.strip() == "24/7"


def state_at(*, osm: str | None, country: str, timezone: str, now: dt.datetime) -> OpenState:
    """The state of a door at an aware moment ``now``; times come back in the time zone of the door."""
    if osm is None:
        return UNKNOWN_HOURS
    if always_open(osm):
        return OpenState(open=True, always=True)
    zone = ZoneInfo(timezone)
    local = now.astimezone(zone)
    wall = local.replace(tzinfo=None, second=0, microsecond=0)
    schedule = _schedule(osm, country)
    change = schedule.next_change(wall)
    change_at = change.replace(tzinfo=zone) if change is not None else None
    if schedule.is_open(wall):
        if _words_only(schedule, wall):
            return UNKNOWN_HOURS
        return OpenState(open=True, closes_at=change_at)
    return OpenState(open=False, opens_at=change_at, holiday=_holiday(country, local))


def open_minutes(*, osm: str, country: str, day: dt.date) -> list[tuple[int, int]]:
    """The open parts of one local day as (start, end) minutes after midnight; for the browser, which has no library."""
    if always_open(osm):
        return [(0, MINUTES_A_DAY)]
    start = dt.datetime.combine(day, dt.time())
    end = start + dt.timedelta(days=1)
    return [
        (_minutes(begin, start), _minutes(stop, start))
        for begin, stop, state, comment in _schedule(osm, country).intervals(start, end)
        if str(state) == "open" and not (comment and stop - begin >= A_DAY)
    ]


def _words_only(schedule: OpeningHours, wall: dt.datetime) -> bool:
    """Is there only a comment for this day, such as "by appointment"? The library calls that open day and night."""
    midnight = dt.datetime.combine(wall.date(), dt.time())
    return any(
        comment and stop - begin >= A_DAY
        for begin, stop, _state, comment in schedule.intervals(midnight, midnight + A_DAY)
    )


def _minutes(moment: dt.datetime, start: dt.datetime) -> int:
    return max(0, min(MINUTES_A_DAY, int((moment - start).total_seconds() // 60)))


def calendar(*, osm: str | None, country: str, first: dt.date, days: int) -> dict[str, object] | None:
    """Opening hours as the browser needs them: a usual week (Monday first) and the days that differ from it.

    None where the hours are unknown. ``days`` says for how long the exceptions are worked out.
    """
    if osm is None:
        return None
    if always_open(osm):
        return {"always": True}
    monday = first - dt.timedelta(days=first.weekday())
    plain = osm.replace("PH off", "").strip().rstrip(";").strip()
    week = [open_minutes(osm=plain, country=country, day=monday + dt.timedelta(days=day)) for day in range(WEEK)]
    exceptions: dict[str, list[tuple[int, int]]] = {}
    for offset in range(days):
        day = first + dt.timedelta(days=offset)
        found = open_minutes(osm=osm, country=country, day=day)
        if found != week[day.weekday()]:
            exceptions[day.isoformat()] = found
    return {
        "always": False,
        "week": week,
        "exceptions": exceptions,
        "until": (first + dt.timedelta(days=days)).isoformat(),
    }
