"""What pages show about sharing, opened for one request and put in words: footings, decisions, hand-overs, questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from baken.people.actor import MemberRequest
from baken.people.models import Member, Organisation
from baken.people.permissions import Permission
from baken.reports.attaching import names_of
from baken.reports.footing import DecisionKind, FootingCode, consent_problems, weighing_problems
from baken.reports.models import Consent, Consultation, Decision, Handover, Report, Weighing
from baken.reports.opened import content_of, texts_of
from baken.reports.parts import SHAREABLE
from baken.reports.records import (
    FILE,
    ConsentRecord,
    WeighingRecord,
    consent_facts,
    consent_records,
    weighing_facts,
    weighing_records,
)
from baken.reports.rows import who
from baken.reports.sharing_labels import DECISIONS, FOOTINGS, HANDOVERS, OUTCOMES, PARTIES, PARTS, PURPOSES, WAYS
from baken.reports.states import OPEN, State
from baken.vault.secret import KeyPair

DECIDABLE = (State.IN_TRIAGE, State.DECIDED, State.HANDED_OVER)


@dataclass(frozen=True, slots=True)
class ShownConsent:
    """One consent, in words."""

    row: Consent
    record: ConsentRecord
    recipient: str
    parts: list[str]
    purpose: str
    holds: bool


@dataclass(frozen=True, slots=True)
class ShownWeighing:
    """One weighing, in words."""

    row: Weighing
    record: WeighingRecord
    recipient: str
    parts: list[str]
    holds: bool
    may_sign: bool
    writer: str
    signer: str


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """One decision, in words; ``recipient`` is for whom something may leave on it."""

    row: Decision
    title: str
    footing: str
    text: str
    by: str
    recipient: str
    may_hand_over: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class ShownHandover:
    """One hand-over, in words."""

    row: Handover
    to: str
    way: str
    parts: list[str]
    state: str
    outcome: str
    answer: str
    message: str
    openings: int
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One question to an expert, with the answer."""

    row: Consultation
    question: str
    answer: str
    to: str
    may_withdraw: bool


def sharing_context(request: MemberRequest, report: Report, pair: KeyPair, *, now: dt.datetime) -> dict[str, Any]:
    """For ``_decisions.html`` and ``_handovers.html`` on the page of a report."""
    state = State(report.state)
    alive = report.erased_at is None
    return {
        "decisions": decisions_of(report, pair, request.user, now),
        "consents": consents_of(report, pair, now),
        "weighings": weighings_of(report, pair, request.user, now),
        "handovers": handovers_of(report, pair, now),
        "questions": questions_of(report, pair),
        "may_decide": alive and state in DECIDABLE and request.acting.may(Permission.REPORT_DECIDE),
        "may_consult": alive and state in OPEN and request.acting.may(Permission.REPORT_DECIDE),
        "may_close": alive
        and state in (State.IN_TRIAGE, State.DECIDED, State.HANDED_OVER)
        and request.acting.may(Permission.REPORT_DECIDE),
        "may_hold": alive and state is State.CLOSED and request.acting.may(Permission.REPORT_DECIDE),
        "hold_reason": texts_of("hold", [report.pk], pair).get(str(report.pk), "") if report.held_at else "",
    }


def part_words(parts: Iterable[str]) -> list[str]:
    """Parts by name, all files as one."""
    return list(dict.fromkeys(str(PARTS["files" if part.startswith(FILE) else part]) for part in parts))


def party_words(organisation: Organisation | None, party: str) -> str:
    """For whom something is."""
    return organisation.name if organisation is not None else str(PARTIES.get(party, party))


def recipient_words(code: str) -> str:
    """The same, from the code that a sealed record holds."""
    if code in PARTIES:
        return str(PARTIES[code])
    return Organisation.objects.filter(pk=code).values_list("name", flat=True).first() or _("An organisation that left")


def consents_of(report: Report, pair: KeyPair, now: dt.datetime) -> list[ShownConsent]:
    """Newest first."""
    rows = report.consents.select_related("recipient").order_by("-given_at")
    return [
        ShownConsent(
            row=row,
            record=record,
            recipient=party_words(row.recipient, row.party),
            parts=part_words(row.parts),
            purpose=str(PURPOSES[row.purpose]),
            holds=not consent_problems(consent_facts(row, record), now),
        )
        for row, record in consent_records(rows, pair).items()
    ]


def weighings_of(report: Report, pair: KeyPair, me: Member, now: dt.datetime) -> list[ShownWeighing]:
    """Newest first."""
    rows = report.weighings.select_related("written_by", "signed_by").order_by("-written_at")
    return [
        ShownWeighing(
            row=row,
            record=record,
            recipient=recipient_words(record.recipient),
            parts=part_words(record.parts),
            holds=not weighing_problems(weighing_facts(row, record), now),
            may_sign=row.signed_at is None and row.written_by_id != me.pk,
            writer=who(row.written_by, me),
            signer=who(row.signed_by, me) if row.signed_by else "",
        )
        for row, record in weighing_records(rows, pair).items()
    ]


def decisions_of(report: Report, pair: KeyPair, me: Member, now: dt.datetime) -> list[ShownDecision]:
    """Newest first."""
    rows = list(report.decisions.select_related("by", "consent__recipient", "weighing").order_by("-at"))
    texts = texts_of("decision", [row.pk for row in rows], pair) if rows else {}
    holding = {item.row.pk for item in consents_of(report, pair, now) if item.holds}
    weighed = {item.row.pk: item for item in weighings_of(report, pair, me, now) if item.holds}
    begun = report.steps.filter(state=State.IN_TRIAGE).order_by("-number").values_list("at", flat=True).first()
    found = []
    for row in rows:
        kind = DecisionKind(row.kind)
        fresh = (begun is None or row.at >= begun) and State(report.state) in (State.DECIDED, State.HANDED_OVER)
        stands = row.consent_id in holding or row.weighing_id in weighed
        recipient = ""
        if row.consent is not None:
            recipient = party_words(row.consent.recipient, row.consent.party)
        elif row.weighing_id in weighed:
            recipient = weighed[row.weighing_id].recipient
        counts = kind is DecisionKind.ANONYMISED_REGISTRATION
        duty = counts and row.consent is None
        found.append(
            ShownDecision(
                row=row,
                title=str(DECISIONS[kind]),
                footing=str(FOOTINGS[FootingCode(row.footing)]),
                text=texts.get(str(row.pk), ""),
                by=who(row.by, me),
                recipient=recipient,
                may_hand_over=fresh and stands and not counts and report.erased_at is None,
                counts=counts and fresh and (stands or duty),
            )
        )
    return found


def handovers_of(report: Report, pair: KeyPair, now: dt.datetime) -> list[ShownHandover]:
    """Newest first."""
    rows = list(report.handovers.select_related("recipient").prefetch_related("openings").order_by("-offered_at"))
    keys = [row.pk for row in rows]
    answers = texts_of("handover", keys, pair, "answer") if rows else {}
    messages = texts_of("handover", keys, pair, "message") if rows else {}
    names = texts_of("handover", keys, pair, "party") if rows else {}
    return [
        ShownHandover(
            row=row,
            to=", ".join(filter(None, (party_words(row.recipient, row.party), names.get(str(row.pk), "")))),
            way=str(WAYS[row.way]),
            parts=part_words(row.parts),
            state=str(HANDOVERS[row.state]),
            outcome=str(OUTCOMES.get(row.outcome, "")),
            answer=answers.get(str(row.pk), ""),
            message=messages.get(str(row.pk), ""),
            openings=len(row.openings.all()),
            may_withdraw=row.state in ("offered", "accepted", "finished")
            and row.expires_at > now
            and row.way != "paper",
        )
        for row in rows
    ]


def questions_of(report: Report, pair: KeyPair) -> list[ShownQuestion]:
    """Newest first."""
    rows = list(report.consultations.select_related("asked").order_by("-asked_at"))
    keys = [row.pk for row in rows]
    questions = texts_of("consultation", keys, pair, "question") if rows else {}
    answers = texts_of("consultation", keys, pair, "answer") if rows else {}
    return [
        ShownQuestion(
            row=row,
            question=questions.get(str(row.pk), ""),
            answer=answers.get(str(row.pk), ""),
            to=row.asked.name,
            may_withdraw=row.withdrawn_at is None,
        )
        for row in rows
    ]


def choosable(report: Report, pair: KeyPair, covered: frozenset[str]) -> list[tuple[str, str]]:
    """Parts and files that hold something and that the footing covers, with their names."""
    content = content_of(report, pair)
    found = [(part, str(PARTS[part])) for part in SHAREABLE if part in covered and getattr(content, part)]
    if "files" in covered:
        files = names_of(report.attachments.order_by("at"), pair)
        found += [(f"{FILE}{item.id}", item.name) for item in files]
    return found
