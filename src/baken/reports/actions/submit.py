"""Hand in a report: sealed to the inbox and to the reporter in one short transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from baken.audit import actions as audit
from baken.audit.kinds import Action, Actor, Kind, Subject
from baken.people.actor import Acting
from baken.people.models import Member, Organisation
from baken.reports.due import set_due
from baken.reports.errors import NoInbox
from baken.reports.models import Report, Step
from baken.reports.parts import Content
from baken.reports.states import START
from baken.vault.actions import Recipient, inbox_recipient, member_recipient, prepare, save
from baken.vault.codes import new_code
from baken.vault.models import Inbox, MemberKey
from baken.vault.receipts import new_receipt

REFERENCE_BITS = 35
ATTEMPTS = 3


@dataclass(frozen=True)
class Submitted:
    """A report that arrived. ``receipt`` is shown once and kept nowhere; None when a member follows it under their name."""

    report: Report
    receipt: str | None


def submit(
    *,
    by: Acting | None,
    organisation: Organisation,
    content: Content,
    manner: str,
    urgent: bool,
    language: str,
    now: dt.datetime,
    is_test: bool = False,
    within: Callable[[Report], None] | None = None,
) -> Submitted:
    """A new report for the focal point of an organisation. ``by`` is None for an outsider.

    Anonymous is anonymous: then a member gets a receipt too, and neither the report nor the audit says who it was. Nor does
    the audit name who reports in confidence: administrators read it, and only focal points may know.
    ``within`` is done in the same transaction, with the report as it stands there; what it raises undoes everything.
    Raises NoInbox when the organisation cannot receive yet.
    """
    reporter = by.member if by is not None and manner != "anonymous" else None
    code, receipt = (None, None) if reporter is not None else new_receipt()
    report = Report(
        organisation=organisation,
        manner=manner,
        urgent=urgent,
        language=language,
        reporter=reporter,
        receipt_lookup=receipt.lookup if receipt else None,
        receipt_public=receipt.pair.public if receipt else None,
        received_at=now,
        state=START,
        is_test=is_test,
    )
    set_due(report, now)
    actor = by.actor if by is not None and manner == "named" else Actor()
    for attempt in range(ATTEMPTS):
        try:
            _write(report, content, actor, now, within)
            return Submitted(report, code)
        except IntegrityError:
            # Two references in 34 thousand million were the same; anything else fails again.
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def _write(
    report: Report, content: Content, actor: Actor, now: dt.datetime, within: Callable[[Report], None] | None
) -> None:
    """Seal first, then one short transaction. The inbox may get a new key in between: whoever moves it on waits for that."""
    report.reference = new_code(REFERENCE_BITS)
    prepared = prepare(
        content.sealed_texts(str(report.pk), str(report.organisation_id)), recipients_of_report(report), now=now
    )
    with transaction.atomic():
        report.save(force_insert=True)
        Step.objects.create(report=report, number=1, state=START, at=now, by=report.reporter)
        save(prepared)
        if within is not None:
            within(report)
        audit.record(by=actor, action=Action.REPORT_RECEIVED, on=Subject(Kind.REPORT, str(report.pk)), now=now)


def recipients_of(organisation: Organisation, reporter: Member | None, receipt_public: bytes | None) -> list[Recipient]:
    """Who can read what is said between reporter and focal point. Raises NoInbox."""
    inbox = Inbox.objects.filter(organisation=organisation, retired_at__isnull=True).first()
    if inbox is None:
        raise NoInbox
    found: list[Recipient] = [inbox_recipient(inbox)]
    if receipt_public is not None:
        found.append(Recipient("receipt", receipt_public))
    if reporter is not None:
        found += [member_recipient(key) for key in MemberKey.objects.filter(member=reporter)]
    return found


def recipients_of_report(report: Report) -> Sequence[Recipient]:
    """Who can read what is said in the dialogue of this report."""
    public = bytes(report.receipt_public) if report.receipt_public is not None else None
    return recipients_of(report.organisation, report.reporter, public)
