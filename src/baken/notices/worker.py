"""A worker: a process that does the background jobs one by one, and every minute looks what is due."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.db import DatabaseError, close_old_connections, connection
from django.db.models import F
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker as Base
from django_tasks_db.models import DBTaskResult

from baken.notices import jobs, periodic, queue
from baken.notices.models import Worker

logger = logging.getLogger(__name__)
TICK = 60.0
"""Seconds between two ticks."""
PAUSE = 2.0
"""Seconds to wait when the database does not answer."""


class JobWorker(Base):
    """The worker of the package, which tries failed jobs again."""

    def __init__(self, *, interval: float = 1.0, batch: bool = False) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=secrets.token_hex(16),
        )

    def run_task(self, db_task_result: DBTaskResult[Any, Any]) -> None:
        """Do one job; put it off when it failed."""
        super().run_task(db_task_result)
        if db_task_result.status == queue.FAILED:
            queue.put_off(db_task_result, now=timezone.now())


class Ticker:
    """What happens every minute, beside the jobs."""

    def __init__(self, worker_id: str) -> None:
        self.worker_id = worker_id
        self.watch = queue.Watch()

    def tick(self) -> None:
        """Show that we live, begin what is due, mend what stands still. One that fails does not keep the others."""
        steps: tuple[Callable[[], object], ...] = (
            self.beat,
            lambda: periodic.start_due(timezone.now()),
            lambda: queue.mend(self.watch, now=timezone.now(), moment=time.monotonic()),
            lambda: jobs.call_tick_hooks(timezone.now()),
        )
        for step in steps:
            try:
                step()
            except DatabaseError as error:
                logger.error("The database did not answer in a tick: %s", jobs.where(error))
                close_old_connections()

    def beat(self) -> None:
        """One more minute alive."""
        now = timezone.now()
        if not Worker.objects.filter(pk=self.worker_id).update(seen_at=now, beats=F("beats") + 1):
            Worker.objects.create(pk=self.worker_id, started_at=now, seen_at=now)

    @contextmanager
    def running(self, *, parent: int | None) -> Iterator[None]:
        """Tick in a thread, until the end of the block."""
        stop = threading.Event()
        thread = threading.Thread(target=self._until, args=(stop, parent), name="ticks", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join(timeout=10)

    def _until(self, stop: threading.Event, parent: int | None) -> None:
        following = time.monotonic()
        while not stop.is_set():
            if parent is not None and os.getppid() != parent:
                # The server that started us is gone, killed perhaps.
                os.kill(os.getpid(), signal.SIGTERM)
                break
            if time.monotonic() >= following:
                following = time.monotonic() + TICK
                close_old_connections()
                self.tick()
            stop.wait(1.0)
        connection.close()


def work(*, interval: float = 1.0, parent: int | None = None) -> None:
    """Do jobs until a signal says to stop; the job that runs is finished first. Stops too when ``parent`` is gone."""
    worker = JobWorker(interval=interval)
    ticker = Ticker(worker.worker_id)
    worker.configure_signals()
    try:
        ticker.beat()
        jobs.call_start_hooks(timezone.now())
        with ticker.running(parent=parent):
            _run(worker)
    finally:
        jobs.call_stop_hooks(timezone.now())
        with suppress(DatabaseError):
            queue.leave(worker.worker_id, now=timezone.now())
            Worker.objects.filter(pk=worker.worker_id).delete()


def _run(worker: JobWorker) -> None:
    while worker.running:
        try:
            worker.run()
        except DatabaseError as error:
            logger.error("The database did not answer: %s", jobs.where(error))
            close_old_connections()
            time.sleep(PAUSE)
            _leave_again(worker)


def _leave_again(worker: JobWorker) -> None:
    """What we claimed before the database went away would wait for us forever: we live, so nobody takes it up."""
    with suppress(DatabaseError):
        queue.leave(worker.worker_id, now=timezone.now())
