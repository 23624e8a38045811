"""A ticket on a page that takes something from anybody: it says which service and since when, so that a flood must wait. Pure.

While few services are signalled a day, one tap is enough. When it is busy, the page comes back with a ticket and asks for one
more tap after some seconds: nobody is refused, nothing about the visitor is kept, and a program has to wait for every service.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
import uuid
from enum import StrEnum

CALM = 20
"""So many services signalled in a day are no flood."""
WAIT_FLOOR, WAIT_CAP = 3, 60
"""Seconds that a ticket must be old when it is busy; twice as long with each doubling."""
LIFE = dt.timedelta(hours=2)
_TEXT = re.compile(r"([0-9]{1,12})\.([0-9a-f]{64})", re.ASCII)


class Verdict(StrEnum):
    """What comes of a tap."""

    ENOUGH = "enough"
    WAIT = "wait"
    """The ticket is good, but young."""
    NEW = "new"
    """No ticket of ours, or an old one: a new one."""


def wait_for(today: int) -> int:
    """Seconds to wait when so many services were signalled today; 0 when it is calm."""
    if today < CALM:
        return 0
    return int(min(WAIT_FLOOR * 2 ** min((today // CALM).bit_length() - 1, 10), WAIT_CAP))


def ticket(service_id: uuid.UUID, *, now: dt.datetime, key: bytes) -> str:
    """A ticket for one service, from now on."""
    at = str(int(now.timestamp()))
    return f"{at}.{_signature(service_id, at, key)}"


def judge(text: str, service_id: uuid.UUID, *, today: int, now: dt.datetime, key: bytes) -> Verdict:
    """Is this tap let through?"""
    wait = wait_for(today)
    if not wait:
        return Verdict.ENOUGH
    found = _TEXT.fullmatch(text)
    if found is None or not hmac.compare_digest(_signature(service_id, found[1], key), found[2]):
        return Verdict.NEW
    age = now - dt.datetime.fromtimestamp(int(found[1]), tz=dt.UTC)
    if not dt.timedelta(seconds=-1) <= age <= LIFE:
        return Verdict.NEW
    return Verdict.ENOUGH if age >= dt.timedelta(seconds=wait) else Verdict.WAIT


def _signature(service_id: uuid.UUID, at: str, key: bytes) -> str:
    return hmac.new(key, f"{service_id}.{at}".encode(), hashlib.sha256).hexdigest()
