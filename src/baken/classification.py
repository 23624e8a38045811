"""What a stored field is: its privacy class, why it is kept, and how long. Every model says so in ``Privacy.fields``.

A test refuses a field that says nothing, and ``docs/data-inventory.md`` gets its table from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Privacy(StrEnum):
    """Who could be harmed by it: from nobody to the person a report is about."""

    OPEN = "open"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SPECIAL = "special"
    SECRET = "secret"  # noqa: S105 - the name of a class of fields


@dataclass(frozen=True, slots=True)
class Kept:
    """One stored field: its class, what it is for, and until when it is kept."""

    privacy: Privacy
    purpose: str
    retention: str


def kept_open(purpose: str, retention: str) -> Kept:
    """Public anyway."""
    return Kept(Privacy.OPEN, purpose, retention)


def kept_internal(purpose: str, retention: str) -> Kept:
    """About the installation or an organisation; not public, not about a person."""
    return Kept(Privacy.INTERNAL, purpose, retention)


def kept_personal(purpose: str, retention: str) -> Kept:
    """About a member or another person who can be recognised by it."""
    return Kept(Privacy.PERSONAL, purpose, retention)


def kept_special(purpose: str, retention: str) -> Kept:
    """Health, offences, or anything else of articles 9 and 10 GDPR: only ever sealed."""
    return Kept(Privacy.SPECIAL, purpose, retention)


def kept_secret(purpose: str, retention: str) -> Kept:
    """A password, key or code: never shown, never in clear."""
    return Kept(Privacy.SECRET, purpose, retention)
