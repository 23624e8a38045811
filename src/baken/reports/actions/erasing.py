"""Erase what a report holds when its time is over: gone from every table and folder; a tombstone without content stays."""

from __future__ import annotations

import datetime as dt
import uuid
from types import MappingProxyType

from django.db import transaction
from django.db.models import Q

from baken.audit import actions as audit
from baken.audit.kinds import SYSTEM, Action, Kind, Subject
from baken.notices.models import Notice
from baken.reports.actions.moves import locked
from baken.reports.models import Link, Report
from baken.reports.states import State
from baken.vault import actions as vault
from baken.vault.files.keeping import remove_files
from baken.vault.models import Sealed


def erase_report(report_id: uuid.UUID, *, now: dt.datetime) -> bool:
    """Erase what a closed report holds: texts, keys, files, people; a tombstone of dates and codes stays, for the figures.

    False when there is nothing to do: erased already, open again, or held. Files go after the commit.
    """
    with transaction.atomic():
        report = locked(report_id)
        if report.erased_at is not None or report.held_at is not None or State(report.state) is not State.CLOSED:
            return False
        stored = vault.erase(_sealed(report))
        _forget_rows(report)
        report.reporter, report.assignee = None, None
        report.receipt_lookup, report.receipt_public = None, None
        report.due_at, report.due_clock, report.reminded, report.language = None, "", 0, ""
        report.urgent, report.erased_at = False, now
        report.version += 1
        report.save()
        report.steps.update(by=None)
        audit.record(by=SYSTEM, action=Action.REPORT_ERASED, on=Subject(Kind.REPORT, str(report.pk)), now=now)
        transaction.on_commit(lambda: remove_files(stored))
    return True


KINDS = MappingProxyType(
    {
        "message": "messages",
        "note": "notes",
        "attachment": "attachments",
        "consent": "consents",
        "weighing": "weighings",
        "decision": "decisions",
        "handover": "handovers",
        "consultation": "consultations",
    }
)
"""Kind of sealed text -> the rows of a report that it belongs to."""


def ids_of(report: Report) -> dict[str, list[str]]:
    """Ids of everything that belongs to a report, by kind of sealed text."""
    found = {
        kind: [str(key) for key in getattr(report, name).values_list("pk", flat=True)] for kind, name in KINDS.items()
    }
    return found | {"report": [str(report.pk)], "hold": [str(report.pk)]}


def _sealed(report: Report) -> list[Sealed]:
    return [row for kind, ids in ids_of(report).items() for row in Sealed.objects.filter(kind=kind, object_id__in=ids)]


def _forget_rows(report: Report) -> None:
    """In the order in which they lean on each other."""
    Notice.objects.filter(subject_id__in=[key for ids in ids_of(report).values() for key in ids]).delete()
    for name in (
        "handovers",
        "decisions",
        "consents",
        "weighings",
        "consultations",
        "attachments",
        "messages",
        "notes",
    ):
        getattr(report, name).all().delete()
    Link.objects.filter(Q(first=report) | Q(second=report)).delete()
