"""Which clock of a report ends first: kept on the report, so that lists are sorted and reminders found by an index."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Max

from baken.people.models import Organisation
from baken.recognise.current import current_pack
from baken.reports.clocks import Due, ReportTimes, Rules, dues, rules_of
from baken.reports.models import Report
from baken.reports.states import State


def rules_for(organisation: Organisation) -> Rules:
    """The clocks of an organisation, on its own office hours."""
    return rules_of(current_pack(settings.LANGUAGE_CODE), organisation.office_hours)


def times_of(report: Report) -> ReportTimes:
    """When what happened last with a report, from its steps. One statement; none for a report that is not stored yet."""
    last: dict[str, dt.datetime] = {}
    if not report._state.adding:
        last = dict(report.steps.values_list("state").annotate(last=Max("at")).order_by())
    return ReportTimes(
        received=report.received_at,
        acknowledged=report.acknowledged_at,
        triaged=last.get(State.IN_TRIAGE),
        waiting=last.get(State.WAITING),
        decided=last.get(State.DECIDED),
        feedback=report.feedback_at,
        closed=report.closed_at,
        urgent=report.urgent,
    )


def dues_of(report: Report, now: dt.datetime) -> tuple[Due, ...]:
    """The clocks that run for a report, the one that ends first in front; none for a tombstone."""
    if report.erased_at is not None:
        return ()
    return dues(times_of(report), rules_for(report.organisation), now)


def set_due(report: Report, now: dt.datetime) -> None:
    """Put the first clock on the report, for the caller to save. Reminders of another clock do not count for this one.

    Call it after the step is written and the moments are set (``feedback_at`` too).
    """
    first = next(iter(dues_of(report, now)), None)
    clock, due_at = (first.clock_id, first.due_at) if first else ("", None)
    if (clock, due_at) != (report.due_clock, report.due_at):
        report.due_clock, report.due_at, report.reminded = clock, due_at, 0


DUE_FIELDS = ("due_at", "due_clock", "reminded")
"""What ``set_due`` may change, for ``save(update_fields=…)``."""
