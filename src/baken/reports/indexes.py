"""Search indexes in the memory of this process, each tied to one unlocked session. They hold clear text: nothing is written.

An index is found only by the random id in the session, by the same member, with the same keys of the inbox unlocked. It goes
at sign-out, when others need the place, and after 15 minutes at the latest, whether somebody asks or not.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest

from baken.reports.search import Index
from baken.vault.session import when_locked

NAME = "search"
MOST = 8
MAX_AGE = 15 * 60.0
"""Seconds; as long as a session lasts without use."""


@dataclass(frozen=True, slots=True)
class _Kept:
    index: Index
    about: Hashable
    owner: Hashable
    until: float


@dataclass(slots=True)
class Indexes:
    """The indexes of a process; the one that was used longest ago goes first."""

    clock: Callable[[], float] = time.monotonic
    _kept: OrderedDict[str, _Kept] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: str, owner: Hashable, about: Hashable) -> Index | None:
        """The index of a session, if it belongs to this owner and is still about the same."""
        with self._lock:
            self._prune()
            found = self._kept.get(key)
            if found is None or found.owner != owner or found.about != about:
                return None
            self._kept.move_to_end(key)
            return found.index

    def put(self, key: str, owner: Hashable, about: Hashable, index: Index) -> None:
        """Keep an index for a session, in place of its older one."""
        with self._lock:
            self._kept[key] = _Kept(index, about, owner, self.clock() + MAX_AGE)
            self._kept.move_to_end(key)
            self._prune()
        timer = threading.Timer(MAX_AGE + 1, self.prune)
        timer.daemon = True
        timer.start()

    def drop(self, key: str) -> None:
        """Forget the index of a session."""
        with self._lock:
            self._kept.pop(key, None)

    def prune(self) -> None:
        """Forget what is too old."""
        with self._lock:
            self._prune()

    def __len__(self) -> int:
        return len(self._kept)

    def _prune(self) -> None:
        now = self.clock()
        for key in [key for key, kept in self._kept.items() if kept.until <= now]:
            del self._kept[key]
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)


indexes = Indexes()


def session_key(request: HttpRequest) -> str:
    """The random id of this session's index; it says nothing about what is in it."""
    key = request.session.get(NAME)
    if not key:
        key = request.session[NAME] = secrets.token_hex(16)
    return str(key)


def forget(request: HttpRequest | None = None, **_more: Any) -> None:
    """Forget the index of a session that ends."""
    if request is not None and hasattr(request, "session"):
        key = request.session.get(NAME)
        if key:
            indexes.drop(str(key))


user_logged_out.connect(forget, dispatch_uid="reports.indexes.forget")
when_locked(forget)
