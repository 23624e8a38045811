"""A report for the organisation that holds it: locked, not erased, and never somebody else's."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

from baken.people.actor import Acting
from baken.reports.actions.moves import locked
from baken.reports.actions.submit import recipients_of
from baken.reports.models import Report
from baken.reports.parts import text_context
from baken.vault.actions import Recipient, keep


def owned(report_id: uuid.UUID, *, by: Acting, expected: int | None = None) -> Report:
    """The report, locked for one change.

    Raises Conflict, and Report.DoesNotExist elsewhere and for a tombstone: what is written beside one would never be erased.
    """
    report = locked(report_id, expected=expected)
    if by.organisation is None or report.organisation_id != by.organisation.pk or report.erased_at is not None:
        raise Report.DoesNotExist
    return report


def internal(report: Report) -> list[Recipient]:
    """Who reads what is for the focal points alone. Raises NoInbox."""
    return recipients_of(report.organisation, None, None)


def keep_texts(
    report: Report,
    kind: str,
    object_id: uuid.UUID,
    texts: Mapping[str, bytes],
    to: list[Recipient] | None = None,
    *,
    now: dt.datetime,
) -> None:
    """Seal texts beside a report, by field, for the focal points or for whom ``to`` says; what is empty is left out."""
    contexts = {
        text_context(kind, str(object_id), str(report.organisation_id), name): text
        for name, text in texts.items()
        if text
    }
    keep(contexts, to if to is not None else internal(report), now=now)
