"""How the internal route does, in figures that say nothing about one report. Pure.

No number of one to four is ever shown, nor anything from which it follows by subtraction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from baken.packs.schema.reports import Event
from baken.reports.clocks import ReportTimes

LEAST = 5
HOUR = dt.timedelta(hours=1)
STEPS: Mapping[str, tuple[Event, Event]] = {
    "acknowledge": ("received", "acknowledged"),
    "triage": ("received", "triaged"),
    "decide": ("received", "decided"),
    "feedback": ("received", "feedback"),
}
"""Name -> from when to when. Each counts from the moment the report came, as the reporter lives it."""


@dataclass(frozen=True, slots=True)
class Figures:
    """None: too few to show."""

    reports: int | None
    closed: int | None
    with_feedback: int | None
    """Of the closed ones."""
    feedback_percent: int | None
    median_hours: Mapping[str, int | None]


def shown(count: int) -> int | None:
    """The count when it may be shown: none at all, or enough."""
    return count if count == 0 or count >= LEAST else None


def part_shown(part: int, whole: int) -> int | None:
    """A part of a whole that is shown too: also what is left over must be none, or enough."""
    return part if whole >= LEAST and shown(part) is not None and shown(whole - part) is not None else None


def figures(times: Iterable[ReportTimes]) -> Figures:
    """The figures of an organisation over some reports."""
    found = list(times)
    closed = [item for item in found if item.closed is not None]
    told = sum(item.feedback is not None for item in closed)
    with_feedback = part_shown(told, len(closed))
    percent = None if with_feedback is None else round(100 * with_feedback / len(closed))
    count_closed = part_shown(len(closed), len(found))
    return Figures(
        reports=shown(len(found)),
        closed=count_closed,
        with_feedback=None if count_closed is None else with_feedback,
        feedback_percent=percent,
        median_hours={name: _median_hours(found, *between) for name, between in STEPS.items()},
    )


def _median_hours(times: list[ReportTimes], first: Event, last: Event) -> int | None:
    lengths: list[float] = []
    for item in times:
        start, end = getattr(item, first), getattr(item, last)
        if end is not None:
            lengths.append(max((end - start) / HOUR, 0))
    return round(median(lengths)) if len(lengths) >= LEAST else None


def table(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Counts that may stand beside their total: too small ones are hidden, and one more when only one would be.

    That second one keeps the first from following by subtraction; when there is no other, all are hidden.
    """
    result = {name: shown(count) for name, count in counts.items()}
    hidden = [name for name, count in result.items() if count is None]
    if hidden and sum(counts[name] for name in hidden) < LEAST:
        rest = sorted((counts[name], name) for name in counts if counts[name] >= LEAST)
        for _, name in rest[:1]:
            result[name] = None
    return result
