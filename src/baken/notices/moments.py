"""When something happens: quiet hours, digests, back-off, intervals. Pure: no Django, and the moment is an argument.

Clocks jump. Each rule here gives a moment that comes, also when what was written down lies in a future that was none.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)
BACK_OFF = (MINUTE, 5 * MINUTE, 30 * MINUTE, dt.timedelta(hours=2), dt.timedelta(hours=12))
"""How long to wait after the first failure, the second, and so on."""
GAP = 10 * MINUTE
"""Least time between two mails to one member that are not urgent; what comes meanwhile goes into the second."""

LEAP = 7 * DAY
"""A clock that moved further between two looks did not walk there; or the server was off, which only a person knows."""


class How(StrEnum):
    """How a member wants to hear of what is not urgent."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a member asked for, in local times. Quiet hours that begin when they end are none."""

    how: How = How.AT_ONCE
    quiet_from: dt.time = dt.time(0)
    quiet_until: dt.time = dt.time(0)
    digest_at: dt.time = dt.time(8)


def next_try(failures: int, *, now: dt.datetime) -> dt.datetime | None:
    """When to try again after this many failures (1 or more); None: give up."""
    return now + BACK_OFF[failures - 1] if failures <= len(BACK_OFF) else None


def is_due(last: dt.datetime | None, *, every: dt.timedelta, now: dt.datetime) -> bool:
    """Is it time again for what was begun at ``last``? However long ago that was, it is done once.

    A ``last`` that lies a whole interval (and at least a minute) ahead was written by a clock that has been put right since.
    """
    if last is None:
        return True
    passed = now - last
    return passed >= every or passed <= -max(every, MINUTE)


def is_leap(last: dt.datetime | None, *, now: dt.datetime) -> bool:
    """Did the clock go further than it can be trusted to, since the last moment that was? Backward erases nothing."""
    return last is not None and now - last > LEAP


def is_free(until: dt.datetime | None, *, longest: dt.timedelta, now: dt.datetime) -> bool:
    """Is a wait or a claim over? One that would last longer than the longest was written by a wrong clock."""
    return until is None or not now < until <= now + longest


def is_quiet(wishes: Wishes, moment: dt.datetime, zone: ZoneInfo) -> bool:
    """Is this moment in the quiet hours? They may run over midnight."""
    begin, end = wishes.quiet_from, wishes.quiet_until
    local = moment.astimezone(zone).time()
    return begin <= local < end if begin <= end else not end <= local < begin


def after_quiet(wishes: Wishes, moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The moment itself, or the end of the quiet hours that it falls in. An hour that the clock runs twice is quiet twice."""
    if not is_quiet(wishes, moment, zone):
        return moment
    return min(end for end in _comings(wishes.quiet_until, moment, zone) if end > moment)


def next_at(time: dt.time, moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The first time after ``moment`` that local clocks show ``time``; where they skip it, as long after midnight."""
    return min(coming for coming in _comings(time, moment, zone) if coming > moment)


def due_at(
    made_at: dt.datetime,
    *,
    urgent: bool,
    wishes: Wishes,
    mailed_at: dt.datetime | None,
    now: dt.datetime,
    zone: ZoneInfo,
) -> dt.datetime | None:
    """When the mail about a notice goes; None: it does not. ``mailed_at`` is when the last mail went to this member."""
    if urgent:
        return min(made_at, now)
    if wishes.how is How.NONE:
        return None
    if wishes.how is How.DAILY:
        # From a clock that was a day or more ahead: as if it was made a day ago, so that it is due today.
        made = made_at if made_at < now + DAY else now - DAY
        return after_quiet(wishes, next_at(wishes.digest_at, made, zone), zone)
    earliest = min(made_at, now)
    if mailed_at is not None and mailed_at <= now:
        earliest = max(earliest, mailed_at + GAP)
    # Quiet hours count at the moment of sending too: mail that waited for a server must not come at night.
    return after_quiet(wishes, max(earliest, now), zone)


def _comings(time: dt.time, moment: dt.datetime, zone: ZoneInfo) -> list[dt.datetime]:
    """When local clocks show this time around a moment, in UTC; twice on the night that an hour comes back."""
    today = moment.astimezone(zone).date()
    return [
        dt.datetime.combine(day, time, tzinfo=zone).replace(fold=fold).astimezone(dt.UTC)
        for day in (today, today + DAY, today + 2 * DAY)
        for fold in (0, 1)
    ]
