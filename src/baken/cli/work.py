"""`baken work`: the background jobs."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from baken.cli.output import fail

STOPPING = 30
"""Seconds that a job may go on when the server stops."""


def work(
    parent: Annotated[
        int | None, typer.Option(help="Stop when the process with this number is gone; `baken serve` says so.")
    ] = None,
) -> None:
    """Do the background jobs: mail, clocks, erasing, new keys. Several may run, also on several machines.

    Needed beside web servers that were started with `baken serve --no-worker` or in another way.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baken.config.settings")
    import django

    django.setup()
    from django.db import DatabaseError

    from baken.cli.examinations import waiting_migrations
    from baken.notices.worker import work as work_until_stopped

    try:
        if waiting := waiting_migrations():
            fail(f"The database waits for {waiting} changes; run: django-admin migrate", code=1)
    except DatabaseError as error:
        fail(f"The database cannot be reached: {str(error).splitlines()[0]}. See: baken doctor", code=1)
    for name in ("django_tasks", "django_tasks_db"):
        # Our own log says in one line what these say in twenty.
        logging.getLogger(name).setLevel(logging.CRITICAL)
    if parent is None:
        typer.echo("Doing background jobs.  (stop with Ctrl+C)")
    work_until_stopped(parent=parent)


@contextmanager
def beside(*, wanted: bool) -> Iterator[None]:
    """A worker in a process of its own, that stops with the block, and also when we are killed."""
    if not wanted:
        yield
        return
    # In a session of its own: Ctrl+C is for the server, which then tells the worker.
    command = [sys.executable, "-c", "from baken.cli import main; main()", "work", "--parent", str(os.getpid())]
    process = subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own command
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=STOPPING)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
