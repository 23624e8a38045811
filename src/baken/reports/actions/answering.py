"""The other side of a hand-over: accept it, decline it, tell what came of it; or open the page for one reader."""

from __future__ import annotations

import datetime as dt
import hmac
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Least

from baken.audit import actions as audit
from baken.audit.kinds import Action, Actor, Kind, Outcome, Subject
from baken.notices.kinds import NoticeKind
from baken.people.actor import Acting
from baken.reports.actions.handover import drop_grants, key_ids, nobody_left, sealed_rows
from baken.reports.actions.moves import locked
from baken.reports.actions.owned import internal, keep_texts
from baken.reports.actions.word import tell
from baken.reports.errors import Closed, Conflict, NoInbox
from baken.reports.models import Handover, Opening, Report
from baken.reports.states import Move
from baken.vault.actions import Recipient, inbox_recipient
from baken.vault.errors import UnreadableCode
from baken.vault.models import Grant
from baken.vault.opening import current_inbox
from baken.vault.receipts import read_receipt
from baken.vault.secret import KeyPair

OUTCOMES = ("helped", "in_contact", "not_reached", "passed_on", "nothing_needed")
READING = dt.timedelta(minutes=30)
"""How long a page stays readable after it was opened."""

FIRST_TRIES = 5
"""So many wrong passcodes are an event each."""
MOST_TRIES = 1_000_000
"""Nobody counts further."""


class WrongPasscode(Exception):  # noqa: N818 - named for what happened
    """Not the passcode of this page."""


@dataclass(frozen=True)
class OpenedPage:
    """A one-time page that is open now; ``pair`` opens its parts, wipe it after use."""

    handover: Handover
    pair: KeyPair
    until: dt.datetime


def accept(*, by: Acting, handover_id: uuid.UUID, expected: int | None = None, now: dt.datetime) -> Handover:
    """Take it over. Raises Handover.DoesNotExist for others than the recipient, Closed, Conflict."""
    with transaction.atomic():
        report, row = _received(handover_id, by, expected, now, ("offered",))
        row.state, row.answered_at, row.answered_by = "accepted", now, by.member
        _save(row, "state", "answered_at", "answered_by")
        tell(report, NoticeKind.HANDOVER_ANSWERED, str(row.pk), now=now)
        _note(Action.HANDOVER_ACCEPTED, by.actor, row, now)
    return row


def decline(
    *, by: Acting, handover_id: uuid.UUID, expected: int | None = None, reason: str, now: dt.datetime
) -> Handover:
    """Say no, with a reason that the sender reads. The parts cannot be read any more. Errors as for `accept`."""
    with transaction.atomic():
        report, row = _received(handover_id, by, expected, now, ("offered",))
        row.state, row.answered_at, row.answered_by = "declined", now, by.member
        _save(row, "state", "answered_at", "answered_by")
        _answer(report, row, reason, now)
        drop_grants(row)
        tell(report, NoticeKind.HANDOVER_ANSWERED, str(row.pk), now=now)
        _note(Action.HANDOVER_DECLINED, by.actor, row, now)
        nobody_left(report, Move.HANDOVER_DECLINED, by=by, now=now)
    return row


def report_outcome(
    *, by: Acting, handover_id: uuid.UUID, expected: int | None = None, outcome: str, text: str, now: dt.datetime
) -> Handover:
    """Tell the sender what came of it, also after the parts can no longer be read. Errors as for `accept`."""
    if outcome not in OUTCOMES:
        raise ValueError("no outcome of this kind")
    with transaction.atomic():
        report, row = _received(handover_id, by, expected, now, ("accepted", "expired"))
        if row.answered_at is None:
            raise Closed
        row.state, row.finished_at, row.outcome = "finished", now, outcome
        _save(row, "state", "finished_at", "outcome")
        _answer(report, row, text, now)
        tell(report, NoticeKind.HANDOVER_ANSWERED, str(row.pk), now=now)
        _note(Action.HANDOVER_FINISHED, by.actor, row, now)
    return row


def open_page(*, handover_id: uuid.UUID, passcode: str, now: dt.datetime) -> OpenedPage:
    """Open a one-time page with its passcode. Within half an hour the same passcode opens it again; after that never.

    Raises Handover.DoesNotExist, Closed (taken back, expired or used) and WrongPasscode: note that with `note_wrong_passcode`.
    """
    with transaction.atomic():
        row = (
            Handover.objects.select_for_update()
            .select_related("decision", "report__organisation")
            .get(pk=handover_id, way="page", report__erased_at__isnull=True)
        )
        pair = _pair(row, passcode)
        if is_over(row, now):
            raise Closed
        first = row.openings.order_by("at").first()
        if first is None:
            first = Opening.objects.create(handover=row, at=now)
            row.state, row.answered_at = "accepted", now
            _save(row, "state", "answered_at")
            until = min(now + READING, row.expires_at)
            Grant.objects.filter(sealed__in=[item.pk for item in sealed_rows(row)], key_id__in=key_ids(row)).update(
                until=until
            )
            tell(row.report, NoticeKind.HANDOVER_ANSWERED, str(row.pk), now=now)
        _note(Action.HANDOVER_OPENED, Actor(), row, now)
    return OpenedPage(row, pair, min(first.at + READING, row.expires_at))


def note_wrong_passcode(*, handover_id: uuid.UUID, now: dt.datetime) -> None:
    """Somebody without the passcode tried. Each try counts; of many only some are events, so that nobody fills the audit.

    The first few are, and then each one at which the count has doubled.
    """
    with transaction.atomic():
        Handover.objects.filter(pk=handover_id).update(wrong_tries=Least(F("wrong_tries") + 1, MOST_TRIES))
        tries = Handover.objects.filter(pk=handover_id).values_list("wrong_tries", flat=True).first() or 0
        if is_event(tries):
            subject = Subject(Kind.HANDOVER, str(handover_id))
            audit.record(by=Actor(), action=Action.HANDOVER_OPENED, on=subject, now=now, outcome=Outcome.REFUSED)


def is_event(tries: int) -> bool:
    """Is this wrong try one that the audit names?"""
    return 0 < tries <= FIRST_TRIES or (tries & (tries - 1) == 0 and 0 < tries < MOST_TRIES)


def is_over(row: Handover, now: dt.datetime) -> bool:
    """Was a page taken back or used, or has its day come?"""
    if row.state not in ("offered", "accepted") or row.expires_at <= now:
        return True
    first = row.openings.order_by("at").first()
    return first is not None and now >= first.at + READING


def _pair(row: Handover, passcode: str) -> KeyPair:
    try:
        receipt = read_receipt(passcode)
    except UnreadableCode:
        raise WrongPasscode from None
    if not hmac.compare_digest(receipt.lookup, row.lookup or ""):
        receipt.pair.wipe()
        raise WrongPasscode
    return receipt.pair


def _received(
    handover_id: uuid.UUID, by: Acting, expected: int | None, now: dt.datetime, states: tuple[str, ...]
) -> tuple[Report, Handover]:
    """The hand-over of the recipient, behind the lock of its report."""
    organisation = by.organisation
    found = Handover.objects.filter(recipient=organisation) if organisation is not None else Handover.objects.none()
    report = locked(found.get(pk=handover_id).report_id)
    row = found.select_related("decision").get(pk=handover_id)
    if row.state not in states or (row.state == "offered" and row.expires_at <= now):
        raise Closed
    if expected is not None and row.version != expected:
        raise Conflict
    return report, row


def _answer(report: Report, row: Handover, text: str, now: dt.datetime) -> None:
    """A text of the recipient, readable on both sides."""
    inbox = current_inbox(row.recipient) if row.recipient is not None else None
    if inbox is None:
        raise NoInbox
    to: list[Recipient] = [*internal(report), inbox_recipient(inbox)]
    keep_texts(report, "handover", row.pk, {"answer": text.encode()}, to, now=now)


def _save(row: Handover, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=["version", *fields])


def _note(action: Action, actor: Actor, row: Handover, now: dt.datetime) -> None:
    audit.record(by=actor, action=action, on=Subject(Kind.HANDOVER, str(row.pk)), now=now, footing=row.decision.footing)
