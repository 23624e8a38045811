"""Background jobs in tests: do what waits, as a worker would."""

from __future__ import annotations

from unittest import mock

from django_tasks_db.models import DBTaskResult

from baken.notices.worker import JobWorker


def run_jobs() -> None:
    """Do every job that is ready, and those that they put in the queue; failed ones are put off as always."""
    # A worker looks after each job whether its connection is too old; in the transaction of a test that would end the test.
    with mock.patch("django_tasks_db.management.commands.db_worker.close_old_connections"):
        JobWorker(interval=0, batch=True).run()


def waiting() -> list[str]:
    """Names of the jobs in the queue."""
    found = DBTaskResult.objects.filter(status="READY").order_by("enqueued_at")
    return [item.task_path.rpartition(".")[2] for item in found]
