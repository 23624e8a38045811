"""Open what is kept: with the pair of a member, of an inbox, or of a receipt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils import timezone

from baken.people.models import Organisation
from baken.vault.errors import NotGranted
from baken.vault.models import Grant, Inbox, Sealed
from baken.vault.sealing import open_grant, open_granted
from baken.vault.secret import KeyPair, Secret


def running(now: dt.datetime, path: str = "") -> Q:
    """Grants that have not ended. A job takes the others away later; until then nothing opens with them."""
    return Q(**{f"{path}until__isnull": True}) | Q(**{f"{path}until__gt": now})


def grant_of(sealed: Sealed, pair: KeyPair) -> Grant:
    """The grant that this pair opens; NotGranted when there is none, or none any more. Uses prefetched grants."""
    wanted, now = pair.id.hex(), timezone.now()
    found = next((row for row in sealed.grants.all() if row.key_id == wanted and not row.is_over(now)), None)
    if found is None:
        raise NotGranted("no grant for this key")
    return found


def data_key(sealed: Sealed, pair: KeyPair) -> Secret:
    """The data key of one sealed thing; wipe it after use."""
    return open_grant(bytes(grant_of(sealed, pair).granted), pair, sealed.context())


def open_text(sealed: Sealed, pair: KeyPair) -> bytes:
    """The text. Raises a VaultError when it does not open with this pair or was changed."""
    return open_granted(bytes(sealed.envelope or b""), bytes(grant_of(sealed, pair).granted), pair, sealed.context())


def open_all(rows: Iterable[Sealed], pair: KeyPair) -> dict[str, bytes]:
    """The texts that this pair opens, by field; what is not granted to it is left out."""
    wanted, now = pair.id.hex(), timezone.now()
    return {
        row.field: open_text(row, pair)
        for row in rows
        if row.envelope is not None
        and any(grant.key_id == wanted and not grant.is_over(now) for grant in row.grants.all())
    }


@dataclass(frozen=True, slots=True)
class Granted:
    """One sealed text, and the grant of it for one of several keys."""

    sealed: Sealed
    key_id: str
    grant: bytes

    def open(self, pairs: Mapping[str, KeyPair]) -> bytes:
        """The text. Raises a VaultError when it was changed."""
        envelope = bytes(self.sealed.envelope or b"")
        return open_granted(envelope, self.grant, pairs[self.key_id], self.sealed.context())


def granted(kind: str, ids: Iterable[object], keys: Collection[str], fields: Collection[str]) -> list[Granted]:
    """Those texts of those things, as far as they are granted to one of these keys: one statement."""
    rows = _holding(kind, ids, keys).filter(field__in=fields).annotate(held_grant=F("held__granted"))
    return [Granted(row, row.held_key, bytes(row.held_grant)) for row in rows if row.held_key is not None]


def keys_of(kind: str, object_id: object, keys: Collection[str]) -> set[str]:
    """Those of these keys that something of one thing is granted to."""
    found = _holding(kind, [object_id], keys).values_list("held_key", flat=True)
    return {key for key in found if key is not None}


def _holding(kind: str, ids: Iterable[object], keys: Collection[str]) -> QuerySet[Any]:
    """Sealed rows, each with its grants for these keys, or once without any.

    An outer join, so that the database begins with the few sealed rows. All that an inbox ever received is granted to one
    key; a database that takes the mean of all keys for true, as SQLite does, would begin there and read everything.
    """
    ours = Q(grants__key_id__in=list(keys)) & running(timezone.now(), "grants__")
    return Sealed.objects.filter(kind=kind, object_id__in=[str(item) for item in ids]).annotate(
        held=FilteredRelation("grants", condition=ours), held_key=F("held__key_id")
    )


def current_inbox(organisation: Organisation) -> Inbox | None:
    """The generation to which new reports are granted; None as long as the organisation has no keys.

    Read it inside the transaction that seals for it, so that a move to a newer generation meets what was sealed.
    """
    return Inbox.objects.filter(organisation=organisation, retired_at__isnull=True).first()
