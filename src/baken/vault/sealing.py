"""Seal a text under its own random key, and grant that key to those who may read it.

    sealed = seal(text, context)                       # store sealed.envelope
    inbox = grant(sealed.key, inbox_public, context)   # store beside it, one row per reader
    text = open_granted(sealed.envelope, inbox, inbox_pair, context)

A hand-over is one more grant. A withdrawal removes the grant and seals anew (`reseal`), because the reader may have kept
the old key. Sealing hides and guards; it does not tell *who* wrote something: anybody can seal to a public key.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nacl.bindings import crypto_box_seal, crypto_box_seal_open, sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError

from baken.vault.context import DIGEST_BYTES, Context
from baken.vault.envelope import GRANT, MAGIC, SEALED, VERSION, disclose, enclose
from baken.vault.errors import NotGranted, Tampered, UnknownFormat, WrongContext
from baken.vault.secret import KEY_BYTES, KEY_ID_BYTES, KeyPair, Secret, key_id

# The length of a text tells something too ("yes" or "no"), so it is rounded up.
PADDED_TO = 256
_GRANT_START = MAGIC + GRANT + bytes([VERSION])
_GRANT_HEAD = len(_GRANT_START) + KEY_ID_BYTES
_GRANT_PLAIN = KEY_BYTES + DIGEST_BYTES


@dataclass(frozen=True)
class Sealed:
    """The envelope, which may be stored anywhere, and its data key, which may not: grant it, then wipe it."""

    envelope: bytes
    key: Secret


def seal(plain: bytes, context: Context) -> Sealed:
    """Seal a text, however short, with a fresh random key. Files go through `baken.vault.stream`."""
    key = Secret.random()
    return Sealed(enclose(SEALED, sodium_pad(plain, PADDED_TO), key, context), key)


def open_sealed(envelope: bytes, key: Secret, context: Context) -> bytes:
    """The text, or an error: UnknownFormat, WrongContext, WrongKey, Tampered."""
    return sodium_unpad(disclose(SEALED, envelope, key, context), PADDED_TO)


def reseal(envelope: bytes, key: Secret, context: Context, new_context: Context) -> Sealed:
    """The same text under a new key and context (one version higher, another owner). Old grants do not fit it."""
    return seal(open_sealed(envelope, key, context), new_context)


def grant(key: Secret, public_key: bytes, context: Context) -> bytes:
    """The data key of one thing, for the owner of one public key: an X25519 sealed box with the context inside."""
    try:
        box = crypto_box_seal(key.reveal() + context.digest(), public_key)
    except CryptoError:
        raise ValueError("not a public key that can be sealed to") from None
    return _GRANT_START + key_id(public_key) + box


def granted_to(granted: bytes) -> bytes:
    """The `key_id` of the pair that opens this grant."""
    if len(granted) < _GRANT_HEAD or not granted.startswith(_GRANT_START):
        raise UnknownFormat("not a grant of this version")
    return granted[len(_GRANT_START) : _GRANT_HEAD]


def open_grant(granted: bytes, pair: KeyPair, context: Context) -> Secret:
    """The data key, or an error: UnknownFormat, NotGranted, Tampered, WrongContext."""
    if not hmac.compare_digest(granted_to(granted), pair.id):
        raise NotGranted("granted to another key")
    try:
        plain = crypto_box_seal_open(granted[_GRANT_HEAD:], pair.public, pair.private.reveal())
    except CryptoError:
        raise Tampered("changed after it was granted") from None
    if len(plain) != _GRANT_PLAIN:
        raise Tampered("not a key and a context")
    if not hmac.compare_digest(plain[KEY_BYTES:], context.digest()):
        raise WrongContext("granted for another thing")
    return Secret(plain[:KEY_BYTES])


def open_granted(envelope: bytes, granted: bytes, pair: KeyPair, context: Context) -> bytes:
    """The text in one step; the data key is wiped afterwards."""
    with open_grant(granted, pair, context) as key:
        return open_sealed(envelope, key, context)


def regrant(granted: bytes, pair: KeyPair, public_key: bytes, context: Context) -> bytes:
    """Pass on what was granted to us: to the next inbox generation, a colleague, another organisation."""
    with open_grant(granted, pair, context) as key:
        return grant(key, public_key, context)


def regrant_all(
    grants: Iterable[tuple[Context, bytes]], pair: KeyPair, public_key: bytes
) -> Iterator[tuple[Context, bytes]]:
    """`regrant` one by one, for a background job with progress; what is done stays done when it is interrupted."""
    return ((context, regrant(granted, pair, public_key, context)) for context, granted in grants)
