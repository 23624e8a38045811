"""Ask an expert elsewhere, without identity: they see what the focal point composed, and nothing else."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from baken.audit import actions as audit
from baken.audit.kinds import Action, Kind, Subject
from baken.notices.kinds import NoticeKind
from baken.people.actor import Acting
from baken.people.models import Organisation
from baken.reports.actions.moves import locked
from baken.reports.actions.owned import internal, keep_texts, owned
from baken.reports.actions.word import tell
from baken.reports.errors import Closed, NoInbox
from baken.reports.footing import FootingCode
from baken.reports.models import Consultation
from baken.reports.states import Move, NotAllowed, State
from baken.vault.actions import inbox_recipient, take_back
from baken.vault.models import Inbox, Sealed
from baken.vault.opening import current_inbox
from baken.vault.secret import KeyPair


def ask(*, by: Acting, report_id: uuid.UUID, asked: Organisation, question: str, now: dt.datetime) -> Consultation:
    """Send exactly this text to another organisation. One question, one answer; ask again for more.

    Raises NoInbox when that organisation cannot receive, NotAllowed for a closed report, ValueError for an empty text.
    """
    if not question.strip():
        raise ValueError("no question")
    with transaction.atomic():
        report = owned(report_id, by=by)
        if State(report.state) is State.CLOSED:
            raise NotAllowed(State.CLOSED, Move.RECONSIDER)
        inbox = current_inbox(asked)
        if inbox is None or asked.pk == report.organisation_id:
            raise NoInbox
        row = Consultation.objects.create(report=report, asked=asked, asked_at=now, asked_by=by.member)
        to = [*internal(report), inbox_recipient(inbox)]
        keep_texts(report, "consultation", row.pk, {"question": question.encode()}, to, now=now)
        tell(report, NoticeKind.CONSULTATION, str(row.pk), now=now, to=asked)
        audit.record(
            by=by.actor,
            action=Action.REPORT_CONSULTED,
            on=Subject(Kind.REPORT, str(report.pk), (str(row.pk),)),
            now=now,
            footing=FootingCode.ADVICE,
        )
    return row


def answer(*, by: Acting, consultation_id: uuid.UUID, text: str, now: dt.datetime) -> Consultation:
    """The expert answers. Raises Consultation.DoesNotExist for another organisation, Closed when it is answered or taken back."""
    if not text.strip():
        raise ValueError("no answer")
    with transaction.atomic():
        found = Consultation.objects.filter(asked=by.organisation) if by.organisation else Consultation.objects.none()
        report = locked(found.get(pk=consultation_id).report_id)
        row = found.select_related("asked").get(pk=consultation_id)
        if row.answered_at is not None or row.withdrawn_at is not None:
            raise Closed
        inbox = current_inbox(row.asked)
        if inbox is None:
            raise NoInbox
        row.answered_at, row.answered_by = now, by.member
        row.save(update_fields=["answered_at", "answered_by"])
        to = [*internal(report), inbox_recipient(inbox)]
        keep_texts(report, "consultation", row.pk, {"answer": text.encode()}, to, now=now)
        tell(report, NoticeKind.HANDOVER_ANSWERED, str(row.pk), now=now)
        _note(Action.CONSULTATION_ANSWERED, by, row, now)
    return row


def withdraw_question(*, by: Acting, consultation_id: uuid.UUID, pair: KeyPair, now: dt.datetime) -> None:
    """Take a question back: the other side can no longer read it, and it is sealed anew. Twice does no harm."""
    with transaction.atomic():
        owned(Consultation.objects.get(pk=consultation_id).report_id, by=by)
        row = Consultation.objects.get(pk=consultation_id)
        if row.withdrawn_at is not None:
            return
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
        theirs = Inbox.objects.filter(organisation=row.asked_id).values_list("key_id", flat=True)
        for sealed in Sealed.objects.filter(kind="consultation", object_id=str(row.pk)):
            for held in list(sealed.grants.filter(key_id__in=theirs).values_list("key_id", flat=True)):
                take_back(sealed, pair, held, now=now)
        _note(Action.CONSULTATION_WITHDRAWN, by, row, now)


def _note(action: Action, by: Acting, row: Consultation, now: dt.datetime) -> None:
    audit.record(
        by=by.actor,
        action=action,
        on=Subject(Kind.CONSULTATION, str(row.pk)),
        now=now,
        footing=FootingCode.ADVICE,
    )
