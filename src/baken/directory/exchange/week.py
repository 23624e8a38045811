"""Schedules of HSDS as opening hours in OpenStreetMap syntax, where they can be said in it. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]

from baken.directory.exchange.given import Given
from baken.directory.exchange.schedules import CLOSED, DAYS, offset_on

MOST_LETTERS = 500
TIME = re.compile(r"([01]\d|2[0-4]):([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?")
BYDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG = 300
"""A week that holds for so many days is taken for the usual week."""
Week = dict[str, tuple[str, ...]]
"""Days in the words of OpenStreetMap -> times, as 09:00-17:00."""


class InexpressibleError(Exception):
    """A schedule that OpenStreetMap's syntax, or we, cannot say; the message tells which part."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """One schedule: the days on which it holds (none: one dated day), from when to when, and its times."""

    days: tuple[str, ...]
    first: dt.date | None
    last: dt.date | None
    times: str


def hours_of(schedules: Sequence[Given], zone: ZoneInfo | None) -> str:
    """The hours of all schedules together; "" when there are none. Raises InexpressibleError."""
    rules = [_rule(item, zone) for item in schedules]
    if not rules:
        return ""
    usual = _seasons([rule for rule in rules if rule.days])
    dated = _dated([rule for rule in rules if not rule.days])
    osm = "; ".join([*usual, *dated])
    if len(osm) > MOST_LETTERS:
        raise InexpressibleError("too many different days")
    try:
        OpeningHours(osm)
    except (ParserError, ValueError):
        raise InexpressibleError("times that cannot be read") from None
    return osm


def _rule(item: Given, zone: ZoneInfo | None) -> _Rule:
    first, last = item.day("valid_from") or item.day("dtstart"), item.day("valid_to") or item.day("until")
    for name in ("count", "byweekno", "bymonthday", "byyearday"):
        if item.has(name):
            raise InexpressibleError(name)
    if item.has("interval") and item.number("interval") != 1:
        raise InexpressibleError("interval")
    item.passed("id", "service_id", "location_id", "service_at_location_id", "interval", "wkst", "timezone")
    freq, notes = item.text("freq"), item.text("notes")
    opens, closes = item.text("opens_at"), item.text("closes_at")
    if not freq and not item.has("byday"):
        if first is None or first != last:
            raise InexpressibleError("no days")
        if not opens and notes != CLOSED:
            raise InexpressibleError("notes" if notes else "opens_at")
        return _Rule((), first, last, _span(opens, closes, first, zone) if opens else "off")
    if notes:
        raise InexpressibleError("notes")
    return _Rule(_days(item.text("byday"), freq), first, last, _span(opens, closes, first, zone))


def _days(byday: str, freq: str) -> tuple[str, ...]:
    found = []
    for part in byday.upper().replace(" ", "").split(","):
        match = BYDAY.fullmatch(part)
        if match is None or freq not in ("", "WEEKLY", "MONTHLY"):
            raise InexpressibleError("byday")
        number, day = match.groups()
        if bool(number) != (freq == "MONTHLY"):
            raise InexpressibleError("byday")
        found.append(f"{day.title()}[{int(number)}]" if number else day.title())
    return tuple(found)


def _span(opens: str, closes: str, day: dt.date | None, zone: ZoneInfo | None) -> str:
    begin, stop = _time(opens, day, zone), _time(closes, day, zone)
    return f"{begin}-{'24:00' if stop in ('23:59', '00:00') else stop}"


def _time(text: str, day: dt.date | None, zone: ZoneInfo | None) -> str:
    """A time on the clock there. A time with another offset than the clock there is moved; without a day that cannot be done."""
    match = TIME.fullmatch(text.strip())
    if match is None:
        raise InexpressibleError("times that cannot be read")
    hour, minute, offset = int(match[1]), int(match[2]), match[3]
    if offset and zone:
        if day is None:
            raise InexpressibleError("a time with an offset and no day")
        moved = hour * 60 + minute + round(offset_on(day, zone) * 60) - _minutes(offset)
        hour, minute = divmod(moved % (24 * 60), 60) if moved != 24 * 60 else (24, 0)
    return f"{hour:02}:{minute:02}"


def _minutes(offset: str) -> int:
    if offset == "Z":
        return 0
    digits = offset[1:].replace(":", "")
    return (int(digits[:2]) * 60 + int(digits[2:])) * (-1 if offset[0] == "-" else 1)


def _seasons(rules: Sequence[_Rule]) -> list[str]:
    """Weeks, one after the other; two that follow on each other and are equal are one."""
    weeks: list[tuple[dt.date | None, dt.date | None, str]] = []
    for first, last in sorted({(rule.first, rule.last) for rule in rules}, key=_earliest):
        week = _week(rule for rule in rules if (rule.first, rule.last) == (first, last))
        before = weeks[-1] if weeks else None
        if before and before[2] == week and before[1] and first == before[1] + dt.timedelta(days=1):
            weeks[-1] = (before[0], last, week)
        else:
            weeks.append((first, last, week))
    if len(weeks) == 1 and _usual(weeks[0][0], weeks[0][1]):
        return [weeks[0][2]]
    return [f"{_range(first, last)} {part}" for first, last, week in weeks for part in week.split("; ")]


def _earliest(found: tuple[dt.date | None, dt.date | None]) -> tuple[dt.date, dt.date]:
    return found[0] or dt.date.min, found[1] or dt.date.max


def _usual(first: dt.date | None, last: dt.date | None) -> bool:
    return last is None or (first is not None and (last - first).days >= LONG)


def _range(first: dt.date | None, last: dt.date | None) -> str:
    if first is None or last is None:
        raise InexpressibleError("valid_to")
    return f"{_date(first)}-{_date(last)}"


def _date(day: dt.date) -> str:
    return f"{day.year} {MONTHS[day.month - 1]} {day.day:02}"


def _week(rules: Iterable[_Rule]) -> str:
    """A week in words: days with the same times together, in the order of the week."""
    times: dict[str, list[str]] = {}
    for rule in rules:
        for day in rule.days:
            if rule.times not in times.setdefault(day, []):
                times[day].append(rule.times)
    same: dict[str, list[str]] = {}
    for day in sorted(times, key=_place):
        same.setdefault(",".join(sorted(times[day])), []).append(day)
    return "; ".join(f"{_together(days)} {text}" for text, days in same.items())


def _place(day: str) -> tuple[int, str]:
    return DAYS.index(day[:2].upper()), day


def _together(days: list[str]) -> str:
    """``Mo,Tu,We`` as ``Mo-We``."""
    found: list[list[str]] = []
    for day in days:
        if found and "[" not in day and "[" not in found[-1][-1] and _place(day)[0] == _place(found[-1][-1])[0] + 1:
            found[-1].append(day)
        else:
            found.append([day])
    return ",".join(f"{part[0]}-{part[-1]}" if len(part) > 2 else ",".join(part) for part in found)


def _dated(rules: Sequence[_Rule]) -> list[str]:
    days: dict[dt.date, list[str]] = {}
    for rule in rules:
        if rule.first:
            days.setdefault(rule.first, []).append(rule.times)
    return [f"{_date(day)} {','.join(sorted(times))}" for day, times in sorted(days.items())]
