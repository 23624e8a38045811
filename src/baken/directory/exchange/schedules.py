"""Opening hours as schedules of HSDS. Pure.

HSDS knows no holidays, and times with one fixed offset from UTC. So the hours of the coming year are written out: one schedule
for each time on days that are alike, per stretch with the same offset, and one dated schedule for each day that differs. The
OpenStreetMap string goes along as an attribute, and comes first when it is read back.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]

from baken.directory.exchange.ids import part_id
from baken.packs.loader import countries, load_pack

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
AHEAD = 364
"""Days for which hours are written out: whole weeks, so that every day of the week is counted equally often."""
MINUTES_A_DAY = 24 * 60
LAST_MINUTE = "23:59"
"""HSDS has no 24:00."""
CLOSED = "Closed on this day"
Parts = tuple[tuple[int, int], ...]
"""Open parts of one day, as minutes after midnight."""


def zone_of(country: str) -> ZoneInfo | None:
    """The time zone of a country whose pack is here."""
    code = country.lower()
    return ZoneInfo(load_pack(code).info.timezone) if code in countries() else None


def schedules_of(osm: str, country: str, owner: uuid.UUID, on: dt.date) -> list[dict[str, Any]]:
    """The schedules of hours from the day ``on``; empty when they are unknown, unreadable or of a country without a pack."""
    return [{"id": str(part_id(owner, "schedule", at)), **item} for at, item in enumerate(_year(osm, country, on))]


@lru_cache(maxsize=4096)
def _year(osm: str, country: str, on: dt.date) -> tuple[dict[str, Any], ...]:
    zone = zone_of(country)
    if not osm or zone is None:
        return ()
    try:
        opening = OpeningHours(osm, country=country)
    except (ParserError, ValueError):
        return ()
    days = open_parts(opening, on, AHEAD)
    week = _usual_week(days, on)
    return (*_weekly(week, on, zone), *_exceptions(days, week, on, zone))


def open_parts(opening: OpeningHours, on: dt.date, count: int) -> list[Parts]:
    """The open parts of each of ``count`` local days from ``on``. What nobody is sure of counts as closed."""
    start = dt.datetime.combine(on, dt.time())
    end = start + dt.timedelta(days=count)
    days: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for begin, stop, state, _comment in opening.intervals(start, end):
        if str(state) == "open":
            _spread(
                days, int((begin - start).total_seconds() // 60), int((min(stop, end) - start).total_seconds() // 60)
            )
    return [tuple(day) for day in days]


def _spread(days: list[list[tuple[int, int]]], begin: int, stop: int) -> None:
    """Put a stretch of minutes on the days that it covers; one that touches the part before goes on with it."""
    while begin < stop:
        day, minute = divmod(begin, MINUTES_A_DAY)
        until = min(stop, (day + 1) * MINUTES_A_DAY)
        parts = days[day]
        if parts and parts[-1][1] == minute:
            minute = parts.pop()[0]
        parts.append((minute, until - day * MINUTES_A_DAY))
        begin = until


def _usual_week(days: list[Parts], on: dt.date) -> list[Parts]:
    """For each day of the week the open parts that it has most often; of equals the earliest."""
    of_weekday: list[list[Parts]] = [[] for _ in DAYS]
    for offset, parts in enumerate(days):
        of_weekday[(on.weekday() + offset) % 7].append(parts)
    return [Counter(found).most_common(1)[0][0] for found in of_weekday]


def _weekly(week: list[Parts], on: dt.date, zone: ZoneInfo) -> Iterator[dict[str, Any]]:
    for first, last, offset in _stretches(on, zone):
        for parts in dict.fromkeys(found for found in week if found):
            byday = ",".join(DAYS[day] for day, found in enumerate(week) if found == parts)
            for begin, stop in parts:
                yield {
                    "valid_from": first.isoformat(),
                    "valid_to": last.isoformat(),
                    "freq": "WEEKLY",
                    "byday": byday,
                    **_times(begin, stop, offset),
                }


def _exceptions(days: list[Parts], week: list[Parts], on: dt.date, zone: ZoneInfo) -> Iterator[dict[str, Any]]:
    for number, parts in enumerate(days):
        day = on + dt.timedelta(days=number)
        if parts == week[day.weekday()]:
            continue
        dated = {"valid_from": day.isoformat(), "valid_to": day.isoformat()}
        if not parts:
            yield {**dated, "notes": CLOSED}
        for begin, stop in parts:
            yield {**dated, **_times(begin, stop, offset_on(day, zone))}


def _stretches(on: dt.date, zone: ZoneInfo) -> Iterator[tuple[dt.date, dt.date, float]]:
    """First and last day with the same offset, from ``on`` for as long as hours are written out."""
    first, offset = on, offset_on(on, zone)
    for number in range(1, AHEAD):
        day = on + dt.timedelta(days=number)
        if (found := offset_on(day, zone)) != offset:
            yield first, day - dt.timedelta(days=1), offset
            first, offset = day, found
    yield first, on + dt.timedelta(days=AHEAD - 1), offset


def offset_on(day: dt.date, zone: ZoneInfo) -> float:
    """Hours from UTC at noon of a day: on the day on which the clock changes, nearly every door opens after it did."""
    offset = dt.datetime.combine(day, dt.time(12), tzinfo=zone).utcoffset()
    return offset.total_seconds() / 3600 if offset else 0.0


def _times(begin: int, stop: int, offset: float) -> dict[str, Any]:
    number = int(offset) if offset == int(offset) else offset
    return {"timezone": number, "opens_at": clock(begin, offset), "closes_at": clock(stop, offset)}


def clock(minute: int, offset: float) -> str:
    """A minute of the day as HSDS writes it, with the offset from UTC."""
    time = LAST_MINUTE if minute >= MINUTES_A_DAY else f"{minute // 60:02}:{minute % 60:02}"
    sign, minutes = ("-" if offset < 0 else "+"), round(abs(offset) * 60)
    return f"{time}{sign}{minutes // 60:02}:{minutes % 60:02}"
