"""The bytes around a sealed thing: which format, which context, which key.

    b"BKN" kind version | length of extra, extra | digest of context | commitment to key | 24 bytes | sealed bytes

All before the 24 bytes (a nonce, or the header of a stream), and the context in full, is associated data. The digest
only tells *which* error to give. The commitment ties the envelope to one key: without it somebody could make one
envelope that two keys open to two different texts, and show the focal point another report than the reporter.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_ABYTES,
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    randombytes,
)
from nacl.exceptions import CryptoError

from baken.vault.context import DIGEST_BYTES, Context
from baken.vault.errors import Tampered, UnknownFormat, WrongContext, WrongKey
from baken.vault.secret import KEY_BYTES, Secret, derive

MAGIC = b"BKN"
VERSION = 1
START_BYTES = len(MAGIC) + 3
NONCE_BYTES = 24
SEALED, GRANT, WRAPPED, STREAM = b"s", b"g", b"k", b"f"


@dataclass(frozen=True)
class Label:
    """What an envelope says about itself, before anything is opened."""

    raw: bytes
    extra: bytes
    digest: bytes
    commitment: bytes

    def check(self, key: Secret, context: Context) -> None:
        """Right context, then right key, or an error that says which of the two is not."""
        if not hmac.compare_digest(self.digest, context.digest()):
            raise WrongContext("sealed as another thing")
        if not hmac.compare_digest(self.commitment, commitment(key)):
            raise WrongKey("sealed with another key")

    def bound(self, context: Context) -> bytes:
        """The associated data."""
        return self.raw + context.canonical()


def commitment(key: Secret) -> bytes:
    """Which key this is, for one who has it; nothing for one who has not."""
    return derive(key.reveal(), "baken.commit")


def new_label(kind: bytes, key: Secret, context: Context, extra: bytes = b"") -> Label:
    """The label for something that is about to be sealed. ``extra`` (at most 255 bytes) is readable and bound."""
    digest, committed = context.digest(), commitment(key)
    raw = MAGIC + kind + bytes([VERSION, len(extra)]) + extra + digest + committed
    return Label(raw, extra, digest, committed)


def label_size(start: bytes) -> int:
    """Bytes of the whole label, from its first bytes."""
    return START_BYTES + start[START_BYTES - 1] + DIGEST_BYTES + KEY_BYTES


def read_label(kind: bytes, envelope: bytes) -> Label:
    """The label of an envelope of this kind; UnknownFormat for anything else."""
    start = envelope[:START_BYTES]
    if len(start) < START_BYTES or start[:-1] != MAGIC + kind + bytes([VERSION]):
        raise UnknownFormat("not an envelope of this kind and version")
    size = label_size(start)
    if len(envelope) < size:
        raise Tampered("cut off")
    rest = size - DIGEST_BYTES - KEY_BYTES
    digest, committed = envelope[rest : rest + DIGEST_BYTES], envelope[rest + DIGEST_BYTES : size]
    return Label(envelope[:size], envelope[START_BYTES:rest], digest, committed)


def enclose(kind: bytes, plain: bytes, key: Secret, context: Context, extra: bytes = b"") -> bytes:
    """One envelope around one text: XChaCha20-Poly1305 with a random nonce."""
    label = new_label(kind, key, context, extra)
    nonce = randombytes(NONCE_BYTES)
    inner = derive(key.reveal(), "baken.seal")
    return label.raw + nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(plain, label.bound(context), nonce, inner)


def disclose(kind: bytes, envelope: bytes, key: Secret, context: Context) -> bytes:
    """The text in an envelope, or an error: UnknownFormat, WrongContext, WrongKey, Tampered."""
    label = read_label(kind, envelope)
    label.check(key, context)
    start = len(label.raw)
    nonce, body = envelope[start : start + NONCE_BYTES], envelope[start + NONCE_BYTES :]
    if len(body) < crypto_aead_xchacha20poly1305_ietf_ABYTES:
        raise Tampered("cut off")
    inner = derive(key.reveal(), "baken.seal")
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(body, label.bound(context), nonce, inner)
    except CryptoError:
        raise Tampered("changed after it was sealed") from None
