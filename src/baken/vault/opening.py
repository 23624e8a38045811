"""Open what is kept: with the pair of a member, of an inbox, or of a receipt."""

from __future__ import annotations

from collections.abc import Iterable

from baken.people.models import Organisation
from baken.vault.errors import NotGranted
from baken.vault.models import Grant, Inbox, Sealed
from baken.vault.sealing import open_grant, open_granted
from baken.vault.secret import KeyPair, Secret


def grant_of(sealed: Sealed, pair: KeyPair) -> Grant:
    """The grant that this pair opens; NotGranted when there is none. Uses prefetched grants when they are there."""
    wanted = pair.id.hex()
    found = next((row for row in sealed.grants.all() if row.key_id == wanted), None)
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
    wanted = pair.id.hex()
    return {
        row.field: open_text(row, pair)
        for row in rows
        if row.envelope is not None and any(grant.key_id == wanted for grant in row.grants.all())
    }


def current_inbox(organisation: Organisation) -> Inbox | None:
    """The generation to which new reports are granted; None as long as the organisation has no keys.

    Read it inside the transaction that seals for it, so that a move to a newer generation meets what was sealed.
    """
    return Inbox.objects.filter(organisation=organisation, retired_at__isnull=True).first()
