"""Reminders of clocks: half-way and at the end for whose work it is, and at the end for a second focal point too.

What was reminded of stands on the report, and only the run that raises it tells anybody: two runs at once, or one that was
cut off and runs again, tell nobody twice. When the clock of the machine was ahead and is put right, the mark goes back with it,
so that the reminder still comes when it is due.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import transaction

from baken.notices.actions import notify
from baken.notices.calendar import Due as Entry
from baken.notices.kinds import NoticeKind
from baken.people.models import Member, Organisation
from baken.people.permissions import ROLES, Permission
from baken.people.queries import active_memberships, focal_points
from baken.reports.actions.word import readers_of
from baken.reports.clocks import Due, Stage
from baken.reports.due import dues_of
from baken.reports.models import Report

EVERY = dt.timedelta(minutes=5)
NOTHING, HALF, OVER, ESCALATED = range(4)
"""What ``Report.reminded`` means."""
MOST = 500


def remind(now: dt.datetime) -> None:
    """Tell whoever must hear at this moment. A periodic job; once more does no harm."""
    running = Report.objects.filter(due_at__isnull=False, is_test=False, erased_at__isnull=True)
    for report in running.select_related("organisation", "assignee").order_by("pk").iterator(chunk_size=500):
        first = next(iter(dues_of(report, now)), None)
        level = level_of(first, now)
        if level != report.reminded:
            _reach(report, level, now)


def level_of(due: Due | None, now: dt.datetime) -> int:
    """How far the reminding must be."""
    if due is None or due.stage is Stage.RUNNING:
        return NOTHING
    if due.stage is Stage.HALF:
        return HALF
    return ESCALATED if due.escalates(now) else OVER


@transaction.atomic
def _reach(report: Report, level: int, now: dt.datetime) -> None:
    before = report.reminded
    mine = Report.objects.filter(pk=report.pk, reminded=before, due_at=report.due_at, due_clock=report.due_clock)
    if not mine.update(reminded=level) or level < before:
        return
    if before < OVER:
        _tell(report, NoticeKind.REPORT_CLOCK, [report.assignee] if report.assignee else _all(report, now), now)
    if level == ESCALATED:
        _tell(report, NoticeKind.REPORT_ESCALATED, second(report, now), now)


def second(report: Report, now: dt.datetime) -> list[Member]:
    """Who is told when a clock has ended: the focal point of longest standing beside whose work it is, or the second one."""
    found = list(focal_points(report.organisation, now=now))
    others = [member for member in found if member.pk != report.assignee_id]
    return others[:1] if report.assignee_id else found[1:2] or found[:1]


def _all(report: Report, now: dt.datetime) -> list[Member]:
    return readers_of(report.organisation, now=now)


def _tell(report: Report, kind: NoticeKind, members: list[Member], now: dt.datetime) -> None:
    notify(
        members=members,
        kind=kind,
        organisation=report.organisation,
        subject_id=str(report.pk),
        urgent=report.urgent,
        now=now,
    )


def calendar(member: Member, now: dt.datetime) -> Iterator[Entry]:
    """Clocks of a member's own reports, and of those that are nobody's yet where they read reports. Dates only."""
    functions = [function for function, role in ROLES.items() if Permission.REPORT_READ in role.permissions]
    held = active_memberships(now).filter(member=member, function__in=functions).values("organisation_id")
    where = Organisation.objects.filter(pk__in=held)
    running = Report.objects.filter(organisation__in=where, due_at__isnull=False, is_test=False)
    own = running.filter(assignee=member) | running.filter(assignee__isnull=True)
    for pk, clock, at in own.order_by("due_at").values_list("pk", "due_clock", "due_at")[:MOST]:
        if at is not None:
            yield Entry(key=f"report {pk} {clock}", at=at)
