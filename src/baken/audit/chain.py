"""The hash chain: each event holds the hash of the one before it, so that nobody can change the past unnoticed.

Pure: no Django, no clock, no database. An auditor can check an export with this file alone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

VERSION = 1
REACH = 1000
"""How many events may be gone for the ones moved into their place to be recognised as such."""
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode


class Tip(NamedTuple):
    """The end of a chain: the number of the last event and its hash."""

    sequence: int
    hash: str


class Entry(NamedTuple):
    """One event as it stands in the chain. Empty text means: nobody, none."""

    sequence: int
    at: dt.datetime
    member_id: str
    organisation_id: str
    function: str
    on_behalf_of: str
    action: str
    object_kind: str
    object_id: str
    listed: str
    """Ids that a list or search showed, separated by spaces."""
    footing: str
    outcome: str
    previous: str
    hash: str = ""

    def tip(self) -> Tip:
        """The end of the chain once this event is in it."""
        return Tip(self.sequence, self.hash)


START = Tip(0, "")
"""The end of a chain without events."""


class Break(StrEnum):
    """What is wrong with a chain."""

    CHANGED = "changed"
    DELETED = "deleted"
    INSERTED = "inserted"
    REORDERED = "reordered"
    TRUNCATED = "truncated"


@dataclass(frozen=True)
class Problem:
    """The first broken row, by its number, and what happened to it."""

    kind: Break
    sequence: int
    message: str


@dataclass(frozen=True)
class Verdict:
    """How many events hold, where the sound part ends, and what is wrong after it."""

    checked: int
    tip: Tip
    problem: Problem | None = None


def canonical(entry: Entry) -> bytes:
    """The event as JSON that is the same on every machine and database: sorted keys, UTC, no space, without its hash."""
    fields: dict[str, object] = {**entry._asdict(), "v": VERSION}
    del fields["hash"]
    fields["at"] = entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return _encode(fields).encode("ascii")


def digest(entry: Entry) -> str:
    """SHA-256 over the canonical JSON, which holds the hash of the event before; 64 hexadecimal digits."""
    return hashlib.sha256(canonical(entry)).hexdigest()


def sealed(entry: Entry, *, after: Tip) -> Entry:
    """The event as the next one of a chain that ends in ``after``: numbered, linked and with its hash."""
    linked = entry._replace(sequence=after.sequence + 1, previous=after.hash)
    return linked._replace(hash=digest(linked))


def verify(entries: Iterable[Entry], *, start: Tip = START, head: Tip | None = None) -> Verdict:
    """Walk the chain from the event after ``start``. With ``head``, the chain must end exactly there."""
    tip, sound = start, array("Q")
    stream = iter(entries)
    for entry in stream:
        if entry.sequence != tip.sequence + 1 or entry.previous != tip.hash or digest(entry) != entry.hash:
            return Verdict(len(sound), tip, _first_broken(tip, entry, list(stream), head, sound))
        tip = entry.tip()
        sound.append(_mark(entry.hash))
    return Verdict(len(sound), tip, None if head is None else _ending(tip, head))


def _ending(tip: Tip, head: Tip) -> Problem | None:
    if tip.sequence < head.sequence:
        said = f"The events from {tip.sequence + 1} to {head.sequence} are gone from the end."
        return Problem(Break.TRUNCATED, tip.sequence + 1, said)
    if tip.sequence > head.sequence:
        said = f"Event {head.sequence + 1} stands after the head of the chain, which is {head.sequence}."
        return Problem(Break.INSERTED, head.sequence + 1, said)
    if tip.hash != head.hash:
        said = f"Event {tip.sequence} is not the one that the head of the chain names."
        return Problem(Break.CHANGED, tip.sequence, said)
    return None


def _first_broken(tip: Tip, entry: Entry, rest: list[Entry], head: Tip | None, sound: array[int]) -> Problem:
    """What happened, told from the broken event, what holds before it, and what comes after it."""
    expected = tip.sequence + 1
    if entry.sequence < expected:
        return Problem(Break.INSERTED, entry.sequence, f"Number {entry.sequence} stands there twice.")
    number = _own_number(entry, max(entry.sequence, expected + len(rest)) + REACH)
    moved = any(row.previous == tip.hash and _fits(row, expected) for row in rest)
    if (moved and number is not None and number > expected) or (number == expected != entry.sequence):
        return Problem(Break.REORDERED, expected, f"The event that was number {expected} stands somewhere else.")
    if moved:
        return Problem(Break.INSERTED, expected, f"Event {expected} was put in before the one that had that number.")
    if entry.sequence > expected:
        last = entry.sequence - 1
        said = f"Event {expected} is gone." if last == expected else f"Events {expected} to {last} are gone."
        return Problem(Break.DELETED, expected, said)
    if number is None:
        return Problem(Break.CHANGED, expected, f"Event {expected} is not what was recorded.")
    if number == expected:
        return _relinked(tip, entry, rest[0].previous if rest else head.hash if head else "")
    if number < expected:
        return _put_in(number, expected, entry, sound)
    return Problem(Break.DELETED, expected, f"Event {expected} is gone; the later ones were moved down.")


def _put_in(number: int, expected: int, entry: Entry, sound: array[int]) -> Problem:
    """An event that once had a lower number: it is a copy, or it was moved up by what was put in at its number."""
    place = number - expected + len(sound)
    if place < 0 or sound[place] == _mark(entry.hash):
        return Problem(Break.INSERTED, expected, f"Event {expected} is a copy of event {number}.")
    return Problem(Break.INSERTED, number, f"Event {number} was put in; the later ones were moved up.")


def _relinked(tip: Tip, entry: Entry, continued_from: str) -> Problem:
    """The event is whole but does not follow the one before: one of the two was written anew, with a fresh hash.

    When what comes later follows this event, it is the one before that was replaced.
    """
    culprit = tip.sequence if tip.sequence and continued_from == entry.hash else entry.sequence
    return Problem(Break.CHANGED, culprit, f"Event {culprit} was written anew, with a hash computed afterwards.")


def _mark(text: str) -> int:
    """Enough of a hash to know it again, in eight bytes: a chain of millions of events still fits in memory."""
    return int(text[:16], 16)


def _fits(entry: Entry, number: int) -> bool:
    """Whether the hash of this event was made with this number."""
    return digest(entry._replace(sequence=number)) == entry.hash


def _own_number(entry: Entry, most: int) -> int | None:
    """The number with which the hash of this event was made, at most ``most``; None when no number fits."""
    return next((number for number in (entry.sequence, *range(1, most + 1)) if _fits(entry, number)), None)
