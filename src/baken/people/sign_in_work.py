"""Work at the form to sign in, done by the browser while somebody types. Whoever did it goes before who did not.

Two places for slow hashes are kept busy by anybody who sends passwords. Nobody is refused for lack of work and nobody sees a
puzzle; in a quiet moment it makes no difference. Beside it, it says nothing about who is a member.
"""

from __future__ import annotations

import datetime as dt
import secrets
import threading
import uuid
from collections import OrderedDict

from django.utils import timezone
from django.utils.crypto import salted_hmac

from baken.people import proof

PLACE = str(uuid.UUID(int=0))
"""In the place of an organisation: the challenge of a report does not open this door, nor this one that."""
BITS_FLOOR, BITS_CAP = 14, 18
"""Some 130 thousand hashes (below a second) as usual, up to some 2 million (seconds) in a flood."""
MOST_SPENT = 20_000


class _Spent:
    """Challenges that were used, in this process: each works once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._when: OrderedDict[str, dt.datetime] = OrderedDict()

    def spend(self, challenge: proof.Challenge, now: dt.datetime) -> bool:
        """True the first time."""
        with self._lock:
            self._forget(now)
            if challenge.spent in self._when:
                return False
            self._when[challenge.spent] = now
            return True

    def lately(self, now: dt.datetime) -> int:
        """How many in the last ten minutes."""
        with self._lock:
            return sum(now - when <= proof.WINDOW for when in self._when.values())

    def _forget(self, now: dt.datetime) -> None:
        while self._when:
            oldest = next(iter(self._when))
            if len(self._when) < MOST_SPENT and now - self._when[oldest] <= proof.LIFE:
                return
            del self._when[oldest]


_spent = _Spent()


def challenge() -> str:
    """What a form to sign in carries."""
    now = timezone.now()
    bits = min(BITS_FLOOR + proof.load(_spent.lately(now)), BITS_CAP)
    return proof.Challenge(PLACE, now, bits, secrets.token_hex(16)).signed(_key())


def is_done(typed: str, answer: str) -> bool:
    """Was the work of a challenge of ours done, for the first time?"""
    found, now = proof.read(typed, _key()), timezone.now()
    if found is None or found.organisation != PLACE or not dt.timedelta(seconds=-1) <= now - found.at <= proof.LIFE:
        return False
    return proof.is_solved(found, answer) and _spent.spend(found, now)


def _key() -> bytes:
    return salted_hmac("baken.people.sign_in_work", "challenge", algorithm="sha256").digest()
