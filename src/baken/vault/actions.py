"""Keep sealed things in the database. Called inside the transaction of whoever keeps them, who also writes the audit event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from baken.vault.context import Context
from baken.vault.models import Grant, Inbox, MemberKey, Sealed
from baken.vault.opening import data_key, open_text
from baken.vault.sealing import Sealed as Envelope
from baken.vault.sealing import grant, seal
from baken.vault.secret import KeyPair, Secret, key_id

RecipientKind = Literal["inbox", "member", "receipt", "once"]


@dataclass(frozen=True)
class Recipient:
    """Somebody to whom a data key is sealed: what they are, and their public key (32 bytes)."""

    kind: RecipientKind
    public: bytes
    until: dt.datetime | None = None

    @cached_property
    def key_id(self) -> str:
        """As the table of grants names it."""
        return key_id(self.public).hex()


def inbox_recipient(inbox: Inbox, until: dt.datetime | None = None) -> Recipient:
    """The members of an organisation who may read, through their inbox."""
    return Recipient("inbox", bytes(inbox.public), until)


def member_recipient(key: MemberKey) -> Recipient:
    """One member."""
    return Recipient("member", bytes(key.public))


@dataclass(frozen=True)
class Prepared:
    """Sealed and granted in memory, not yet in the database."""

    rows: Mapping[Context, Sealed]
    grants: Sequence[Grant]


def keep(texts: Mapping[Context, bytes], recipients: Iterable[Recipient], *, now: dt.datetime) -> dict[Context, Sealed]:
    """Seal each text under a key of its own and grant it to everybody named. Two statements, however many texts."""
    return save(prepare(texts, recipients, now=now))


def prepare(texts: Mapping[Context, bytes], recipients: Iterable[Recipient], *, now: dt.datetime) -> Prepared:
    """The sealing alone, which takes processor time: do it before a transaction that others wait for, then `save`."""
    to = list({recipient.key_id: recipient for recipient in recipients}.values())
    if not to:
        raise ValueError("sealed for nobody")
    rows: dict[Context, Sealed] = {}
    grants: list[Grant] = []
    for context, plain in texts.items():
        envelope = seal(plain, context)
        rows[context] = _row(context, now, envelope=envelope.envelope, size=len(envelope.envelope))
        grants += _grants(rows[context], envelope.key, context, to)
        envelope.key.wipe()
    return Prepared(rows, grants)


def save(prepared: Prepared) -> dict[Context, Sealed]:
    """Put what was prepared into the database."""
    Sealed.objects.bulk_create(prepared.rows.values())
    Grant.objects.bulk_create(prepared.grants)
    return dict(prepared.rows)


def keep_file(
    *, context: Context, stored: str, size: int, key: Secret, recipients: Iterable[Recipient], now: dt.datetime
) -> Sealed:
    """Note a file that was sealed under ``key`` and stored under the random name ``stored``; grant it to everybody named."""
    row = _row(context, now, stored=stored, size=size)
    row.save(force_insert=True)
    Grant.objects.bulk_create(_grants(row, key, context, list(recipients)))
    return row


def give(sealed: Sealed, pair: KeyPair, recipient: Recipient) -> Grant:
    """Grant a sealed thing to one more: ``pair`` opens it now. A second time only moves the end date."""
    _hold(sealed)
    context = sealed.context()
    with data_key(sealed, pair) as key:
        row, _made = Grant.objects.update_or_create(
            sealed=sealed,
            key_id=recipient.key_id,
            defaults={
                "recipient": recipient.kind,
                "public": recipient.public,
                "granted": grant(key, recipient.public, context),
                "until": recipient.until,
            },
        )
    return row


def take_back(sealed: Sealed, pair: KeyPair, key_id: str, *, now: dt.datetime) -> None:
    """Withdraw a grant. A text is sealed anew for those who stay, because the reader may have kept the old key."""
    _hold(sealed)
    if sealed.stored:
        sealed.grants.filter(key_id=key_id).delete()
        return
    plain = open_text(sealed, pair)
    sealed.grants.filter(key_id=key_id).delete()
    change(sealed, plain, now=now)


def change(sealed: Sealed, plain: bytes, *, now: dt.datetime) -> None:
    """A new text in the same place, one version higher, under a new key, for everybody who holds a grant."""
    _hold(sealed)
    context = replace(sealed.context(), version=sealed.version + 1)
    envelope = seal(plain, context)
    _renew(sealed, context, envelope, now)


def _hold(sealed: Sealed) -> None:
    """Read it again and keep others off until the end of the transaction: an inbox may be moving to its next key."""
    sealed.refresh_from_db(from_queryset=Sealed.objects.select_for_update())


def _renew(sealed: Sealed, context: Context, envelope: Envelope, now: dt.datetime) -> None:
    grants = list(sealed.grants.all())
    sealed.version = context.version
    sealed.envelope = envelope.envelope
    sealed.size = len(envelope.envelope)
    sealed.made_at = now
    sealed.save(update_fields=["version", "envelope", "size", "made_at"])
    for row in grants:
        row.granted = grant(envelope.key, bytes(row.public), context)
    Grant.objects.bulk_update(grants, ["granted"])
    envelope.key.wipe()


def erase(sealed: Iterable[Sealed]) -> list[str]:
    """Remove sealed things with all their grants; returns the names of files that the caller removes after the commit."""
    rows = list(sealed)
    Sealed.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return [row.stored for row in rows if row.stored]


def _row(context: Context, now: dt.datetime, **content: object) -> Sealed:
    return Sealed(
        kind=context.kind,
        object_id=context.id,
        field=context.field,
        organisation_id=context.organisation,
        version=context.version,
        made_at=now,
        **content,
    )


def _grants(row: Sealed, key: Secret, context: Context, to: Sequence[Recipient]) -> list[Grant]:
    return [
        Grant(
            sealed=row,
            recipient=recipient.kind,
            key_id=recipient.key_id,
            public=recipient.public,
            granted=grant(key, recipient.public, context),
            until=recipient.until,
        )
        for recipient in to
    ]
