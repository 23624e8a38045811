"""A visitor says that something about a service is wrong: what and on which day, and nothing about the visitor."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from baken.audit.actions import record as audit
from baken.audit.kinds import Action, Actor, Kind, Subject
from baken.directory import models
from baken.directory.actions.stale import refresh
from baken.directory.models.keeping import SIGNALS

MOST_A_DAY = 20
"""More of the same on one day says nothing new, and is not counted."""


def signal(*, service_id: uuid.UUID, what: str, now: dt.datetime) -> bool:
    """Count a signal; the first of its day brings the check forward to today. Returns whether it was the first.

    Raises ValueError for another ``what`` than those of `SIGNALS`.
    """
    if what not in SIGNALS:
        raise ValueError(f"No such signal: {what}")
    day = timezone.localdate(now)
    with transaction.atomic():
        found, made = models.Signal.objects.get_or_create(service_id=service_id, what=what, day=day)
        more = models.Signal.objects.filter(pk=found.pk, count__lt=MOST_A_DAY)
        counted = made or more.update(count=F("count") + 1, handled_at=None)
        # Somebody looked at it today, and still it is said again.
        if made or (counted and found.handled_at is not None):
            refresh(service_id=service_id, now=now)
            audit(by=Actor(), action=Action.SERVICE_SIGNALLED, on=Subject(Kind.SERVICE, str(service_id)), now=now)
    return made


def signalled_on(day: dt.date) -> int:
    """How many services somebody signalled on a day: how busy it is."""
    return models.Signal.objects.filter(day=day).values("service_id").distinct().count()
