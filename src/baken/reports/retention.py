"""The job that lets the content of a report go when its time is over."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.utils import timezone

from baken.reports.actions.erasing import erase_report
from baken.reports.actions.moves import locked
from baken.reports.keeping import to_erase
from baken.reports.models import Report


def erase_due(now: dt.datetime) -> int:
    """Erase each report whose day has come; returns how many. The job of a clock: twice does no harm."""
    today = timezone.localdate(now)
    due = Report.objects.filter(erase_on__lte=today, held_at__isnull=True, erased_at__isnull=True)
    return sum(erase_if_due(key, now=now) for key in due.order_by("erase_on").values_list("pk", flat=True))


@transaction.atomic
def erase_if_due(report_id: uuid.UUID, *, now: dt.datetime) -> bool:
    """Look again under the lock: meanwhile it may be held, open, or closed until a later day. False when it stays."""
    report = locked(report_id)
    held = report.held_at is not None
    return to_erase(report.erase_on, timezone.localdate(now), held=held) and erase_report(report_id, now=now)


def run(now: dt.datetime) -> None:
    """As a periodic job."""
    erase_due(now)
