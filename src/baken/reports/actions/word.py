"""Word to members that there is something to look at; it says nothing about what."""

from __future__ import annotations

import datetime as dt

from baken.notices.actions import notify
from baken.notices.kinds import NoticeKind
from baken.people.models import Member, Organisation
from baken.people.permissions import ROLES, Permission
from baken.people.queries import active_memberships
from baken.reports.models import Report


def readers_of(organisation: Organisation, *, now: dt.datetime) -> list[Member]:
    """Members who read what comes in at an organisation."""
    functions = [function for function, role in ROLES.items() if Permission.REPORT_READ in role.permissions]
    held = active_memberships(now).filter(organisation=organisation, function__in=functions)
    return list(Member.objects.filter(pk__in=held.values("member_id"), is_active=True).order_by("joined_at"))


def tell(
    report: Report,
    kind: NoticeKind | str,
    subject_id: str,
    *,
    now: dt.datetime,
    to: Organisation | None = None,
    but: Member | None = None,
) -> None:
    """Put a notice in the queue: for whose work it is, or for all who read at ``to``; never for ``but``."""
    organisation = to or report.organisation
    members = [report.assignee] if to is None and report.assignee is not None else readers_of(organisation, now=now)
    if but is not None:
        # Somebody else must look: all of them but the one.
        members = [member for member in readers_of(organisation, now=now) if member != but]
    notify(
        members=members,
        kind=NoticeKind(kind),
        organisation=organisation,
        subject_id=subject_id,
        urgent=report.urgent,
        now=now,
    )


def tell_reporter(report: Report, *, now: dt.datetime) -> None:
    """Word to whoever reported, when they did so under their name or in confidence."""
    if report.reporter is not None:
        notify(members=[report.reporter], kind=NoticeKind.OWN_REPORT, organisation=report.organisation, now=now)
