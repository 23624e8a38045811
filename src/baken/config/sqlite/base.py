"""Django's SQLite with a queue for writers.

SQLite lets a writer that must wait look again after ever longer pauses, and whoever looks at the right moment goes first:
among 32 writers some then wait seconds. Here each transaction first waits its turn for a lock on a file beside the database,
which the system hands on at once. A process that dies lets go of it. Readers never wait.
"""

from __future__ import annotations

import contextlib
import os

from django.db.backends.sqlite3 import base

try:
    import fcntl

    CAN_QUEUE = True
except ImportError:
    # Where there is no such lock, SQLite's own waiting remains.
    CAN_QUEUE = False


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions queue up."""

    _turn: int | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._wait_for_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _wait_for_turn(self) -> None:
        if not CAN_QUEUE or self._turn is not None or self.is_in_memory_db():
            return
        opened = os.open(f"{self.settings_dict['NAME']}-queue", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX)
        except BaseException:
            os.close(opened)
            raise
        self._turn = opened

    def _end_turn(self) -> None:
        if self._turn is not None:
            opened, self._turn = self._turn, None
            with contextlib.suppress(OSError):
                # Closing lets go of the lock.
                os.close(opened)
