"""Time in which an organisation is open: working hours and working days from a moment. Pure.

Opening hours are an OpenStreetMap text; public holidays are closed unless the text says what happens on them. Hours that
nobody filled in, that cannot be read, or in which the organisation is never open count as usual office hours, so that no
report is ever left without a clock.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]

from baken.routes.hours import always_open, open_minutes

USUAL = "Mo-Fr 09:00-17:00; PH off"
HORIZON = 31
"""Days within which an organisation must be open at least once for its hours to count."""


@dataclass(frozen=True, slots=True)
class Office:
    """When an organisation is open, and where."""

    hours: str = ""
    country: str = "NL"
    timezone: str = "Europe/Amsterdam"


@lru_cache(maxsize=1024)
def schedule_of(hours: str, country: str) -> str:
    """The hours as they are used: with holidays closed, or the usual ones when they cannot be read."""
    if not hours.strip():
        return USUAL
    try:
        OpeningHours(hours, country=country)
    except ParserError:
        return USUAL
    return hours if always_open(hours) or "PH" in hours else f"{hours.strip().rstrip(';')}; PH off"


@lru_cache(maxsize=16_384)
def _parts_of(hours: str, country: str, day: dt.date) -> tuple[tuple[int, int], ...]:
    return tuple(open_minutes(osm=hours, country=country, day=day))


def open_parts(office: Office, day: dt.date) -> tuple[tuple[int, int], ...]:
    """The open parts of a local day, as minutes after midnight (start, end)."""
    return _parts_of(_usable(schedule_of(office.hours, office.country), office.country, day), office.country, day)


@lru_cache(maxsize=16_384)
def _usable(hours: str, country: str, day: dt.date) -> str:
    """These hours, unless they leave the organisation closed around this day: then the usual ones."""
    first = day.toordinal() // HORIZON * HORIZON
    around = range(max(1, first - HORIZON), first + 2 * HORIZON)
    return hours if any(_parts_of(hours, country, dt.date.fromordinal(item)) for item in around) else USUAL


@dataclass(frozen=True, order=True, slots=True)
class Wall:
    """A moment on the clock of the organisation: the day, and the minutes after midnight."""

    day: dt.date
    minute: float


def wall_of(moment: dt.datetime, office: Office) -> Wall:
    """What the clock on the wall says; never earlier than a moment before it.

    In the hour that comes twice in autumn the wall would go back: the second time counts as the end of that hour.
    """
    local = moment.astimezone(ZoneInfo(office.timezone))
    minute = local.hour * 60 + local.minute + local.second / 60 + local.microsecond / 60_000_000
    return Wall(local.date(), (local.hour + 1) * 60 if local.fold else minute)


def moment_of(wall: Wall, office: Office) -> dt.datetime:
    """The moment in UTC. In the hour that does not exist in spring, the moment at which the clock jumps over it."""
    zone = ZoneInfo(office.timezone)
    naive = dt.datetime.combine(wall.day, dt.time()) + dt.timedelta(minutes=wall.minute)
    moment = naive.replace(tzinfo=zone).astimezone(dt.UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != naive:
        return naive.replace(minute=0, second=0, microsecond=0, tzinfo=zone).astimezone(dt.UTC)
    return moment


def next_open(wall: Wall, office: Office) -> Wall:
    """The same moment when the organisation is open, else the one at which it opens."""
    day, minute = wall.day, wall.minute
    while True:
        for start, end in open_parts(office, day):
            if minute < end:
                return Wall(day, max(minute, start))
        day, minute = day + dt.timedelta(days=1), 0


def after_days(wall: Wall, days: int, office: Office) -> Wall:
    """So many working days later, at the same time of day; within the hours of that day when those are shorter."""
    at = next_open(wall, office)
    day = at.day
    for _ in range(days):
        day = next_open(Wall(day + dt.timedelta(days=1), 0), office).day
    parts = open_parts(office, day)
    for start, end in parts:
        if at.minute <= end:
            return Wall(day, max(at.minute, start))
    return Wall(day, parts[-1][1])


def after_minutes(wall: Wall, minutes: float, office: Office) -> Wall:
    """So many open minutes later. Ends at closing time rather than at the next opening, which is the same to the minute."""
    at, left = next_open(wall, office), minutes
    while True:
        end = next(end for start, end in open_parts(office, at.day) if start <= at.minute < end)
        if left <= end - at.minute:
            return Wall(at.day, at.minute + left)
        left -= end - at.minute
        at = next_open(Wall(at.day, end), office)


def open_between(first: Wall, last: Wall, office: Office) -> float:
    """How many minutes the organisation is open between two moments; 0 when the second is not after the first."""
    total, day = 0.0, first.day
    while day <= last.day:
        low = first.minute if day == first.day else 0
        high = last.minute if day == last.day else 24 * 60
        total += sum(max(0.0, min(end, high) - max(start, low)) for start, end in open_parts(office, day))
        day += dt.timedelta(days=1)
    return total
