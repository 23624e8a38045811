"""What was looked at: in the audit, in the same transaction, or nothing is shown."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction

from baken.audit import actions as audit
from baken.audit.kinds import Action, Kind, Subject
from baken.notices.actions import mark_seen
from baken.people.actor import Acting
from baken.reports.models import Message, Report


@transaction.atomic
def note_read(*, by: Acting, report: Report, now: dt.datetime, beside: Iterable[uuid.UUID] = ()) -> None:
    """Somebody opens a report: what the reporter wrote counts as read from now on. ``beside``: others shown on the page."""
    Message.objects.filter(report=report, from_reporter=True, read_at__isnull=True).update(read_at=now)
    mark_seen(member=by.member, now=now, subject_id=str(report.pk))
    subject = Subject(Kind.REPORT, str(report.pk), listed=tuple(str(item) for item in beside))
    audit.record(by=by.actor, action=Action.READ, on=subject, now=now)


@transaction.atomic
def note_listed(*, by: Acting, ids: Iterable[uuid.UUID], now: dt.datetime) -> None:
    """Somebody sees a list of reports."""
    _note(by, Action.LIST, ids, now)


@transaction.atomic
def note_found(*, by: Acting, ids: Iterable[uuid.UUID], now: dt.datetime) -> None:
    """Somebody searched. What was found is noted; what was asked is not."""
    _note(by, Action.SEARCH, ids, now)


def _note(by: Acting, action: Action, ids: Iterable[uuid.UUID], now: dt.datetime) -> None:
    listed = tuple(str(item) for item in ids)
    organisation = by.actor.organisation_id or ""
    audit.record(by=by.actor, action=action, on=Subject(Kind.REPORT, organisation, listed=listed), now=now)
