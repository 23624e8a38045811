"""Faults at every write: the n-th statement that writes does not happen, as when the power fails there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class Killed(BaseException):
    """The process ends here. Not an Exception: nothing may catch it and carry on."""


@contextmanager
def killed_at(number: int | None) -> Iterator[list[str]]:
    """Stop at write ``number`` (from 0; None: at none). Yields the writes that were tried."""
    tried: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES):
            if len(tried) == number:
                raise Killed
            tried.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield tried


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all our tables, to see that nothing is half-done."""
    found = {}
    for model in apps.get_models():
        if model.__module__.startswith(("baken.", "django_tasks_db")):
            rows = [
                tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)
                for row in model._default_manager.order_by("pk").values_list()
            ]
            found[model._meta.label] = rows
    return found


def all_or_nothing(act: Callable[[], object]) -> int:
    """Try ``act`` once for every write it makes, killed there: each time nothing at all may have changed. Then let it finish.

    Returns how many writes it makes. The audit must be whole at the end.
    """
    from baken.audit.queries import check_chain

    before = everything()
    number = 0
    while True:
        try:
            with killed_at(number) as tried:
                act()
        except Killed:
            assert everything() == before, f"half-done after write {number}: {tried[-1:]}"
            number += 1
            continue
        break
    assert everything() != before, "it did nothing"
    assert check_chain().sound
    return number


def cut_off_anywhere(act: Callable[[], object]) -> int:
    """For what goes on in portions: cut off at each write in turn and begun again, it comes to the same end as at once.

    Returns how often it was cut off. A second time it has nothing to do.
    """
    from baken.audit.queries import check_chain

    before = everything()
    number = 0
    while True:
        try:
            with killed_at(number):
                act()
        except Killed:
            assert check_chain().sound
            number += 1
            continue
        break
    done = everything()
    assert done != before, "it did nothing"
    act()
    assert everything() == done, "a second time it did something again"
    assert check_chain().sound
    return number
