"""When a service is open, as tokens: a ring of half-hours of 14 days. Pure.

The ring goes round: a half-hour has the same place every second week, so that a night's work only touches services whose days
differ (a holiday that comes into sight, or passes). Place 0 is Monday 5 January 1970, 00:00, in the local time of the service;
a place is in local time, so it holds when the clock changes.

An open stretch is written as the fewest blocks of 1, 2, 4, ... 32 half-hours that fill it, and a moment is in one block of each
length. So an index holds some twenty tokens for a service with office hours, instead of eighty. A service with two equal weeks,
as nearly all have, is written as one week.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

WEEK = 7 * 48
RING = 2 * WEEK
FULL = (1 << RING) - 1
ALWAYS = "o:always"
_FIRST_DAY = dt.date(1970, 1, 5)
_LENGTHS = (32, 16, 8, 4, 2, 1)


def place(moment: dt.datetime) -> int:
    """The place in the ring of a moment in local time."""
    days = (moment.date() - _FIRST_DAY).days
    return (days * 48 + moment.hour * 2 + moment.minute // 30) % RING


def stretch(start: dt.datetime, end: dt.datetime) -> int:
    """The mask of an open stretch in local time, without its end. A half-hour that is open in part counts as closed."""
    begin = start.replace(tzinfo=None)
    if begin.minute % 30 or begin.second or begin.microsecond:
        begin = begin.replace(minute=begin.minute // 30 * 30, second=0, microsecond=0) + dt.timedelta(minutes=30)
    count = int((end.replace(tzinfo=None) - begin).total_seconds() // 1800)
    if count <= 0:
        return 0
    mask = ((1 << min(count, RING)) - 1) << place(begin)
    return (mask & FULL) | (mask >> RING)


@lru_cache(maxsize=4_096)
def tokens(opening: int | None) -> tuple[str, ...]:
    """The tokens of a mask. Many services keep the same hours."""
    if not opening:
        return ()
    if opening & FULL == FULL:
        return (ALWAYS,)
    first, second = opening & ((1 << WEEK) - 1), opening >> WEEK
    if first == second:
        return tuple(f"o:w{length}_{at}" for length, at in _blocks(first, WEEK))
    return tuple(f"o:d{length}_{at}" for length, at in _blocks(opening, RING))


def tokens_at(at: int) -> list[str]:
    """The tokens of which a service has at least one when it is open at this place in the ring."""
    if not 0 <= at < RING:
        raise ValueError("No place in the ring.")
    week = at % WEEK
    return [
        ALWAYS,
        *(f"o:w{length}_{week // length}" for length in _LENGTHS),
        *(f"o:d{length}_{at // length}" for length in _LENGTHS),
    ]


def _blocks(mask: int, size: int) -> list[tuple[int, int]]:
    """The fewest aligned blocks that fill the mask, as length and number."""
    found = []
    at = 0
    while at < size:
        if not mask >> at:
            break
        length = next(
            (
                length
                for length in _LENGTHS
                if at % length == 0 and at + length <= size and (mask >> at) & ((1 << length) - 1) == (1 << length) - 1
            ),
            0,
        )
        if length:
            found.append((length, at // length))
        at += length or 1
    return found
