"""Work that shows a form is not sent by a flood: how much, for how long, and whether it was done. Pure.

A form of somebody without an account carries a challenge: which organisation, when, how hard, and a random number, signed by
this server. The browser spends some work on the number, or the challenge simply ages. Either will do, each challenge works
once, and what falls short is asked for again: nobody is ever refused. The busier an inbox, the more work, up to some seconds.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
from dataclasses import dataclass
from enum import StrEnum

SOLUTIONS = 8
"""Numbers to find for one challenge: eight small puzzles take much more evenly long than one big one."""
BITS_FLOOR, BITS_CAP = 10, 16
"""Zero bits in front of each hash: some 8 thousand hashes (50 ms on a telephone) up to some 500 thousand (a few seconds)."""
SLACK = 1
"""A form that was opened before it grew busier is not sent back for one step."""
CALM = 20
"""So many reports in `WINDOW` are no flood; each doubling beyond asks twice the work and twice the wait."""
WINDOW = dt.timedelta(minutes=10)
LIFE = dt.timedelta(hours=2)
WAIT_FLOOR, WAIT_CAP, WAIT_URGENT = 15, 240, 3
"""Seconds that a challenge must be old when no work was done."""
_TEXT = re.compile(r"1\.([0-9a-f-]{36})\.([0-9]{1,12})\.([0-9]{1,2})\.([0-9a-f]{32})\.([0-9a-f]{64})", re.ASCII)
_PROOF = re.compile(r"[0-9]{1,10}(?:,[0-9]{1,10}){7}", re.ASCII)


class Verdict(StrEnum):
    """What comes of a form."""

    ENOUGH = "enough"
    TOO_QUICK = "too_quick"
    """No work was done and the challenge is young: press again in a moment."""
    TOO_LITTLE = "too_little"
    """It has grown busier since the form was opened: a little more work."""
    STALE = "stale"
    """Not a challenge of ours for this organisation, or one from hours ago: a new one."""


@dataclass(frozen=True)
class Challenge:
    """What a form carries. ``at``: whole seconds; ``random``: 32 hexadecimal digits."""

    organisation: str
    at: dt.datetime
    bits: int
    random: str

    def signed(self, key: bytes) -> str:
        """As it stands in the form."""
        return f"{self._text}.{_signature(self._text, key)}"

    @property
    def _text(self) -> str:
        return f"1.{self.organisation}.{int(self.at.timestamp())}.{self.bits}.{self.random}"

    @property
    def spent(self) -> str:
        """What is kept when it was used: says which number it was, and leads back to nobody."""
        return hashlib.sha256(self.random.encode()).hexdigest()


def load(spent: int) -> int:
    """How busy an inbox is: 0 as usual, and 1 more for each doubling of the proofs spent in `WINDOW`."""
    return max(0, (spent // CALM).bit_length())


def bits_for(spent: int) -> int:
    """Zero bits for a challenge that is given out now."""
    return min(BITS_FLOOR + load(spent), BITS_CAP)


def wait_for(spent: int, *, urgent: bool) -> int:
    """Seconds that a form without work waits. Whoever says that somebody is in danger never waits longer for the flood."""
    return WAIT_URGENT if urgent else int(min(WAIT_FLOOR * 2 ** min(load(spent), BITS_CAP), WAIT_CAP))


def read(text: str, key: bytes) -> Challenge | None:
    """The challenge of a form, or None for what this server did not sign."""
    found = _TEXT.fullmatch(text)
    if found is None or not hmac.compare_digest(_signature(text.rpartition(".")[0], key), found[5]):
        return None
    at = dt.datetime.fromtimestamp(int(found[2]), tz=dt.UTC)
    return Challenge(organisation=found[1], at=at, bits=int(found[3]), random=found[4])


def judge(
    challenge: Challenge | None, proof: str, *, organisation: str, now: dt.datetime, spent: int, urgent: bool
) -> Verdict:
    """Is this form let through? ``spent``: proofs used for the organisation in `WINDOW` before ``now``."""
    if challenge is None or challenge.organisation != organisation:
        return Verdict.STALE
    age = now - challenge.at
    if not dt.timedelta(seconds=-1) <= age <= LIFE:
        return Verdict.STALE
    if age >= dt.timedelta(seconds=wait_for(spent, urgent=urgent)):
        return Verdict.ENOUGH
    wanted = BITS_FLOOR if urgent else max(bits_for(spent) - SLACK, BITS_FLOOR)
    if challenge.bits >= wanted and is_solved(challenge, proof):
        return Verdict.ENOUGH
    return Verdict.TOO_LITTLE if proof else Verdict.TOO_QUICK


def is_solved(challenge: Challenge, proof: str) -> bool:
    """Are these the different numbers whose hashes with the random number begin with enough zero bits?"""
    if not _PROOF.fullmatch(proof):
        return False
    numbers = [int(number) for number in proof.split(",")]
    if sorted(set(numbers)) != numbers:
        return False
    return all(_fits(challenge, number) for number in numbers)


def solve(challenge: Challenge) -> str:
    """The work itself, for tests and for programs; in the browser ``work.js`` does it."""
    found: list[int] = []
    number = 0
    while len(found) < SOLUTIONS:
        if _fits(challenge, number):
            found.append(number)
        number += 1
    return ",".join(map(str, found))


def _fits(challenge: Challenge, number: int) -> bool:
    digest = hashlib.sha256(f"{challenge.random}:{number}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> (32 - challenge.bits) == 0


def _signature(text: str, key: bytes) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
