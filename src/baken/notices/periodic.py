"""Periodic jobs: clocks, digests, erasing. Rooms register them; of all workers together one begins each, once per interval."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from baken.notices.jobs import job
from baken.notices.models import PeriodicRun
from baken.notices.moments import MINUTE, is_due


@dataclass(frozen=True, slots=True)
class Periodic:
    """Something to do again and again."""

    name: str
    every: dt.timedelta
    run: Callable[[dt.datetime], object]


_known: dict[str, Periodic] = {}


def register(*, name: str, every: dt.timedelta, run: Callable[[dt.datetime], object]) -> None:
    """Run ``run(now)`` as a background job once in ``every`` (a minute or more). Call it from ``AppConfig.ready``.

    After a stop or a sleep it runs once, not once for each interval that passed: do all there is to do at ``now``. It may
    be cut off and run again. Raises ValueError when the interval is too short or another job has the name.
    """
    if every < MINUTE:
        raise ValueError(f"Periodic job {name}: an interval is at least a minute")
    if name in _known and _known[name].run != run:
        raise ValueError(f"Two periodic jobs are called {name}")
    _known[name] = Periodic(name, every, run)


@job
def run_periodic(name: str) -> None:
    """Do one of them."""
    found = _known.get(name)
    if found is not None:
        found.run(timezone.now())


def start_due(now: dt.datetime) -> list[str]:
    """Put what is due in the queue; returns the names of what this call began."""
    begun = dict(PeriodicRun.objects.values_list("name", "begun_at"))
    started = []
    for name, found in _known.items():
        if is_due(begun.get(name), every=found.every, now=now):
            with transaction.atomic():
                if _claim(name, begun.get(name), now):
                    _begin(name, now)
                    started.append(name)
    return started


def _claim(name: str, last: dt.datetime | None, now: dt.datetime) -> bool:
    """Are we the first to see that it is due? The row changes only if it still says what we read."""
    if last is None:
        _row, made = PeriodicRun.objects.get_or_create(name=name, defaults={"begun_at": now})
        return made
    return PeriodicRun.objects.filter(name=name, begun_at=last).update(begun_at=now) == 1


def _begin(name: str, now: dt.datetime) -> None:
    """In the queue; when it still waits there after a failure, now; when it still runs, not again."""
    from django_tasks_db.models import DBTaskResult

    same = DBTaskResult.objects.filter(task_path=run_periodic.module_path, args_kwargs={"args": [name], "kwargs": {}})
    if same.filter(status="READY").exists():
        same.filter(status="READY", run_after__gt=now, run_after__year__lt=9999).update(run_after=now)
    elif not same.filter(status="RUNNING").exists():
        run_periodic.enqueue(name)
