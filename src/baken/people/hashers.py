"""Slow hashes: what one guess at a password costs, and that a rush of sign-ins does not take all memory.

The key that opens what is sealed is wrapped with the same password. A sign-in hash that is cheaper to guess than that
wrapping would be where a thief starts, so both cost the same: 256 MiB and three passes (libsodium's MODERATE).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher


class BusyError(Exception):
    """Too many slow hashes at once, and none of them ended in time. The visitor is asked to try again."""


_in_front: ContextVar[bool] = ContextVar("in_front", default=False)


@contextmanager
def in_front(*, really: bool = True) -> Iterator[None]:
    """Let slow hashes in here go before those of strangers: somebody who is signed in, or whose browser did the work.

    It says nothing about the address that is typed, so that a flood does not show who is a member.
    """
    token = _in_front.set(really or _in_front.get())
    try:
        yield
    finally:
        _in_front.reset(token)


def go_in_front() -> None:
    """From here to the end of the `in_front` around it."""
    _in_front.set(True)


class _Places:
    """So many may be inside at once, in this process; who is inside may go in again, so that nothing waits for itself.

    Strangers leave one place free where there are several, and wait as long as anybody who goes in front waits.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._taken = 0
        self._waiting_in_front = 0
        self._own = threading.local()

    def _is_free(self, places: int, *, front: bool) -> bool:
        if front or places == 1:
            return self._taken < places and (front or not self._waiting_in_front)
        return self._taken < places - 1 and not self._waiting_in_front

    def enter(self, *, places: int, seconds: float) -> None:
        """Take a place, or wait for one. Raises BusyError after so many seconds."""
        depth = getattr(self._own, "depth", 0)
        if depth == 0:
            front = _in_front.get()
            end = time.monotonic() + seconds
            with self._changed:
                self._waiting_in_front += front
                try:
                    left = max(0.0, end - time.monotonic())
                    if not self._changed.wait_for(lambda: self._is_free(places, front=front), timeout=left):
                        raise BusyError
                    self._taken += 1
                finally:
                    self._waiting_in_front -= front
                    self._changed.notify_all()
        self._own.depth = depth + 1

    def leave(self) -> None:
        """Give the place back."""
        self._own.depth -= 1
        if self._own.depth == 0:
            with self._changed:
                self._taken -= 1
                self._changed.notify_all()


_places = _Places()


@contextmanager
def expensive() -> Iterator[None]:
    """Stand in line before work that takes 256 MiB: ``BAKEN_HASHES_AT_ONCE`` at once per process, the others wait.

    Raises BusyError after ``BAKEN_HASH_WAIT`` seconds; the gatekeeper makes a calm page of it (503, with Retry-After).
    """
    _places.enter(places=settings.BAKEN_HASHES_AT_ONCE, seconds=settings.BAKEN_HASH_WAIT)
    try:
        yield
    finally:
        _places.leave()


class SlowArgon2Hasher(Argon2PasswordHasher):
    """Argon2id at the cost of libsodium's MODERATE, a few at once. Cheaper hashes are made anew at the next sign-in."""

    time_cost = 3
    memory_cost = 256 * 1024
    """KiB."""
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """The hash as the table keeps it. Raises BusyError."""
        with expensive():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Is this the password? Raises BusyError."""
        with expensive():
            return super().verify(password, encoded)
