"""The usual week of a service as seven lines that people can fill in, and back to the OpenStreetMap string. Pure."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from baken.routes.hours import always_open, calendar, open_minutes

OSM_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DAY = 24 * 60
A_YEAR = 370
"""Days to compare, so that each public holiday is among them."""
_RANGE = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|—|tot|to|do)\s*(\d{1,2})(?:[:.](\d{2}))?")
_BETWEEN = re.compile(r"\s*[,;&+]\s*|\s+en\s+|\s+and\s+")

Ranges = tuple[tuple[int, int], ...]
"""Open parts of a day, in minutes after midnight."""


@dataclass(frozen=True, slots=True)
class Week:
    """The usual week, Monday first. ``whole`` is False when the string says more than this: seasons, single dates."""

    always: bool = False
    days: tuple[Ranges, ...] = ((),) * 7
    closed_on_holidays: bool = False
    whole: bool = True


class UnreadableDayError(ValueError):
    """What somebody typed for a day is no time, or not in order."""


def week_of(osm: str, *, country: str, today: dt.date) -> Week:
    """The usual week of an OpenStreetMap string; an empty week of "". Raises what opening-hours-py raises for nonsense."""
    if not osm:
        return Week()
    if always_open(osm):
        return Week(always=True)
    monday = today - dt.timedelta(days=today.weekday())
    found = calendar(osm=osm, country=country, first=monday, days=0) or {}
    week = found["week"]
    assert isinstance(week, list)
    made = Week(days=tuple(tuple(day) for day in week), closed_on_holidays="PH off" in osm)
    plain = osm_of(made)
    days = (monday + dt.timedelta(days=number) for number in range(A_YEAR))
    same = all(
        open_minutes(osm=plain, country=country, day=day) == open_minutes(osm=osm, country=country, day=day)
        for day in days
    )
    return Week(days=made.days, closed_on_holidays=made.closed_on_holidays, whole=same)


def osm_of(week: Week) -> str:
    """The OpenStreetMap string of a week; "" when it is never open."""
    if week.always:
        return "24/7"
    parts: list[str] = []
    first = 0
    for day in range(1, len(OSM_DAYS) + 1):
        if day < len(OSM_DAYS) and week.days[day] == week.days[first]:
            continue
        if week.days[first]:
            parts.append(f"{_days(first, day - 1)} {','.join(_times(part) for part in week.days[first])}")
        first = day
    if parts and week.closed_on_holidays:
        parts.append("PH off")
    return "; ".join(parts)


def shown_day(ranges: Ranges) -> str:
    """A day as it stands in its line: ``09:00-12:30, 13:30-17:00``."""
    return ", ".join(_times(part) for part in ranges)


def typed_day(text: str) -> Ranges:
    """What somebody typed for a day: ``9-17``, ``9.00 – 12.30, 13.30 – 17.00``; nothing is closed. Raises UnreadableDayError."""
    found: list[tuple[int, int]] = []
    for part in filter(None, _BETWEEN.split(text.strip())):
        match = _RANGE.fullmatch(part.strip())
        if match is None:
            raise UnreadableDayError(part)
        start, end = _minutes(match[1], match[2]), _minutes(match[3], match[4])
        if not 0 <= start < end <= DAY or (found and start < found[-1][1]):
            raise UnreadableDayError(part)
        found.append((start, end))
    return tuple(found)


def _minutes(hours: str, minutes: str | None) -> int:
    if minutes is not None and int(minutes) > 59:
        raise UnreadableDayError(minutes)
    return int(hours) * 60 + int(minutes or 0)


def _times(part: tuple[int, int]) -> str:
    start, end = part
    return f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"


def _days(first: int, last: int) -> str:
    if (first, last) == (0, len(OSM_DAYS) - 1):
        return "Mo-Su"
    return OSM_DAYS[first] if first == last else f"{OSM_DAYS[first]}-{OSM_DAYS[last]}"
