"""What keeps the map true in the background. Register in ``AppConfig.ready``."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from baken.directory import link_check, models
from baken.directory.actions.forgetting import forget
from baken.directory.actions.stale import LAST_DOOR, STALE_DOOR, hide, raise_alarm, refresh, solve, without
from baken.directory.index import rebuild
from baken.directory.keeping_queries import router_doors
from baken.directory.knowing import pack_of, standing_of, with_checks
from baken.directory.owner_mail import ask_due
from baken.directory.queries import NOT_AT_WORK
from baken.notices import erasing, periodic

DAILY = dt.timedelta(days=1)
HOURLY = dt.timedelta(hours=1)
PORTION = 500
"""So many services are held in memory at once."""
FAILS = ("missing", "hidden", "closed", "late", "unverified")
"""What the router must not lean on."""


def register() -> None:
    """Begin all of them. Owners are asked every hour, so that a mail server that was down costs an hour."""
    periodic.register(name="directory.ask_owners", every=HOURLY, run=ask_due)
    periodic.register(name="directory.check_links", every=DAILY, run=link_check.run)
    # A clock that leaps ahead would hide the whole map, and erase links that still work.
    periodic.register(name="directory.keep", every=DAILY, run=erasing.guarded(keep))
    periodic.register(name="directory.index", every=DAILY, run=renew_index)
    periodic.register(name="directory.forget", every=DAILY, run=erasing.guarded(forget))


def renew_index(now: dt.datetime) -> None:
    """The index knows fourteen days of opening hours: each day one passes, and another, perhaps a holiday, comes in sight."""
    rebuild(now=timezone.localtime(now))


def keep(now: dt.datetime) -> None:
    """Work out how true each service is today, hide what nobody confirmed for a year, and raise or end alarms."""
    for service in with_checks(models.Service.objects.order_by("pk")).iterator(chunk_size=PORTION):
        found = standing_of(service, now=now)
        if found.must_hide or (found.verified_at, found.due_on) != (service.verified_at, service.due_on):
            with transaction.atomic():
                # Somebody may have called since it was read.
                if refresh(service_id=service.pk, now=now).must_hide:
                    hide(by=None, service_id=service.pk, now=now)
    _end_last_door_alarms(now)
    _alarm_about_doors(now)


def _end_last_door_alarms(now: dt.datetime) -> None:
    """Over, as soon as the service may go: somebody else does the same there now, or it is trusted again."""
    for alarm in models.Alarm.objects.filter(what=LAST_DOOR, solved_at=None).select_related("service"):
        with transaction.atomic():
            if alarm.service.status not in NOT_AT_WORK and not without(alarm.service):
                solve(service_id=alarm.service_id, what=(LAST_DOOR,), now=now)


def _alarm_about_doors(now: dt.datetime) -> None:
    """The router leans on what is late or hidden; a door that is missing has no service, so ``baken directory check`` says it."""
    pack = pack_of(settings.BAKEN_COUNTRY)
    if pack is None:
        return
    for door in router_doors(pack, now=timezone.localtime(now)):
        if door.service is None:
            continue
        if door.problem in FAILS:
            raise_alarm(what=STALE_DOOR, service_id=door.service.pk, now=now)
        else:
            solve(service_id=door.service.pk, what=(STALE_DOOR,), now=now)
