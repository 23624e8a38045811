"""The only writer of the audit."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from baken.audit.chain import Entry, sealed
from baken.audit.heads import sign
from baken.audit.kinds import Action, Actor, Outcome, Subject, code
from baken.audit.models import Event, Head


class OutsideTransactionError(RuntimeError):
    """An event was recorded apart from the change that it is about."""


def record(
    *,
    by: Actor,
    action: Action,
    on: Subject,
    now: dt.datetime,
    footing: str | None = None,
    outcome: str = Outcome.OK,
    on_behalf_of: str | None = None,
) -> Event:
    """Append one event, inside the transaction of the change it is about: both are kept, or neither.

    Reads are recorded too: open a transaction, record, read, show. Call it as the last write of the transaction, because
    from here on other writers wait for this transaction to end. That wait is what makes the numbers gapless.
    Raises OutsideTransactionError without a transaction, and ValueError for a text that is more than an id or a code.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransactionError("Record an audit event inside the transaction of the change that it is about.")
    entry = _entry(by, action, on, now, footing, outcome, on_behalf_of)
    head, _made = Head.objects.select_for_update().get_or_create(pk=1)
    chained = sealed(entry, after=head.tip())
    event = Event.objects.create(**chained._asdict())
    signed = sign(chained.tip(), at=entry.at)
    Head.objects.filter(pk=1).update(
        sequence=signed.sequence, hash=signed.hash, at=entry.at, key=signed.key, signature=signed.signature
    )
    return event


def record_alone(
    *,
    by: Actor,
    action: Action,
    on: Subject,
    now: dt.datetime,
    outcome: str = Outcome.REFUSED,
    footing: str | None = None,
) -> Event:
    """Append an event in a transaction of its own, for a refused attempt: nothing changed, and what was begun is undone.

    Raises RuntimeError inside a transaction, because an event in there would vanish with it.
    """
    with transaction.atomic(durable=True):
        return record(by=by, action=action, on=on, now=now, outcome=outcome, footing=footing)


def _entry(
    by: Actor, action: Action, on: Subject, now: dt.datetime, footing: str | None, outcome: str, behalf: str | None
) -> Entry:
    """The event before it is chained, with nothing in it but ids and codes."""
    if now.tzinfo is None:
        raise ValueError("The moment of an audit event needs a time zone")
    return Entry(
        sequence=0,
        at=now.astimezone(dt.UTC),
        member_id=code(by.member_id, "The member"),
        organisation_id=code(by.organisation_id, "The organisation"),
        function=code(by.function, "The function"),
        on_behalf_of=code(behalf, "On whose behalf"),
        action=Action(action).value,
        object_kind=code(on.kind, "The kind of object"),
        object_id=code(on.id, "The object"),
        listed=" ".join(code(item, "A listed id") for item in on.listed),
        footing=code(footing, "The footing"),
        outcome=Outcome(outcome).value,
        previous="",
    )
