"""Opening hours as an editor fills them in: seven rows, holidays and single dates; and the string that says the same. Pure.

Nobody types the syntax of OpenStreetMap. What the rows cannot hold (seasons, words, hours past midnight) has no rows: it is shown
as it stands, and kept.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

DAY_CODES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MIDNIGHT = 24 * 60
PARTS = 2
"""So many open parts has a day at most."""

Parts = tuple[tuple[int, int], ...]
"""Open parts of one day in minutes after midnight, in order; nothing is closed."""
CLOSED: Parts = ()
_TIMES = re.compile(r"(\d{2}):(\d{2})-(\d{2}):(\d{2})")
_DATE = re.compile(r"(\d{4}) ([A-Z][a-z]{2}) (\d{1,2}) (.+)")
_WEEKDAYS = re.compile(r"(?:((?:Mo|Tu|We|Th|Fr|Sa|Su)(?:[-,](?:Mo|Tu|We|Th|Fr|Sa|Su))*) )?(\S.*)")


@dataclass(frozen=True, slots=True)
class Rows:
    """A usual week, Monday first, and the dates that differ from it. Raises ValueError for parts that are not in order."""

    days: tuple[Parts, ...] = (CLOSED,) * 7
    always: bool = False
    closed_on_holidays: bool = False
    dates: Mapping[dt.date, Parts] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.days) != len(DAY_CODES):
            raise ValueError("A week has seven days")
        for parts in (*self.days, *self.dates.values()):
            check_parts(parts)


def check_parts(parts: Parts) -> None:
    """Raise ValueError unless the parts of a day are at most two, in order, and each ends after it begins."""
    moments = [moment for part in parts for moment in part]
    if len(parts) > PARTS or moments != sorted(moments) or any(start == end for start, end in parts):
        raise ValueError("The parts of a day are at most two, in order")
    if moments and not 0 <= moments[0] <= moments[-1] <= MIDNIGHT:
        raise ValueError("A part lies within one day")


def osm_of(rows: Rows) -> str:
    """The string of OpenStreetMap; "" for rows that say nothing at all, because nobody knows then."""
    rules = ["24/7"] if rows.always else _week(rows.days)
    if rules and rows.closed_on_holidays:
        rules.append("PH off")
    rules += [f"{day.year} {MONTHS[day.month - 1]} {day.day:02} {_said(rows.dates[day])}" for day in sorted(rows.dates)]
    return "; ".join(rules)


def rows_of(osm: str) -> Rows | None:
    """The rows that say the same as the string; None for what they cannot hold. No string is empty rows."""
    days: list[Parts] = [CLOSED] * 7
    always = holidays = False
    dates: dict[dt.date, Parts] = {}
    for number, rule in enumerate(filter(None, (part.strip() for part in osm.split(";")))):
        if rule == "24/7" and number == 0:
            always = True
        elif rule == "PH off" and not dates:
            holidays = True
        elif dated := _dated(rule):
            dates[dated[0]] = dated[1]
        elif not (always or holidays or dates) and (usual := _usual(rule)):
            # A later rule speaks for its days alone; before it they said something else.
            for day in usual[0]:
                days[day] = usual[1]
        else:
            return None
    return Rows(days=tuple(days), always=always, closed_on_holidays=holidays, dates=dates)


def _week(days: tuple[Parts, ...]) -> list[str]:
    """One rule for each run of days that are alike."""
    found: list[str] = []
    first = 0
    for day in range(1, len(days) + 1):
        if day < len(days) and days[day] == days[first]:
            continue
        if days[first]:
            name = DAY_CODES[first] if first == day - 1 else f"{DAY_CODES[first]}-{DAY_CODES[day - 1]}"
            found.append(f"{name} {_said(days[first])}")
        first = day
    return found


def _said(parts: Parts) -> str:
    return ",".join(f"{clock(start)}-{clock(end)}" for start, end in parts) or "off"


def clock(minutes: int) -> str:
    """Minutes after midnight as the clock shows them: ``09:30``; the end of a day is ``24:00``."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _dated(rule: str) -> tuple[dt.date, Parts] | None:
    found = _DATE.fullmatch(rule)
    parts = _parts(found[4]) if found else None
    if found is None or parts is None or found[2] not in MONTHS:
        return None
    try:
        return dt.date(int(found[1]), MONTHS.index(found[2]) + 1, int(found[3])), parts
    except ValueError:
        return None


def _usual(rule: str) -> tuple[tuple[int, ...], Parts] | None:
    found = _WEEKDAYS.fullmatch(rule)
    parts = _parts(found[2]) if found else None
    if found is None or parts is None:
        return None
    return tuple(_days(found[1].split(",")) if found[1] else range(7)), parts


def _days(names: Iterable[str]) -> Iterable[int]:
    for name in names:
        codes = [DAY_CODES.index(code) for code in name.split("-")]
        first, last = codes[0], codes[-1]
        yield from ((first + step) % 7 for step in range((last - first) % 7 + 1))


def _parts(text: str) -> Parts | None:
    """The parts that a rule names; None for what is no plain hours of one day."""
    if text in ("off", "closed"):
        return CLOSED
    found = [_TIMES.fullmatch(part.strip()) for part in text.split(",")]
    numbers = [[int(number) for number in match.groups()] for match in found if match]
    parts = tuple((first * 60 + second, third * 60 + fourth) for first, second, third, fourth in numbers)
    if len(parts) != len(found) or any(number[1] > 59 or number[3] > 59 for number in numbers):
        return None
    try:
        check_parts(parts)
    except ValueError:
        return None
    return parts
