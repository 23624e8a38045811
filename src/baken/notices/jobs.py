"""Background jobs: what runs after the answer, in a worker, and survives a restart.

The table of jobs is in clear, so a job takes ids and codes only, gives nothing back, and fails without words: what went wrong
is kept as the class of the exception. A job that fails is tried again after a while (``moments.BACK_OFF``).

A job may run more than once: a worker can stop at any point, also right before it notes that it is done. Write jobs so that
a second run finds nothing left to do.
"""

from __future__ import annotations

import datetime as dt
import functools
import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, overload

from django_tasks import task
from django_tasks.base import Task

P = ParamSpec("P")
Hook = Callable[[dt.datetime], None]
logger = logging.getLogger(__name__)
_on_start: list[Hook] = []
_on_tick: list[Hook] = []
_on_stop: list[Hook] = []


class JobFailedError(Exception):
    """A job failed. The message is the class of the exception that it met, never its words."""


@overload
def job(function: Callable[P, None]) -> Task[P, None]: ...
@overload
def job(*, priority: int = 0) -> Callable[[Callable[P, None]], Task[P, None]]: ...
def job(
    function: Callable[P, None] | None = None, *, priority: int = 0
) -> Task[P, None] | Callable[[Callable[P, None]], Task[P, None]]:
    """Make a function of a module a job: ``send.enqueue(str(id))``, in the transaction of what it follows from.

    Take ids and codes only (text of at most 64 characters without spaces, numbers, lists of these); the queue refuses others.
    A ``priority`` from -100 to 100 orders what waits.
    """

    def wrapped(function: Callable[P, None]) -> Task[P, None]:
        return task(priority=priority)(_without_words(function))

    return wrapped(function) if function is not None else wrapped


def enqueue_once(job: Task[Any, None], *args: str) -> None:
    """Put a job in the queue, unless the same one waits there ready to run.

    For jobs that do all there is to do at that moment: one that waits will also see what this transaction writes, or the
    periodic job that looks again does.
    """
    from django_tasks_db.models import DBTaskResult

    same = DBTaskResult.objects.ready().filter(
        task_path=job.module_path, args_kwargs={"args": list(args), "kwargs": {}}
    )
    if not same.exists():
        job.enqueue(*args)


def on_worker_start(run: Hook) -> None:
    """Call ``run(now)`` in each worker before its first job. Register in ``AppConfig.ready``."""
    _add(_on_start, run)


def on_worker_tick(run: Hook) -> None:
    """Call ``run(now)`` in each worker every minute, in a thread beside the jobs, also during a long one. Keep it short."""
    _add(_on_tick, run)


def on_worker_stop(run: Hook) -> None:
    """Call ``run(now)`` in each worker that stops in an orderly way. One that is killed does not get there."""
    _add(_on_stop, run)


def call_start_hooks(now: dt.datetime) -> None:
    """A worker starts. An exception of a hook stops it."""
    for run in _on_start:
        run(now)


def call_tick_hooks(now: dt.datetime) -> None:
    """A worker ticks. A hook that fails does not keep the others from running."""
    _call_each(_on_tick, now)


def call_stop_hooks(now: dt.datetime) -> None:
    """A worker stops; the same."""
    _call_each(_on_stop, now)


def where(error: BaseException) -> str:
    """Class of an exception, and its last place in the code; never its message."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{class_of(error)}{place}"


def class_of(error: BaseException) -> str:
    """Class of an exception, with its module."""
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _call_each(hooks: list[Hook], now: dt.datetime) -> None:
    for run in hooks:
        try:
            run(now)
        except Exception as error:  # noqa: BLE001 - whatever one room does wrong, the worker goes on for the others
            logger.error("A hook of the worker failed: %s", where(error))


def _add(hooks: list[Hook], run: Hook) -> None:
    if run not in hooks:
        hooks.append(run)


def _without_words(function: Callable[P, None]) -> Callable[P, None]:
    """The function, failing with nothing but the class of what went wrong."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        failed = ""
        try:
            function(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 - that is the point: no exception gets out with its words
            failed = class_of(error)
            logger.error("Job %s failed: %s", function.__name__, where(error))
        # Outside the handler, so that the first exception does not hang on the second as its context.
        if failed:
            raise JobFailedError(failed)

    run.is_job = True  # type: ignore[attr-defined]
    return run
