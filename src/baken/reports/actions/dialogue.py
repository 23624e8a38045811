"""The dialogue with the reporter from the side of the focal point, and internal notes. Every text is sealed at once."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from baken.audit import actions as audit
from baken.audit.kinds import Action, Kind, Subject
from baken.people.actor import Acting
from baken.reports.actions.moves import advance, touch
from baken.reports.actions.owned import internal, owned
from baken.reports.actions.submit import recipients_of_report
from baken.reports.actions.word import tell_reporter
from baken.reports.models import Message, Note, Report
from baken.reports.parts import text_context
from baken.reports.states import Move, State
from baken.vault.actions import keep


@transaction.atomic
def write_message(
    *,
    by: Acting,
    report_id: uuid.UUID,
    expected: int | None,
    text: str,
    now: dt.datetime,
    is_question: bool = False,
) -> Message:
    """A message to the reporter. A question in triage makes the report wait for the answer; its clock stands still.

    Raises Conflict when a colleague changed the report since ``expected``, and NoInbox.
    """
    report = owned(report_id, by=by, expected=expected)
    message = say(report, by=by, text=text, now=now)
    if is_question and State(report.state) is State.IN_TRIAGE:
        advance(report, Move.ASK_REPORTER, by=by, now=now)
        return message
    touch(report)
    _record(by, Action.REPORT_MESSAGE, report, now)
    return message


@transaction.atomic
def write_note(*, by: Acting, report_id: uuid.UUID, expected: int | None, text: str, now: dt.datetime) -> Note:
    """An internal note: colleagues read it, the reporter never does. Raises Conflict and NoInbox."""
    report = owned(report_id, by=by, expected=expected)
    note = jot(report, by=by, text=text, now=now)
    touch(report)
    _record(by, Action.REPORT_NOTE, report, now)
    return note


def say(report: Report, *, by: Acting, text: str, now: dt.datetime, is_feedback: bool = False) -> Message:
    """Seal one message for the inbox and the reporter, inside the caller's transaction, which also records it."""
    message = Message.objects.create(report=report, at=now, from_reporter=False, by=by.member, is_feedback=is_feedback)
    context = text_context("message", str(message.pk), str(report.organisation_id))
    keep({context: text.encode()}, recipients_of_report(report), now=now)
    tell_reporter(report, now=now)
    return message


def jot(report: Report, *, by: Acting, text: str, now: dt.datetime) -> Note:
    """Seal one note for the inbox alone, inside the caller's transaction, which also records it."""
    note = Note.objects.create(report=report, at=now, by=by.member)
    context = text_context("note", str(note.pk), str(report.organisation_id))
    keep({context: text.encode()}, internal(report), now=now)
    return note


def _record(by: Acting, action: Action, report: Report, now: dt.datetime) -> None:
    audit.record(by=by.actor, action=action, on=Subject(Kind.REPORT, str(report.pk)), now=now)
