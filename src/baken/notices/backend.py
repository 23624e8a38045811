"""The queue: a table in the same database, so that a job is there when its cause is, and only then."""

from __future__ import annotations

from typing import Any

from django_tasks.base import Task
from django_tasks_db.backend import DatabaseBackend, TaskResult

from baken.audit.kinds import CODE


class NotAnIdError(ValueError):
    """A job was given more than ids and codes, or is no job of ours. The message does not repeat what was given."""


class OnlyIds(DatabaseBackend):
    """The database queue, which refuses arguments that could hold what somebody wrote."""

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any, Any]:
        """Put a job in the queue. Raises NotAnIdError."""
        _check(task, args, kwargs)
        return super().enqueue(task, args, kwargs)

    async def aenqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any, Any]:
        """The same, where there is an event loop."""
        _check(task, args, kwargs)
        return await super().aenqueue(task, args, kwargs)


def _check(task: Task[Any, Any], args: Any, kwargs: Any) -> None:
    if not getattr(task.func, "is_job", False):
        raise NotAnIdError(f"{task.module_path} is no job: use the decorator baken.notices.jobs.job")
    if not all(_is_id(value) for value in (*args, *kwargs.values())):
        raise NotAnIdError(f"{task.module_path} takes ids and codes only")


def _is_id(value: object) -> bool:
    if isinstance(value, list | tuple):
        return all(_is_id(item) for item in value)
    if isinstance(value, str):
        return CODE.fullmatch(value) is not None
    return value is None or isinstance(value, bool | int)
