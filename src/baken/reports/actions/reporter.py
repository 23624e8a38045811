"""What a reporter does: hand in, read, answer. With an account, or with nothing but a receipt."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction

from baken.audit import actions as audit
from baken.audit.kinds import Action, Actor, Kind, Subject
from baken.people.actor import Acting
from baken.people.models import Organisation
from baken.people.proof import LIFE, WINDOW, Challenge
from baken.reports.actions.moves import advance, locked, touch
from baken.reports.actions.submit import Submitted, recipients_of_report, submit
from baken.reports.actions.word import tell
from baken.reports.attaching import Prepared, attach
from baken.reports.errors import NoInbox
from baken.reports.models import Message, Report, SpentProof
from baken.reports.parts import Content, text_context
from baken.reports.states import Move, State
from baken.vault.actions import keep

NAMED = "named"


class AlreadyUsed(Exception):  # noqa: N818 - named for what happened
    """The form was sent before. Nothing was changed."""


def hand_in(
    *,
    challenge: Challenge | None,
    by: Acting | None,
    organisation: Organisation,
    content: Content,
    manner: str,
    urgent: bool,
    language: str,
    files: Sequence[Prepared] = (),
    now: dt.datetime,
) -> Submitted:
    """A new report with its files, the challenge of its form spent, the focal points told: all of it, or nothing.

    A member's form has no challenge. Raises AlreadyUsed, and NoInbox when the organisation cannot receive yet.
    """

    def within(report: Report) -> None:
        if challenge is not None:
            _spend(challenge, now=now)
        attach(report, files, recipients_of_report(report), now=now, from_reporter=True)
        tell(report, "report.received", str(report.pk), now=now)

    return submit(
        by=by,
        organisation=organisation,
        content=content,
        manner=manner,
        urgent=urgent,
        language=language,
        now=now,
        within=within,
    )


def note_read(report: Report, *, by: Acting | None, now: dt.datetime) -> None:
    """The reporter looks: what was written to them is read from now on. ``by`` is None for a receipt; then nobody is named."""
    with transaction.atomic():
        Message.objects.filter(report=report, from_reporter=False, read_at__isnull=True).update(read_at=now)
        audit.record(by=_actor(by, report), action=Action.READ, on=Subject(Kind.REPORT, str(report.pk)), now=now)


def note_unreadable(report: Report, *, by: Acting | None, now: dt.datetime) -> None:
    """The reporter looked, and what is sealed did not open."""
    audit.record_alone(by=_actor(by, report), action=Action.READ, on=Subject(Kind.REPORT, str(report.pk)), now=now)


def note_own_listed(reports: Iterable[Report], *, by: Acting, now: dt.datetime) -> None:
    """A member sees the list of their own reports."""
    listed = tuple(str(report.pk) for report in reports if report.manner == NAMED)
    with transaction.atomic():
        on = Subject(Kind.REPORT, by.actor.organisation_id or "", listed=listed)
        audit.record(by=by.actor, action=Action.LIST, on=on, now=now)


def answer(
    report: Report,
    *,
    by: Acting | None,
    text: str,
    once: uuid.UUID,
    files: Sequence[Prepared] = (),
    now: dt.datetime,
) -> Message:
    """Write to the focal point. ``once`` is the number of the form: sent twice after a bad connection, it is kept once.

    Raises NoInbox when the organisation cannot receive any more, or the report was erased while somebody wrote.
    """
    number = uuid.uuid5(report.pk, once.hex)
    with transaction.atomic():
        current = locked(report.pk)
        if current.erased_at is not None:
            raise NoInbox
        found = Message.objects.filter(pk=number, report=current).first()
        if found is not None:
            return found
        message = Message.objects.create(pk=number, report=current, at=now, from_reporter=True)
        context = text_context("message", str(message.pk), str(current.organisation_id))
        recipients = recipients_of_report(current)
        keep({context: text.encode()}, recipients, now=now)
        attach(current, files, recipients, now=now, from_reporter=True, message=message)
        tell(current, "report.message", str(current.pk), now=now)
        if current.state == State.WAITING:
            advance(current, Move.REPORTER_ANSWERED, by=by, now=now, actor=_actor(by, current))
        else:
            # Whoever decides at this moment must see first what was added.
            touch(current)
            audit.record(
                by=_actor(by, current),
                action=Action.REPORT_MESSAGE,
                on=Subject(Kind.REPORT, str(current.pk)),
                now=now,
            )
    return message


def spent_lately(organisation: Organisation, *, now: dt.datetime) -> int:
    """How busy this inbox is: proofs that were used in the last ten minutes."""
    return SpentProof.objects.filter(organisation_id=str(organisation.pk), at__gt=now - WINDOW).count()


def forget_spent(now: dt.datetime) -> None:
    """Remove proofs whose challenge is too old to be used again. For a periodic job."""
    SpentProof.objects.filter(at__lt=now - LIFE).delete()


def _spend(challenge: Challenge, *, now: dt.datetime) -> None:
    try:
        with transaction.atomic():
            SpentProof.objects.create(proof=challenge.spent, organisation_id=challenge.organisation, at=now)
    except IntegrityError as error:
        raise AlreadyUsed from error


def _actor(by: Acting | None, report: Report) -> Actor:
    """Who it was, unless they report without their name or in confidence: administrators read the audit."""
    return by.actor if by is not None and report.manner == NAMED else Actor()
