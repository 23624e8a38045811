"""Upkeep of the queue: try again what failed or was left behind by a worker that is gone, and throw away what is done."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django_tasks_db.models import DBTaskResult, get_date_max

from baken.notices.jobs import JobFailedError, class_of
from baken.notices.models import Worker
from baken.notices.moments import BACK_OFF, DAY, MINUTE, next_try

logger = logging.getLogger(__name__)
KEEP_DONE = DAY
KEEP_GIVEN_UP = 30 * DAY
SILENT = 180.0
"""Seconds without a beat after which a worker counts as gone; it beats every minute."""
READY, RUNNING, FAILED, SUCCESSFUL = "READY", "RUNNING", "FAILED", "SUCCESSFUL"
FAILED_CLASS = class_of(JobFailedError())
NEUTRAL = re.compile(rf"^{re.escape(FAILED_CLASS)}: [\w.]+$")
"""The only line of a traceback that is kept: our own, which names a class."""


def without_words(sender: Any, instance: DBTaskResult[Any, Any], **_: Any) -> None:
    """Before a job is saved: keep nothing of a traceback but the class of what went wrong."""
    if instance.traceback:
        last = instance.traceback.strip().splitlines()[-1]
        instance.traceback = last if NEUTRAL.fullmatch(last) else ""


def put_off(found: DBTaskResult[Any, Any], *, now: dt.datetime) -> None:
    """Let a job that failed, or whose worker is gone, be tried again later; after the last try it is given up."""
    still = DBTaskResult.objects.filter(pk=found.pk, status=found.status, worker_ids=found.worker_ids)
    again = next_try(max(len(found.worker_ids), 1), now=now)
    if again is not None:
        still.update(status=READY, run_after=again, finished_at=None)
    elif still.update(status=FAILED, finished_at=now):
        logger.error("Job %s was given up", found.task_path)


class Watch:
    """Which workers are gone, by the count that each keeps. Looks at no wall clock: those jump."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, float]] = {}

    def gone(self, workers: Iterable[str], beats: Mapping[str, int], *, moment: float) -> set[str]:
        """Of these workers, those without a row, or whose count stood still for ``SILENT`` seconds (of a steady clock)."""
        found = set()
        for worker in workers:
            beat = beats.get(worker, -1)
            known, since = self._known.get(worker, (beat, moment))
            if known != beat:
                since = moment
            self._known[worker] = (beat, since)
            if beat < 0 or moment - since >= SILENT:
                found.add(worker)
        return found


def mend(watch: Watch, *, now: dt.datetime, moment: float) -> None:
    """Take up what a worker that is gone left behind, and what a wrong clock put off too far."""
    running = {found: found.worker_ids[-1] for found in DBTaskResult.objects.running() if found.worker_ids}
    beats = dict(Worker.objects.values_list("id", "beats"))
    gone = watch.gone(running.values(), beats, moment=moment)
    for found, worker in running.items():
        if worker in gone:
            put_off(found, now=now)
    for found in DBTaskResult.objects.failed():
        if len(found.worker_ids) <= len(BACK_OFF):
            put_off(found, now=now)
    far = Q(run_after__gt=now + BACK_OFF[-1] + MINUTE) & ~Q(run_after=get_date_max()) & ~Q(worker_ids=[])
    DBTaskResult.objects.filter(far, status=READY).update(run_after=now)


def leave(worker_id: str, *, now: dt.datetime) -> None:
    """A worker stops, or lost its database for a while: what it was doing is for another."""
    for found in DBTaskResult.objects.running():
        if found.worker_ids and found.worker_ids[-1] == worker_id:
            put_off(found, now=now)


def prune(now: dt.datetime) -> None:
    """Throw away what is done since a day, what was given up since 30, and workers that are gone."""
    old = Q(status=SUCCESSFUL, finished_at__lte=now - KEEP_DONE) | Q(
        status=FAILED, finished_at__lte=now - KEEP_GIVEN_UP
    )
    ahead = Q(status__in=(SUCCESSFUL, FAILED), finished_at__gt=now + KEEP_DONE)
    DBTaskResult.objects.filter(old | ahead).delete()
    Worker.objects.filter(Q(seen_at__lte=now - DAY) | Q(seen_at__gt=now + DAY)).delete()
