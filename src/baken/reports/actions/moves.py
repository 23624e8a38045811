"""Change the state of a report: one lock, one step, one audit event."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Max

from baken.audit import actions as audit
from baken.audit.kinds import Actor, Kind, Subject
from baken.people.actor import Acting
from baken.reports.due import set_due
from baken.reports.errors import Conflict
from baken.reports.models import Report, Step
from baken.reports.states import MOVES, Move, State, move

FIRST_TIME = {
    State.ACKNOWLEDGED: ("acknowledged_at",),
    State.IN_TRIAGE: ("acknowledged_at", "triaged_at"),
}
"""Moments that are noted once: whoever begins at once has acknowledged too."""
EACH_TIME = {State.DECIDED: "decided_at", State.CLOSED: "closed_at"}


def locked(report_id: uuid.UUID, *, expected: int | None = None) -> Report:
    """The report, for one change at a time; inside a transaction. Raises Conflict when it changed since ``expected``."""
    report = Report.objects.select_for_update().select_related("organisation").get(pk=report_id)
    if expected is not None and report.version != expected:
        raise Conflict
    return report


def not_before(report: Report, now: dt.datetime) -> dt.datetime:
    """The moment; or that of the last step, when the clock of the machine was put back since: a report goes forward only."""
    last = report.steps.aggregate(last=Max("at"))["last"]
    return max(now, last) if last is not None else now


def advance(
    report: Report,
    how: Move,
    *,
    by: Acting | None,
    now: dt.datetime,
    footing: str | None = None,
    actor: Actor | None = None,
) -> Report:
    """Make a move with a report that is locked, as the last write of its transaction. Raises states.NotAllowed.

    ``by`` is None for a reporter, who may be anonymous (then the audit names nobody), and for Baken itself (``actor=SYSTEM``).
    """
    target = move(State(report.state), how, erased=report.erased_at is not None)
    at = not_before(report, now)
    report.state = target
    report.version += 1
    for name in FIRST_TIME.get(target, ()):
        setattr(report, name, getattr(report, name) or at)
    if target in EACH_TIME:
        setattr(report, EACH_TIME[target], at)
    if how is Move.REOPEN:
        report.closed_at, report.erase_on, report.category = None, None, ""
    last = report.steps.aggregate(last=Max("number"))["last"] or 0
    Step.objects.create(report=report, number=last + 1, state=target, at=at, by=by.member if by is not None else None)
    set_due(report, now)
    report.save()
    audit.record(
        by=actor or (by.actor if by is not None else Actor()),
        action=MOVES[how].action,
        on=Subject(Kind.REPORT, str(report.pk)),
        now=now,
        footing=footing,
    )
    return report


def touch(report: Report, *fields: str) -> None:
    """Save other fields of a report that is locked, one version higher."""
    report.version += 1
    report.save(update_fields=["version", *fields])
