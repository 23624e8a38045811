"""Jobs for tests. A job must stand in a module that a worker can import."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from baken.notices.jobs import job

CANARY = "kanarie-vogel-7"
done: list[str] = []
fails: list[bool] = []
"""One item for each run that is still to fail."""


@job
def note(name: str) -> None:
    """Remember that it ran; fail with a telling message while told to."""
    if fails:
        fails.pop()
        secret = CANARY
        raise ValueError(f"{secret} could not be read")
    done.append(name)


@job
def stopped(name: str) -> None:
    """What a second signal does to a worker in the middle of a job."""
    raise SystemExit(f"{CANARY} {name}")


@task
def not_ours(name: str) -> None:
    """A task of the package, without our care."""
    done.append(name)


def periodic(_now: dt.datetime) -> None:
    """A periodic job."""
    note.func("periodic")
