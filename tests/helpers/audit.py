"""Help for tests that touch the audit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations

from baken.audit import guards
from baken.audit.actions import record
from baken.audit.kinds import Action, Actor, Kind, Subject
from baken.audit.models import Event

NOW = dt.datetime(2026, 11, 21, 9, 0, 0, 123456, tzinfo=dt.UTC)
ANN = Actor(member_id="a1b2c3d4-0000-4000-8000-000000000001", organisation_id="org-1", function="focal_point")
_flush = BaseDatabaseOperations.execute_sql_flush


def _flush_without_guards(self: BaseDatabaseOperations, sql_list: Iterable[str]) -> None:
    """Empty the tables between tests. In an installation the guards refuse that, as they should."""
    there = self.connection.introspection.table_names()
    if "audit_event" not in there:
        _flush(self, sql_list)
        return
    guards.lift(self.connection)
    try:
        _flush(self, sql_list)
    finally:
        guards.put(self.connection)


def let_tests_flush() -> None:
    """Let the test runner empty the audit after a test that commits."""
    BaseDatabaseOperations.execute_sql_flush = _flush_without_guards  # type: ignore[method-assign]


def record_some(count: int, **changes: Any) -> list[Event]:
    """That many events, a minute apart."""
    given = {"by": ANN, "action": Action.READ, **changes}
    with transaction.atomic():
        return [
            record(on=Subject(Kind.REPORT, f"report-{number}"), now=NOW + dt.timedelta(minutes=number), **given)
            for number in range(1, count + 1)
        ]


@contextmanager
def unguarded() -> Iterator[Any]:
    """A cursor for an intruder who may drop the guards and write anything; the guards are put back, to hide it."""
    with transaction.atomic():
        guards.lift(connection)
        with connection.cursor() as cursor:
            yield cursor
        guards.put(connection)
