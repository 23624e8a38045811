"""Why something stays closed. No message holds content, a key, or what somebody typed."""

# They are named for what happened, and read well in `except` as they are.
# ruff: noqa: N818

from __future__ import annotations

from enum import StrEnum


class VaultError(Exception):
    """Something sealed does not open. Callers show one calm sentence and write an audit event."""


class UnknownFormat(VaultError):
    """These bytes are nothing that this vault wrote, or were written by a newer version."""


class WrongContext(VaultError):
    """Sealed as another thing, or for somebody else: swapped, or replayed into another record, field or version."""


class WrongKey(VaultError):
    """The key, password or code does not belong to this envelope."""


class NotGranted(VaultError):
    """The grant was made for another key pair."""


class Tampered(VaultError):
    """The bytes were changed, cut off, repeated or put in another order after they were sealed."""


class Wiped(VaultError):
    """The secret was wiped from memory and is no longer there."""


class Flaw(StrEnum):
    """What is wrong with a typed code, so that a page can say it in words."""

    LENGTH = "length"
    CHARACTER = "character"
    CHECK = "check"


class UnreadableCode(VaultError):
    """Not a code that was ever given: a slip of the pen or the finger."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(f"not a code: {flaw}")
        self.flaw = flaw
