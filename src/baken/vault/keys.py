"""The private keys of members: wrapped, so that only the member (or the escrow sheet) can unlock them.

One private key, several wraps beside each other: password, recovery code, passkey. Each opens the same pair, so a new
password does not touch a single report. ``owner`` is the public id of the member; a wrap of another member does not open.
A wrap that does not open raises WrongKey (wrong password or code), WrongContext (of another owner or way), UnknownFormat
or Tampered.
"""

from __future__ import annotations

import struct
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from nacl.bindings import (
    crypto_pwhash_alg,
    crypto_pwhash_ALG_ARGON2ID13,
    crypto_pwhash_argon2id_MEMLIMIT_MODERATE,
    crypto_pwhash_argon2id_OPSLIMIT_MODERATE,
    crypto_pwhash_SALTBYTES,
    randombytes,
)

from baken.vault.codes import new_code, read_code
from baken.vault.context import Context
from baken.vault.envelope import WRAPPED, disclose, enclose, read_label
from baken.vault.errors import UnknownFormat, WrongKey
from baken.vault.secret import KEY_BYTES, KeyPair, Secret, derive

RECOVERY_BITS = 160
_PARAMETERS = struct.Struct(f">II{crypto_pwhash_SALTBYTES}s")
_KIB = 1024


@dataclass(frozen=True, order=True)
class Cost:
    """What one guess at a password costs: bytes of memory, and passes over them."""

    memory: int
    passes: int


MODERATE = Cost(crypto_pwhash_argon2id_MEMLIMIT_MODERATE, crypto_pwhash_argon2id_OPSLIMIT_MODERATE)
# No protection at all. Tests that are not about passwords pass it by name.
WEAK_FOR_TESTS = Cost(8 * _KIB, 1)
# A stored cost above this was not written by us; it would only keep the server busy.
CEILING = Cost(1024 * _KIB * _KIB, 16)


def wrap_with_password(pair: KeyPair, password: str, owner: str, *, cost: Cost = MODERATE) -> bytes:
    """For signing in with a password, or for a vault passphrase. Takes ``cost.memory`` bytes while it runs."""
    if cost != WEAK_FOR_TESTS and (cost.memory < MODERATE.memory or cost.passes < MODERATE.passes):
        raise ValueError("cheaper than libsodium's MODERATE")
    if not password:
        raise ValueError("an empty password")
    salt = randombytes(crypto_pwhash_SALTBYTES)
    with _stretch(password, salt, cost) as key:
        extra = _PARAMETERS.pack(cost.memory // _KIB, cost.passes, salt)
        return enclose(WRAPPED, pair.private.reveal(), key, _wrap_context(owner, "password"), extra)


def unlock_with_password(wrapped: bytes, password: str, owner: str) -> KeyPair:
    """The member's pair. Run few at once: each takes the memory that its cost says (256 MiB at MODERATE)."""
    cost, salt = _parameters(wrapped)
    with _stretch(password, salt, cost) as key:
        return _unwrap(wrapped, key, owner, "password")


def rewrap_with_password(wrapped: bytes, old: str, new: str, owner: str, *, cost: Cost = MODERATE) -> bytes:
    """A changed password, or the same one at today's cost (see `is_outdated`)."""
    pair = unlock_with_password(wrapped, old, owner)
    rewrapped = wrap_with_password(pair, new, owner, cost=cost)
    pair.wipe()
    return rewrapped


def is_outdated(wrapped: bytes, cost: Cost = MODERATE) -> bool:
    """Was this wrapped at a lower cost than today's? Then wrap again at the next sign-in."""
    found, _ = _parameters(wrapped)
    return found.memory < cost.memory or found.passes < cost.passes


def new_recovery_code() -> str:
    """160 random bits, shown once and printed; also for the escrow sheet of an organisation."""
    return new_code(RECOVERY_BITS)


def wrap_with_recovery_code(pair: KeyPair, code: str, owner: str) -> bytes:
    """For the day that the password is lost. UnreadableCode for a typing error."""
    with read_code(code, RECOVERY_BITS) as master, _purpose_key(master, "baken.recovery") as key:
        return enclose(WRAPPED, pair.private.reveal(), key, _wrap_context(owner, "recovery"))


def unlock_with_recovery_code(wrapped: bytes, typed: str, owner: str) -> KeyPair:
    """The member's pair; wrap it with a new password, and give a new recovery code."""
    with read_code(typed, RECOVERY_BITS) as master, _purpose_key(master, "baken.recovery") as key:
        return _unwrap(wrapped, key, owner, "recovery")


def wrap_with_passkey(pair: KeyPair, output: Secret, owner: str) -> bytes:
    """``output``: the 32 bytes that a passkey gives through the WebAuthn PRF extension."""
    with _passkey_key(output) as key:
        return enclose(WRAPPED, pair.private.reveal(), key, _wrap_context(owner, "passkey"))


def unlock_with_passkey(wrapped: bytes, output: Secret, owner: str) -> KeyPair:
    """The member's pair, without a password."""
    with _passkey_key(output) as key:
        return _unwrap(wrapped, key, owner, "passkey")


def lock_in_session(pair: KeyPair, owner: str) -> tuple[str, bytes]:
    """What the HttpOnly cookie holds, and what the session store holds: apart they are nothing.

    Put the id of the session in ``owner`` beside that of the member, so that a wrap does not move to another session.
    """
    with Secret.random() as key:
        wrapped = enclose(WRAPPED, pair.private.reveal(), key, _wrap_context(owner, "session"))
        return urlsafe_b64encode(key.reveal()).decode("ascii").rstrip("="), wrapped


def unlock_in_session(wrapped: bytes, cookie: str, owner: str) -> KeyPair:
    """The member's pair for this one request; wipe it when the answer is made."""
    try:
        raw = urlsafe_b64decode(cookie + "=")
    except ValueError:
        raise WrongKey("not a key of a session") from None
    if len(raw) != KEY_BYTES:
        raise WrongKey("not a key of a session")
    with Secret(raw) as key:
        return _unwrap(wrapped, key, owner, "session")


def _wrap_context(owner: str, way: str) -> Context:
    return Context(kind="private_key", id=owner, field=way, organisation="")


def _unwrap(wrapped: bytes, key: Secret, owner: str, way: str) -> KeyPair:
    return KeyPair.from_private(Secret(disclose(WRAPPED, wrapped, key, _wrap_context(owner, way))))


def _purpose_key(master: Secret, purpose: str) -> Secret:
    return Secret(derive(master.reveal(), purpose))


def _passkey_key(output: Secret) -> Secret:
    if len(output.reveal()) != KEY_BYTES:
        raise ValueError("a passkey gives 32 bytes")
    return _purpose_key(output, "baken.passkey")


def _parameters(wrapped: bytes) -> tuple[Cost, bytes]:
    """Cost and salt of a password wrap, refused before they cost anything."""
    extra = read_label(WRAPPED, wrapped).extra
    if len(extra) != _PARAMETERS.size:
        raise UnknownFormat("not wrapped with a password")
    kibibytes, passes, salt = _PARAMETERS.unpack(extra)
    cost = Cost(kibibytes * _KIB, passes)
    if not (WEAK_FOR_TESTS.memory <= cost.memory <= CEILING.memory and 1 <= passes <= CEILING.passes):
        raise UnknownFormat("a cost that nobody set")
    return cost, salt


def _stretch(password: str, salt: bytes, cost: Cost) -> Secret:
    """Argon2id. The same letters typed on another machine count as the same (Unicode NFC)."""
    typed = unicodedata.normalize("NFC", password).encode("utf-8")
    return Secret(crypto_pwhash_alg(KEY_BYTES, typed, salt, cost.passes, cost.memory, crypto_pwhash_ALG_ARGON2ID13))
