"""Link reports of one organisation that are about the same person or the same place. A link gives nobody access."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from baken.audit import actions as audit
from baken.audit.kinds import Action, Kind, Subject
from baken.people.actor import Acting
from baken.reports.actions.moves import touch
from baken.reports.actions.owned import owned
from baken.reports.errors import ReportProblem
from baken.reports.models import Link, Report

WHY = ("person", "place")


class NotTwoReports(ReportProblem):
    """A report cannot be linked to itself, nor to one that does not exist here."""


@transaction.atomic
def link(
    *, by: Acting, report_id: uuid.UUID, expected: int | None, other_id: uuid.UUID, why: str, now: dt.datetime
) -> Link:
    """Say that two reports are about the same ``person`` or ``place``. A second time only changes why.

    Raises Conflict and NotTwoReports.
    """
    report = owned(report_id, by=by, expected=expected)
    if other_id == report_id or why not in WHY or not _is_here(report, other_id):
        raise NotTwoReports
    first, second = sorted((report_id, other_id))
    made, _new = Link.objects.update_or_create(
        first_id=first, second_id=second, defaults={"why": why, "at": now, "by": by.member}
    )
    _changed(by, Action.REPORT_LINKED, report, other_id, now)
    return made


@transaction.atomic
def unlink(*, by: Acting, report_id: uuid.UUID, expected: int | None, other_id: uuid.UUID, now: dt.datetime) -> None:
    """Take a link away. Raises Conflict and NotTwoReports."""
    report = owned(report_id, by=by, expected=expected)
    first, second = sorted((report_id, other_id))
    removed, _each = Link.objects.filter(first_id=first, second_id=second).delete()
    if not removed:
        raise NotTwoReports
    _changed(by, Action.REPORT_UNLINKED, report, other_id, now)


def _is_here(report: Report, other_id: uuid.UUID) -> bool:
    return Report.objects.filter(pk=other_id, organisation_id=report.organisation_id).exists()


def _changed(by: Acting, action: Action, report: Report, other_id: uuid.UUID, now: dt.datetime) -> None:
    touch(report)
    subject = Subject(Kind.REPORT, str(report.pk), listed=(str(other_id),))
    audit.record(by=by.actor, action=action, on=subject, now=now)
