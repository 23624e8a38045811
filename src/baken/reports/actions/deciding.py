"""Decide on a report, each decision on its own footing: consent of the person, or a weighing that a colleague signs."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from baken.audit import actions as audit
from baken.audit.kinds import Action, Kind, Subject
from baken.notices.kinds import NoticeKind
from baken.people.actor import Acting
from baken.people.mailboxes import mailbox_of
from baken.people.models import Organisation
from baken.reports.actions.expiry import seal_anew
from baken.reports.actions.handover import call_back
from baken.reports.actions.moves import advance, not_before, touch
from baken.reports.actions.owned import internal, keep_texts, owned
from baken.reports.actions.word import tell
from baken.reports.errors import NoFooting
from baken.reports.footing import (
    ASKS,
    DecisionKind,
    FootingCode,
    Purpose,
    Record,
    consent_problems,
    problems,
    weighing_problems,
)
from baken.reports.models import Consent, Decision, Report, Weighing
from baken.reports.records import ConsentRecord, WeighingRecord, consent_facts, records_of, weighing_facts
from baken.reports.states import Move, NotAllowed, State
from baken.vault.secret import KeyPair

DECIDABLE = (State.IN_TRIAGE, State.DECIDED, State.HANDED_OVER)
"""While a decision stands, a further one may be added: for a second party, on a footing of its own."""


def record_consent(
    *,
    by: Acting,
    report_id: uuid.UUID,
    recipient: Organisation | None = None,
    party: str = "",
    parts: Sequence[str],
    purpose: Purpose,
    until: dt.datetime,
    record: ConsentRecord,
    now: dt.datetime,
) -> Consent:
    """Write down that somebody consents: for one recipient, these parts, one purpose, until a day. Raises NoFooting."""
    with transaction.atomic():
        report = owned(report_id, by=by)
        row = Consent(
            report=report,
            recipient=recipient,
            party=party,
            parts=sorted(parts),
            purpose=purpose,
            given_at=now,
            until=until,
            recorded_by=by.member,
        )
        if found := consent_problems(consent_facts(row, record), now):
            raise NoFooting(found)
        row.save(force_insert=True)
        keep_texts(report, "consent", row.pk, {"record": record.text()}, now=now)
        audit.record(
            by=by.actor,
            action=Action.CONSENT_GIVEN,
            on=Subject(Kind.CONSENT, str(row.pk)),
            now=now,
            footing=FootingCode.CONSENT,
        )
    return row


def withdraw_consent(*, by: Acting, consent_id: uuid.UUID, pair: KeyPair, now: dt.datetime) -> int:
    """Consent ends now, without a reason. What leans on it is taken back at once and sealed anew; returns how many hand-overs.

    ``pair`` opens the inbox of the sender. Twice does no harm. What was written down stays, so that it can be looked up.
    """
    with transaction.atomic():
        row = Consent.objects.select_related("report").get(pk=consent_id)
        report = owned(row.report_id, by=by)
        # Read again behind the lock: a colleague may have done it meanwhile.
        row.refresh_from_db(fields=["withdrawn_at"])
        if row.withdrawn_at is not None:
            return 0
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
        # First what ended by itself: from then on nothing that leans on this consent opens with an old key.
        seal_anew(report, pair, now=now)
        called_back = call_back(report, report.handovers.filter(decision__consent=row), by=by, pair=pair, now=now)
        latest = report.decisions.order_by("-at").first()
        if report.state == State.DECIDED and latest is not None and latest.consent_id == row.pk:
            advance(report, Move.RECONSIDER, by=by, now=now, footing=FootingCode.CONSENT)
        tell(report, NoticeKind.CONSENT_WITHDRAWN, str(row.pk), now=now)
        audit.record(
            by=by.actor,
            action=Action.CONSENT_WITHDRAWN,
            on=Subject(Kind.CONSENT, str(row.pk)),
            now=now,
            footing=FootingCode.CONSENT,
        )
    return called_back


def write_weighing(
    *, by: Acting, report_id: uuid.UUID, record: WeighingRecord, person_told: bool, now: dt.datetime
) -> Weighing:
    """Write why something is shared without consent, for a colleague to sign. Raises NoFooting when an answer is missing."""
    with transaction.atomic():
        report = owned(report_id, by=by)
        row = Weighing(report=report, written_at=now, written_by=by.member, person_told=person_told)
        if found := tuple(
            item for item in weighing_problems(weighing_facts(row, record), now) if item != "signature_missing"
        ):
            raise NoFooting(found)
        row.save(force_insert=True)
        keep_texts(report, "weighing", row.pk, {"text": record.text()}, now=now)
        tell(report, NoticeKind.WEIGHING_TO_SIGN, str(row.pk), now=now, but=by.member)
        _note_weighing(Action.WEIGHING_WRITTEN, by, row, now)
    return row


def sign_weighing(*, by: Acting, weighing_id: uuid.UUID, now: dt.datetime) -> Weighing:
    """Agree with a colleague's weighing. Whoever wrote it cannot (NoFooting); the database refuses it too.

    Nor from a second account with the same mailbox, as far as its address shows.
    """
    with transaction.atomic():
        report = owned(Weighing.objects.get(pk=weighing_id).report_id, by=by)
        row = Weighing.objects.select_for_update().get(pk=weighing_id)
        if row.signed_at is not None:
            return row
        if row.written_by_id == by.member.pk or mailbox_of(row.written_by.email) == mailbox_of(by.member.email):
            raise NoFooting(("signed_by_writer",))
        if State(report.state) is State.CLOSED:
            raise NotAllowed(State.CLOSED, Move.DECIDE)
        row.signed_by, row.signed_at = by.member, now
        row.save(update_fields=["signed_by", "signed_at"])
        _note_weighing(Action.WEIGHING_SIGNED, by, row, now)
    return row


def decide(
    *,
    by: Acting,
    report_id: uuid.UUID,
    expected: int | None = None,
    kind: DecisionKind,
    consent: Consent | None = None,
    weighing: Weighing | None = None,
    text: str = "",
    pair: KeyPair,
    now: dt.datetime,
) -> Decision:
    """Decide. Raises NoFooting when the footing of this decision is missing, NotAllowed in another state, Conflict."""
    with transaction.atomic():
        report = owned(report_id, by=by, expected=expected)
        if State(report.state) not in DECIDABLE:
            raise NotAllowed(State(report.state), Move.DECIDE)
        consent, weighing = _of(report, kind, consent, weighing)
        _check(report, kind, consent, weighing, pair, now)
        row = Decision.objects.create(
            report=report,
            kind=kind,
            footing=ASKS[kind].footing,
            consent=consent,
            weighing=weighing,
            at=not_before(report, now),
            by=by.member,
        )
        keep_texts(report, "decision", row.pk, {"text": text.encode()} if text else {}, internal(report), now=now)
        if State(report.state) is State.IN_TRIAGE:
            advance(report, Move.DECIDE, by=by, now=now, footing=row.footing)
        else:
            touch(report)
            audit.record(
                by=by.actor,
                action=Action.REPORT_DECIDED,
                on=Subject(Kind.REPORT, str(report.pk)),
                now=now,
                footing=row.footing,
            )
    return row


def _of(
    report: Report, kind: DecisionKind, consent: Consent | None, weighing: Weighing | None
) -> tuple[Consent | None, Weighing | None]:
    """The records as they are now, when they are of this report and this decision asks for them; no other one is kept."""
    record = ASKS[kind].record
    asks_consent = record in (Record.CONSENT, Record.CONSENT_OR_DUTY)
    asks_weighing = record is Record.WEIGHING
    return (
        report.consents.filter(pk=consent.pk).first() if consent and asks_consent else None,
        report.weighings.filter(pk=weighing.pk).first() if weighing and asks_weighing else None,
    )


def _check(
    report: Report,
    kind: DecisionKind,
    consent: Consent | None,
    weighing: Weighing | None,
    pair: KeyPair,
    now: dt.datetime,
) -> None:
    records = records_of(report, consent, weighing, pair)
    first_consent = next(iter(records.consents), None)
    first_weighing = next(iter(records.weighings), None)
    if found := problems(kind, first_consent, first_weighing, now, duty=bool(records.duty_to)):
        raise NoFooting(found)


def _note_weighing(action: Action, by: Acting, row: Weighing, now: dt.datetime) -> None:
    audit.record(
        by=by.actor,
        action=action,
        on=Subject(Kind.WEIGHING, str(row.pk)),
        now=now,
        footing=FootingCode.REASONED_REPORT,
    )
