"""Tell the reporter how it ended, close, and hold what must not be erased yet."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from baken.audit import actions as audit
from baken.audit.kinds import Action, Kind, Subject
from baken.people.actor import Acting
from baken.reports import keeping
from baken.reports.actions.dialogue import jot, say
from baken.reports.actions.moves import advance, not_before, touch
from baken.reports.actions.owned import keep_texts, owned
from baken.reports.due import DUE_FIELDS, set_due
from baken.reports.errors import ReportProblem
from baken.reports.footing import DecisionKind
from baken.reports.models import Message, Report
from baken.reports.states import Move, State
from baken.vault import actions as vault
from baken.vault.models import Sealed


class NothingSaid(ReportProblem):
    """Closing asks either word to the reporter, or why not."""


def categories_of(report: Report) -> list[str]:
    """The categories that the decisions on a report fall in; the one that is kept longest counts."""
    return sorted(keeping.categories_of(DecisionKind(kind) for kind in report.decisions.values_list("kind", flat=True)))


def give_feedback(*, by: Acting, report_id: uuid.UUID, text: str, now: dt.datetime) -> Message:
    """Tell the reporter what happened, also when the report stays open. Raises NothingSaid for an empty text."""
    with transaction.atomic():
        report = owned(report_id, by=by)
        message = _tell(report, text, by, now)
        set_due(report, now)
        touch(report, "feedback_at", *DUE_FIELDS)
        audit.record(by=by.actor, action=Action.FEEDBACK_GIVEN, on=Subject(Kind.REPORT, str(report.pk)), now=now)
    return message


def close(
    *,
    by: Acting,
    report_id: uuid.UUID,
    expected: int | None = None,
    category: str,
    erase_on: dt.date,
    feedback: str = "",
    why_not: str = "",
    now: dt.datetime,
) -> Report:
    """Close, with word to the reporter or the reason why there is none. ``category`` and ``erase_on`` follow from the pack.

    Raises NothingSaid, NotAllowed, Conflict.
    """
    with transaction.atomic():
        report = owned(report_id, by=by, expected=expected)
        heard = report.feedback_at is not None
        if not feedback.strip() and not why_not.strip() and not heard:
            raise NothingSaid
        how = Move.SET_ASIDE if State(report.state) is State.IN_TRIAGE else Move.CLOSE
        if category not in (*keeping.CATEGORY_OF.values(), keeping.NO_CONCERN):
            raise ValueError("no category of this kind")
        if feedback.strip():
            _tell(report, feedback, by, now)
            audit.record(by=by.actor, action=Action.FEEDBACK_GIVEN, on=Subject(Kind.REPORT, str(report.pk)), now=now)
        elif why_not.strip():
            jot(report, by=by, text=why_not, now=now)
        report.category, report.erase_on = category, erase_on
        advance(report, how, by=by, now=now)
        if report.feedback_at is None:
            # There is a reason why nothing is said: no clock waits for it.
            report.due_at, report.due_clock = None, ""
            report.save(update_fields=["due_at", "due_clock"])
    return report


def hold(*, by: Acting, report_id: uuid.UUID, reason: str, now: dt.datetime) -> Report:
    """Keep the content, whatever the clock says, for a reason that is sealed. Raises NothingSaid without one.

    When a colleague was ahead their reason stands, and this one is kept beside it as an internal note.
    """
    if not reason.strip():
        raise NothingSaid
    with transaction.atomic():
        report = owned(report_id, by=by)
        if report.held_at is None:
            vault.erase(Sealed.objects.filter(kind="hold", object_id=str(report.pk)))
            keep_texts(report, "hold", report.pk, {"text": reason.encode()}, now=now)
            report.held_at = now
            _held(report, by, now)
        else:
            jot(report, by=by, text=reason, now=now)
            touch(report)
            audit.record(by=by.actor, action=Action.REPORT_NOTE, on=Subject(Kind.REPORT, str(report.pk)), now=now)
    return report


def lift_hold(*, by: Acting, report_id: uuid.UUID, now: dt.datetime) -> Report:
    """The clock counts again; what is overdue goes with the next run."""
    with transaction.atomic():
        report = owned(report_id, by=by)
        if report.held_at is not None:
            report.held_at = None
            _held(report, by, now)
    return report


def _held(report: Report, by: Acting, now: dt.datetime) -> None:
    touch(report, "held_at")
    audit.record(by=by.actor, action=Action.REPORT_HOLD, on=Subject(Kind.REPORT, str(report.pk)), now=now)


def _tell(report: Report, text: str, by: Acting, now: dt.datetime) -> Message:
    if not text.strip():
        raise NothingSaid
    message = say(report, by=by, text=text, now=now, is_feedback=True)
    report.feedback_at = report.feedback_at or not_before(report, now)
    return message
