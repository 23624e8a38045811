"""Hand over: chosen parts, on a footing that holds now, to one party, until a day. Take it back, and it is sealed anew."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q, QuerySet

from baken.audit import actions as audit
from baken.audit.kinds import Action, Kind, Subject
from baken.notices.kinds import NoticeKind
from baken.people.actor import Acting
from baken.people.models import Organisation
from baken.reports.actions.moves import advance
from baken.reports.actions.owned import internal, keep_texts, owned
from baken.reports.actions.word import tell
from baken.reports.errors import AlreadyOffered, Closed, Conflict, NoFooting, NoInbox
from baken.reports.footing import DecisionKind, may_share
from baken.reports.models import Decision, Handover, Report
from baken.reports.opened import sealed_of
from baken.reports.parts import SHAREABLE
from baken.reports.records import COORDINATOR, FILE, covering, records_of
from baken.reports.states import Move, State
from baken.vault.actions import Recipient, give, inbox_recipient, take_back
from baken.vault.models import Grant, Inbox, Sealed
from baken.vault.opening import current_inbox
from baken.vault.receipts import new_receipt
from baken.vault.secret import KeyPair, key_id

HELD = ("offered", "accepted", "finished")
"""States in which the other party has it, or may take it."""
OPEN = ("offered", "accepted")
REGISTRATION = "registration"
"""The one part of a registration: a record of codes, never the texts of the report."""
LONGEST = {"baken": dt.timedelta(days=366), "page": dt.timedelta(days=14), "paper": dt.timedelta(days=366)}


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """What is handed over: parts, files (their ids), until when, and a word to the one who gets it."""

    parts: Sequence[str]
    files: Sequence[uuid.UUID] = field(default=())
    expires_at: dt.datetime
    message: str = ""

    @property
    def names(self) -> list[str]:
        """As the table keeps them."""
        return sorted({*self.parts, *(f"{FILE}{item}" for item in self.files)})


def offer(
    *,
    by: Acting,
    report_id: uuid.UUID,
    expected: int | None = None,
    decision_id: uuid.UUID,
    recipient: Organisation,
    parcel: Parcel,
    pair: KeyPair,
    now: dt.datetime,
) -> Handover:
    """Offer to another organisation on Baken. Raises NoFooting, NoInbox, AlreadyOffered, NotAllowed, Conflict."""
    with transaction.atomic():
        report = owned(report_id, by=by, expected=expected)
        inbox = current_inbox(recipient)
        if inbox is None or recipient.pk == report.organisation_id:
            raise NoInbox
        if report.handovers.filter(recipient=recipient, state__in=HELD, expires_at__gt=now).exists():
            raise AlreadyOffered
        row = _row(report, decision_id, by, "baken", parcel, pair, now, recipient=recipient)
        to = inbox_recipient(inbox, parcel.expires_at)
        row.save(force_insert=True)
        _give(row, parcel, pair, to)
        keep_texts(report, "handover", row.pk, {"message": parcel.message.encode()}, [*internal(report), to], now=now)
        tell(report, NoticeKind.HANDOVER_OFFERED, str(row.pk), now=now, to=recipient)
        _offered(report, row, by, now)
    return row


def offer_page(
    *,
    by: Acting,
    report_id: uuid.UUID,
    expected: int | None = None,
    decision_id: uuid.UUID,
    party: str,
    name: str,
    parcel: Parcel,
    pair: KeyPair,
    now: dt.datetime,
) -> tuple[Handover, str]:
    """A page that opens once, with the passcode that is returned here and kept nowhere. Errors as for `offer`."""
    code, receipt = new_receipt()
    with transaction.atomic():
        report = owned(report_id, by=by, expected=expected)
        row = _row(report, decision_id, by, "page", parcel, pair, now, party=party)
        row.lookup, row.public = receipt.lookup, receipt.pair.public
        row.save(force_insert=True)
        to = Recipient("once", receipt.pair.public, parcel.expires_at)
        _give(row, parcel, pair, to)
        keep_texts(report, "handover", row.pk, {"message": parcel.message.encode()}, [*internal(report), to], now=now)
        keep_texts(report, "handover", row.pk, {"party": name.encode()}, now=now)
        _offered(report, row, by, now)
    return row, code


def offer_paper(
    *,
    by: Acting,
    report_id: uuid.UUID,
    expected: int | None = None,
    decision_id: uuid.UUID,
    party: str,
    name: str,
    parcel: Parcel,
    pair: KeyPair,
    now: dt.datetime,
) -> Handover:
    """Note that parts leave on paper or in a sealed PDF, which the caller makes from them. Errors as for `offer`.

    A registration goes this way too: its one part is ``registration``.
    """
    with transaction.atomic():
        report = owned(report_id, by=by, expected=expected)
        row = _row(report, decision_id, by, "paper", parcel, pair, now, party=party)
        # What leaves on paper is there at once; nobody answers.
        row.state, row.answered_at = "accepted", now
        row.save(force_insert=True)
        texts = {"message": parcel.message.encode(), "party": name.encode()}
        keep_texts(report, "handover", row.pk, texts, now=now)
        _offered(report, row, by, now)
    return row


def withdraw(
    *, by: Acting, handover_id: uuid.UUID, expected: int | None = None, pair: KeyPair, now: dt.datetime
) -> None:
    """Take a hand-over back: it cannot be read from now on. Raises Closed when there is nothing to take back, Conflict."""
    with transaction.atomic():
        report = owned(Handover.objects.get(pk=handover_id).report_id, by=by)
        row = report.handovers.get(pk=handover_id)
        if expected is not None and row.version != expected:
            raise Conflict
        if not call_back(report, report.handovers.filter(pk=row.pk), by=by, pair=pair, now=now):
            raise Closed


def call_back(report: Report, found: QuerySet[Handover], *, by: Acting, pair: KeyPair, now: dt.datetime) -> int:
    """Take back what others hold of a report that is locked, inside a transaction; returns how many hand-overs."""
    rows = list(found.filter(state__in=HELD))
    for row in rows:
        for sealed in sealed_rows(row, lock=True):
            for held in list(sealed.grants.filter(key_id__in=key_ids(row)).values_list("key_id", flat=True)):
                take_back(sealed, pair, held, now=now)
        if row.state != "finished":
            row.state = "withdrawn"
        row.version += 1
        row.save(update_fields=["state", "version"])
        if row.recipient is not None:
            tell(report, NoticeKind.HANDOVER_OFFERED, str(row.pk), now=now, to=row.recipient)
    for row in rows:
        audit.record(
            by=by.actor,
            action=Action.HANDOVER_REVOKED,
            on=Subject(Kind.HANDOVER, str(row.pk)),
            now=now,
            footing=row.decision.footing,
        )
    if rows:
        nobody_left(report, Move.HANDOVER_REVOKED, by=by, now=now)
    return len(rows)


def nobody_left(report: Report, how: Move, *, by: Acting, now: dt.datetime) -> None:
    """When no other party has anything of an open report any more, it is back in triage."""
    if State(report.state) is State.HANDED_OVER and not is_elsewhere(report):
        advance(report, how, by=by, now=now)


def is_elsewhere(report: Report) -> bool:
    """Has another party something of this report? Whoever took it over goes on with it, also when its day has come."""
    return report.handovers.filter(Q(state__in=HELD) | Q(state="expired", answered_at__isnull=False)).exists()


def sealed_rows(row: Handover, *, lock: bool = False) -> list[Sealed]:
    """Everything sealed that was granted with a hand-over: its parts, its files, and the word to the recipient.

    ``lock`` them before sealing anew: a move to a newer inbox may be busy with the same.
    """
    files = [name.removeprefix(FILE) for name in row.parts if name.startswith(FILE)]
    parts = Q(kind="report", object_id=str(row.report_id), field__in=row.parts)
    chosen = Q(kind="attachment", object_id__in=files)
    word = Q(kind="handover", object_id=str(row.pk), field="message")
    found = Sealed.objects.filter(parts | chosen | word).order_by("pk")
    return list(found.select_for_update() if lock else found)


def key_ids(row: Handover) -> list[str]:
    """The keys of whoever it was handed to: every generation of their inbox, or that of the page."""
    if row.public is not None:
        return [key_id(bytes(row.public)).hex()]
    return list(Inbox.objects.filter(organisation=row.recipient_id).values_list("key_id", flat=True))


def drop_grants(row: Handover) -> None:
    """Nobody elsewhere can read it from now on. Whoever can open the inbox seals it anew when they are there next."""
    Grant.objects.filter(sealed__in=[item.pk for item in sealed_rows(row)], key_id__in=key_ids(row)).delete()


def _row(
    report: Report,
    decision_id: uuid.UUID,
    by: Acting,
    way: str,
    parcel: Parcel,
    pair: KeyPair,
    now: dt.datetime,
    *,
    recipient: Organisation | None = None,
    party: str = "",
) -> Handover:
    """The hand-over, when its footing holds. Raises NoFooting."""
    decision = report.decisions.select_related("consent", "weighing").filter(pk=decision_id).first()
    if decision is None:
        raise NoFooting(("decision_missing",))
    to = str(recipient.pk) if recipient is not None else party
    if found := _problems(report, decision, to, way, parcel, pair, now):
        raise NoFooting(found)
    return Handover(
        report=report,
        decision=decision,
        way=way,
        recipient=recipient,
        party=party,
        parts=parcel.names,
        offered_at=now,
        offered_by=by.member,
        expires_at=parcel.expires_at,
    )


def _problems(
    report: Report, decision: Decision, to: str, way: str, parcel: Parcel, pair: KeyPair, now: dt.datetime
) -> tuple[str, ...]:
    kind = DecisionKind(decision.kind)
    records = records_of(report, decision.consent, decision.weighing, pair)
    ground = may_share(covering(parcel.names), to, now, decision=kind, records=records)
    begun = report.steps.filter(state=State.IN_TRIAGE).order_by("-number").values_list("at", flat=True).first()
    consent = decision.consent
    counted = kind is DecisionKind.ANONYMISED_REGISTRATION
    known = {*SHAREABLE, *(f"{FILE}{item}" for item in report.attachments.values_list("pk", flat=True))}
    checks = (
        ("decision_is_old", begun is not None and decision.at < begun),
        ("part_unknown", not set(parcel.names) <= ({REGISTRATION} if counted else known)),
        ("registration_goes_elsewhere", counted and (to != COORDINATOR or way != "paper")),
        ("expires_in_the_past", parcel.expires_at <= now),
        ("expires_too_late", parcel.expires_at > now + LONGEST[way]),
        ("expires_after_consent", consent is not None and parcel.expires_at > consent.until),
    )
    return (*ground.problems, *(code for code, wrong in checks if wrong))


def _give(row: Handover, parcel: Parcel, pair: KeyPair, to: Recipient) -> None:
    """A grant for each chosen part. Raises NoFooting when a part is empty or does not open."""
    parts = list(sealed_of("report", [row.report_id], pair).filter(field__in=parcel.parts))
    files = list(sealed_of("attachment", parcel.files, pair))
    if {item.field for item in parts} != set(parcel.parts) or {item.object_id for item in files} != {
        str(item) for item in parcel.files
    }:
        raise NoFooting(("part_empty",))
    for item in (*parts, *files):
        give(item, pair, to)


def _offered(report: Report, row: Handover, by: Acting, now: dt.datetime) -> None:
    audit.record(
        by=by.actor,
        action=Action.GRANT_GIVEN,
        on=Subject(Kind.HANDOVER, str(row.pk)),
        now=now,
        footing=row.decision.footing,
    )
    advance(report, Move.HAND_OVER, by=by, now=now, footing=row.decision.footing)
