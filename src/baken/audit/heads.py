"""Signed heads: the number and hash of the last event under a signature (Ed25519), to keep where no intruder comes.

A chain alone can be computed anew from the first event by somebody who may write in the database. That person lacks the
signing key, which is a file on the server, and cannot touch a head that was kept elsewhere.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import secrets
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from baken.audit.chain import Tip

KEY_BYTES = 32


class HeadError(Exception):
    """A head or a key that cannot be used; the message says why."""


@dataclass(frozen=True, kw_only=True)
class SignedHead:
    """The end of the chain at a moment, with the public key and signature, both hexadecimal."""

    sequence: int
    hash: str
    at: str
    key: str
    signature: str

    def tip(self) -> Tip:
        """The end of the chain that was signed."""
        return Tip(self.sequence, self.hash)

    def as_json(self) -> str:
        """One line, to keep elsewhere."""
        return json.dumps(asdict(self), sort_keys=True)


def sign(tip: Tip, *, at: dt.datetime) -> SignedHead:
    """The head of a chain that ends in ``tip``, signed with the key of this installation."""
    key = _key()
    moment = at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return SignedHead(
        sequence=tip.sequence,
        hash=tip.hash,
        at=moment,
        key=key.verify_key.encode().hex(),
        signature=key.sign(_message(tip, moment)).signature.hex(),
    )


def check_signature(head: SignedHead) -> None:
    """Raise HeadError unless this installation signed the head, and nobody changed it since."""
    if head.key != public_key():
        raise HeadError(
            f"The head at event {head.sequence} was signed with another key than that of this installation."
        )
    try:
        VerifyKey(bytes.fromhex(head.key)).verify(_message(head.tip(), head.at), bytes.fromhex(head.signature))
    except (BadSignatureError, ValueError):
        raise HeadError(f"The signature of the head at event {head.sequence} is not right.") from None


def read_heads(path: Path) -> list[SignedHead]:
    """The heads kept in a file, one per line as ``baken audit head`` prints them. Raises HeadError."""
    try:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        found = [SignedHead(**json.loads(line)) for line in lines]
    except OSError as error:
        raise HeadError(f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, TypeError):
        raise HeadError(f"{path} does not hold heads as `baken audit head` prints them, one per line.") from None
    if not found:
        raise HeadError(f"{path} holds no head.")
    return found


def public_key() -> str:
    """The public half of the signing key, hexadecimal. It may be shown to anybody."""
    return _key().verify_key.encode().hex()


def signing_key() -> SigningKey:
    """The key of this installation, for another text that it signs. Such a text must never read as a head."""
    return _key()


def _message(tip: Tip, moment: str) -> bytes:
    return json.dumps(["baken audit head 1", tip.sequence, tip.hash, moment], separators=(",", ":")).encode("ascii")


def _key() -> SigningKey:
    return _key_from(settings.BAKEN_AUDIT_KEY, settings.BAKEN_AUDIT_KEY_PATH)


@lru_cache(maxsize=4)
def _key_from(given: str, path: Path) -> SigningKey:
    text = given or _own_key(path)
    try:
        return SigningKey(bytes.fromhex(text))
    except ValueError:
        raise HeadError(f"The audit key is not {2 * KEY_BYTES} hexadecimal digits.") from None


def _own_key(path: Path) -> str:
    """A key made once, readable for its owner only. Of two processes that make it at the same time, the first wins."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_hex(KEY_BYTES))
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text(encoding="ascii").strip()
