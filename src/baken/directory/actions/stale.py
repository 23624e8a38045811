"""What follows from how true a service is: its dates, hiding it, showing it again, and the alarm where it cannot be hidden."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction

from baken.audit.actions import record as audit
from baken.audit.kinds import Action, Kind, Outcome, Subject
from baken.directory import models
from baken.directory.freshness import Standing, State
from baken.directory.index import follow
from baken.directory.knowing import pack_of, standing_of, with_checks
from baken.directory.queries import NOT_AT_WORK
from baken.directory.reach import DOOR_KINDS, Serving, left_without, reach_of
from baken.directory.rows import record_of, whole
from baken.people.actor import Acting, actor_of

LAST_DOOR, STALE_DOOR, NOBODY_ANSWERS = "last_door", "stale_door", "nobody_answers"
TRUSTED = (State.FRESH, State.DUE)


def refresh(*, service_id: uuid.UUID, now: dt.datetime) -> Standing:
    """Work out anew when a service was sure and is due, and keep that beside it. Call it inside the transaction of its cause."""
    service = with_checks(models.Service.objects.filter(pk=service_id)).get()
    found = standing_of(service, now=now)
    if (service.verified_at, service.due_on) != (found.verified_at, found.due_on):
        models.Service.objects.filter(pk=service_id).update(verified_at=found.verified_at, due_on=found.due_on)
    return found


def hide(*, by: Acting | None, service_id: uuid.UUID, now: dt.datetime, why: str = LAST_DOOR) -> bool:
    """Hide a service that nobody could confirm; editors still see it. Returns whether it is hidden.

    The last one of its kind for a municipality stays, with an alarm. ``why`` is the alarm that is raised then.
    """
    with transaction.atomic():
        service = models.Service.objects.select_for_update().get(pk=service_id)
        if service.stale_hidden_at is not None:
            return True
        subject = Subject(Kind.SERVICE, str(service_id))
        if places := without(service):
            raised = raise_alarm(what=why, service_id=service_id, municipality=min(places), now=now)
            if raised:
                audit(by=actor_of(by), action=Action.SERVICE_HIDDEN, on=subject, now=now, outcome=Outcome.REFUSED)
            return False
        models.Service.objects.filter(pk=service_id).update(stale_hidden_at=now)
        follow(service_id, now=now)
        audit(by=actor_of(by), action=Action.SERVICE_HIDDEN, on=subject, now=now)
    return True


def without(service: models.Service) -> frozenset[str]:
    """Places that would have no such service any more without this one. Nobody else can hide another one meanwhile."""
    if service.kind not in DOOR_KINDS or service.status in NOT_AT_WORK or service.stale_hidden_at is not None:
        return frozenset()
    there = models.Service.objects.filter(kind=service.kind, country=service.country)
    # Two that are hidden at the same moment must not each count on the other.
    list(there.order_by("pk").select_for_update().values_list("pk", flat=True))
    others = there.exclude(pk=service.pk).filter(stale_hidden_at__isnull=True).exclude(status__in=NOT_AT_WORK)
    return left_without(serving(service), (serving(other) for other in whole(others)))


def serving(service: models.Service) -> Serving:
    """The service as the rule of the last door sees it."""
    return Serving(service.kind, service.visibility, reach_of(record_of(service), pack_of(service.country)))


def show_again(*, service_id: uuid.UUID, now: dt.datetime) -> None:
    """Somebody made sure of it: it is no longer hidden. Call it inside the transaction of that."""
    if models.Service.objects.filter(pk=service_id, stale_hidden_at__isnull=False).update(stale_hidden_at=None):
        follow(service_id, now=now)


def raise_alarm(*, what: str, service_id: uuid.UUID, municipality: str = "", now: dt.datetime) -> bool:
    """Let editors see it today; once, however often it is found. Returns whether it is new."""
    alarm, made = models.Alarm.objects.get_or_create(
        what=what, service_id=service_id, solved_at=None, defaults={"municipality": municipality[:10], "raised_at": now}
    )
    if not made and alarm.municipality != municipality[:10]:
        models.Alarm.objects.filter(pk=alarm.pk).update(municipality=municipality[:10])
    return made


def solve(*, service_id: uuid.UUID, what: Iterable[str], now: dt.datetime) -> None:
    """What the alarms are about is over."""
    models.Alarm.objects.filter(service_id=service_id, what__in=list(what), solved_at=None).update(solved_at=now)
