"""House clocks: by when something must happen with a report, and whom to remind. Pure; the moment is passed in.

The clocks themselves are data in the pack (``reports.yaml``), so that an organisation can see where each comes from. A
clock is read from the times of a report alone: nothing has to be remembered when the machine was off, and a clock of the
machine that jumps back starts nothing twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from baken.packs.loader import load_pack
from baken.packs.pack import Pack
from baken.packs.schema.reports import Event, HouseClock, Length, ReportsFile
from baken.reports.working_time import Office, Wall, after_days, after_minutes, moment_of, open_between, wall_of

BEFORE_TRIAGE: frozenset[Event] = frozenset({"received", "acknowledged", "triaged"})
FALLBACK = "nl"
"""The pack whose house choices a country uses that has none of its own."""


class Stage(StrEnum):
    """How far a clock is."""

    RUNNING = "running"
    HALF = "half"
    """Past half: a reminder."""
    OVER = "over"
    """Past its end: a reminder, and from ``escalate_at`` also for a second focal point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTimes:
    """When what happened with one report. Each is the *last* time; None when it did not happen."""

    received: dt.datetime
    acknowledged: dt.datetime | None = None
    triaged: dt.datetime | None = None
    """Taken into triage, also again: after an answer of the reporter, a refused hand-over, or reopening."""
    waiting: dt.datetime | None = None
    decided: dt.datetime | None = None
    feedback: dt.datetime | None = None
    closed: dt.datetime | None = None
    urgent: bool = False

    def at(self, event: Event) -> dt.datetime | None:
        """When this happened in the present round: what was decided or told before the last triage no longer counts."""
        moment: dt.datetime | None = getattr(self, event)
        if event in BEFORE_TRIAGE or moment is None or self.triaged is None:
            return moment
        return moment if moment >= self.triaged else None


@dataclass(frozen=True, slots=True)
class Rules:
    """The clocks of a house and when that house is open."""

    clocks: Mapping[str, HouseClock]
    office: Office


@dataclass(frozen=True, slots=True)
class Due:
    """One clock that runs."""

    clock_id: str
    started_at: dt.datetime
    half_at: dt.datetime
    due_at: dt.datetime
    escalate_at: dt.datetime
    stage: Stage

    def escalates(self, now: dt.datetime) -> bool:
        """Must a second focal point be told?"""
        return now >= self.escalate_at


def house_rules(pack: Pack) -> ReportsFile:
    """How reports go in this country: its own file, else that of the complete pack, in the same language. Raises PackError."""
    own = pack.reports_file or load_pack(FALLBACK, pack.language).reports_file
    assert own is not None, "the complete pack has reports.yaml; the check of packs sees to it"
    return own


def rules_of(pack: Pack, office_hours: str = "") -> Rules:
    """The clocks of an organisation in the country of this pack. ``office_hours``: OpenStreetMap text, or empty."""
    clocks = {str(code): clock for code, clock in house_rules(pack).clocks.rules.items()}
    return Rules(clocks, Office(office_hours, pack.info.holidays, pack.info.timezone))


def later(length: Length, start: dt.datetime, office: Office) -> dt.datetime:
    """The moment, in UTC, at which so much time has passed since ``start``."""
    if length.unit == "minutes":
        return start.astimezone(dt.UTC) + dt.timedelta(minutes=length.amount)
    return moment_of(_wall_after(length, wall_of(start, office), office), office)


def _wall_after(length: Length, start: Wall, office: Office) -> Wall:
    if length.unit == "working_days":
        return after_days(start, length.amount, office)
    return after_minutes(start, length.amount * 60, office)


def length_of(clock: HouseClock, *, urgent: bool) -> Length:
    """How long this clock runs."""
    return clock.urgent if urgent and clock.urgent is not None else clock.length


def due(clock: HouseClock, started_at: dt.datetime, office: Office, *, urgent: bool) -> dt.datetime:
    """When a clock that began at ``started_at`` ends, in UTC."""
    return later(length_of(clock, urgent=urgent), started_at, office)


def half_way(clock: HouseClock, started_at: dt.datetime, office: Office, *, urgent: bool) -> dt.datetime:
    """When half of its time is over, in UTC: half of the open time, or of all time when it runs day and night."""
    end = due(clock, started_at, office, urgent=urgent)
    if length_of(clock, urgent=urgent).unit == "minutes":
        return started_at.astimezone(dt.UTC) + (end - started_at) / 2
    start = wall_of(started_at, office)
    return moment_of(after_minutes(start, open_between(start, wall_of(end, office), office) / 2, office), office)


def started(clock: HouseClock, times: ReportTimes) -> dt.datetime | None:
    """Since when this clock runs; None when it has not begun, is stopped, or it is somebody else's turn."""
    begins = [moment for event in clock.start if (moment := times.at(event)) is not None]
    if not begins or any(times.at(event) is not None for event in (*clock.stop, *clock.pause)):
        return None
    return begins[0]


def dues(times: ReportTimes, rules: Rules, now: dt.datetime) -> tuple[Due, ...]:
    """The clocks that run for a report, the one that ends first in front."""
    found = []
    for clock_id, clock in rules.clocks.items():
        start = started(clock, times)
        if start is not None:
            found.append(_due(clock_id, clock, start, rules.office, times.urgent, now))
    return tuple(sorted(found, key=lambda item: (item.due_at, item.clock_id)))


def _due(clock_id: str, clock: HouseClock, start: dt.datetime, office: Office, urgent: bool, now: dt.datetime) -> Due:
    end = due(clock, start, office, urgent=urgent)
    half = half_way(clock, start, office, urgent=urgent)
    stage = Stage.OVER if now >= end else Stage.HALF if now >= half else Stage.RUNNING
    return Due(clock_id, start, half, end, later(clock.escalate_after, end, office), stage)
