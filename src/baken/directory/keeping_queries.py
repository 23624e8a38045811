"""What editors see of how true the map is: who to call, what waits for a second person, alarms, and the figures."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from baken.directory import models
from baken.directory.codes import Field, Kind, ServiceStatus, Visibility
from baken.directory.freshness import WORSE, Check, Standing, State
from baken.directory.hazard import Answers, Counted, Rate, Share, answers, median_age, rates, shares
from baken.directory.knowing import pack_of, shown_record, standing_of, with_checks
from baken.directory.queries import visible_to
from baken.directory.reach import reach_of
from baken.directory.records import ServiceRecord
from baken.directory.rows import record_of
from baken.packs.pack import Pack

HARM = (
    Kind.CRISIS,
    Kind.SHELTER,
    Kind.CARE_COORDINATION,
    Kind.POLICE,
    Kind.FOCAL_POINT,
    Kind.ADVICE,
)
"""Who is called first; the others after them, all alike."""
LATELY = dt.timedelta(days=365)
NEVER = "never_verified"
"""Nobody confirmed it yet, but the pack's own date has not passed."""


@dataclass(frozen=True, slots=True)
class ToCall:
    """One service that somebody should call. ``signals`` counts what visitors said and nobody looked at."""

    service: models.Service
    record: ServiceRecord
    standing: Standing
    signals: int
    last_call: models.Call | None


def keeping_of(service_id: uuid.UUID, *, now: dt.datetime) -> ToCall | None:
    """One service with all that somebody who calls it needs; None when it is not there."""
    return next(_to_call(models.Service.objects.filter(pk=service_id), now), None)


def call_list(*, now: dt.datetime, most: int = 100) -> list[ToCall]:
    """Whom to call: what is due or worse, what visitors signalled first, then what harms most, then what is due longest.

    What does not exist any more is out of it. Of hidden services only those that nobody could confirm.
    """
    today = timezone.localdate(now)
    at_work = models.Service.objects.exclude(status=ServiceStatus.DEFUNCT)
    wanted = at_work.filter(Q(due_on=None) | Q(due_on__lte=today) | Q(stale_hidden_at__isnull=False))
    return sorted(_to_call(wanted, now), key=_order)[:most]


def _order(item: ToCall) -> tuple[int, int, dt.date, str]:
    kind = Kind(item.record.kind)
    harm = HARM.index(kind) if kind in HARM else len(HARM)
    return (-min(item.signals, 1), harm, item.standing.due_on or dt.date.min, item.record.name)


def _to_call(services: QuerySet[models.Service], now: dt.datetime) -> Iterator[ToCall]:
    for service in with_checks(services).prefetch_related("calls"):
        open_signals = [signal for signal in service.signals.all() if signal.handled_at is None]
        yield ToCall(
            service=service,
            record=shown_record(record_of(service)),
            standing=standing_of(service, now=now),
            signals=sum(signal.count for signal in open_signals),
            last_call=max(service.calls.all(), key=lambda item: item.at, default=None),
        )


def open_proposals() -> QuerySet[models.Proposal]:
    """Changes that wait for a second person, the oldest first."""
    return (
        models.Proposal.objects.filter(decision="").select_related("service", "service__provider", "by").order_by("at")
    )


def open_alarms() -> QuerySet[models.Alarm]:
    """What somebody must see today, the oldest first."""
    return (
        models.Alarm.objects.filter(solved_at=None)
        .select_related("service", "service__provider")
        .order_by("raised_at", "pk")
    )


def not_listed() -> QuerySet[models.NotListed]:
    """Who is left out on purpose, by name."""
    return models.NotListed.objects.order_by("folded_name")


def open_signals(service_id: uuid.UUID) -> dict[str, int]:
    """What visitors said about a service and nobody looked at yet: what -> how often."""
    found = models.Signal.objects.filter(service_id=service_id, handled_at=None).values("what").annotate(n=Sum("count"))
    return {item["what"]: item["n"] for item in found}


@dataclass(frozen=True, slots=True)
class RouterDoor:
    """A door on which the router leans, and how the map stands with it. ``standing`` None: it is not in the map."""

    door: str
    name: str
    service: models.Service | None
    standing: Standing | None
    problem: str
    """"" when it is fine; else ``missing``, ``hidden``, ``closed``, ``late``, ``unverified`` or ``never_verified``."""


def router_doors(pack: Pack, *, now: dt.datetime) -> list[RouterDoor]:
    """Every door of the rules of a pack that has a number or site of its own, and every service that is part of one.

    A door that nobody verified yet counts by its source: as long as the pack's date has not passed, ``never_verified`` only.
    """
    services = with_checks(models.Service.objects.filter(country=pack.country.upper()).exclude(door=""))
    by_door = {service.door: service for service in services}
    found = [_router_door(service.door, service, pack, now) for service in by_door.values()]
    known = {door.partition("/")[0] for door in by_door}
    leaned_on = dict.fromkeys(rule.door for rule in pack.rules)
    for code in leaned_on:
        door = pack.doors.get(code)
        # A door without number or site is one of the own organisation; the map cannot hold it.
        if code not in known and door is not None and (door.phones or door.url):
            found.append(RouterDoor(code, door.name, None, None, "missing"))
    return sorted(found, key=lambda item: item.door)


def _router_door(code: str, service: models.Service, pack: Pack, now: dt.datetime) -> RouterDoor:
    found = standing_of(service, now=now)
    return RouterDoor(code, service.name, service, found, _problem(service, found, pack, now))


def _problem(service: models.Service, found: Standing, pack: Pack, now: dt.datetime) -> str:
    if found.state is State.HIDDEN or service.visibility == Visibility.HIDDEN:
        return "hidden"
    if service.status != ServiceStatus.ACTIVE:
        return "closed"
    if found.verified_at is None:
        door = pack.doors.get(service.door.partition("/")[0])
        check_by = door.check_by if door else service.source_check_by
        return NEVER if check_by and timezone.localdate(now) <= check_by else "unverified"
    return "" if WORSE.index(found.state) < WORSE.index(State.LATE) else str(found.state)


@dataclass(frozen=True, slots=True)
class Figures:
    """How true the map is. ``shares``: (region, kind) -> share, "" for all; a region is ``kind:code`` of the pack."""

    shares: dict[tuple[str, str], Share]
    median_age: int | None
    signals: Answers
    rates: dict[Field, Rate]


def figures(*, now: dt.datetime, region_kind: str = "care_coordination") -> Figures:
    """The figures of what everybody may see, over all countries, with regions of one kind."""
    today = timezone.localdate(now)
    services = list(with_checks(visible_to("public")))
    counted = [_counted(service, region_kind, now) for service in services]
    since = today - LATELY
    signals = models.Signal.objects.filter(day__gt=since).values_list("day", "handled_at")
    rows = models.Verification.objects.values_list("service_id", "field", "at", "outcome")
    checks = ((service, Check(Field(field), at, outcome)) for service, field, at, outcome in rows.iterator())
    return Figures(
        shares=shares(counted),
        median_age=median_age(counted, today=today),
        signals=answers((day, timezone.localdate(handled) if handled else None) for day, handled in signals),
        rates=rates(checks),
    )


def _counted(service: models.Service, region_kind: str, now: dt.datetime) -> Counted:
    found = standing_of(service, now=now)
    record = record_of(service)
    return Counted(
        kind=record.kind,
        regions=_regions(record, region_kind),
        state=found.state,
        verified_on=timezone.localdate(found.verified_at) if found.verified_at else None,
    )


def _regions(record: ServiceRecord, kind: str) -> frozenset[str]:
    """The regions of one kind that a service is for; for all of a country it is that country."""
    named = {f"{area.kind}:{area.code}" for area in record.areas if area.kind in (kind, "country")}
    if any(area.kind == "country" for area in record.areas):
        return frozenset(named)
    of_municipality = _region_keys(record.country, kind)
    inside = {of_municipality[code] for code in reach_of(record, pack_of(record.country)) if code in of_municipality}
    return frozenset(named | inside)


@cache
def _region_keys(country: str, kind: str) -> dict[str, str]:
    """Municipality -> its region of one kind, as ``kind:code``; without those whose region nobody knows."""
    pack = pack_of(country)
    if pack is None:
        return {}
    keys = {id(region): f"{kind}:{code}" for code, region in pack.regions.get(kind, {}).items()}
    found = {code: pack.region_of(kind, item) for code, item in pack.places.municipalities.items()}
    return {code: keys[id(region)] for code, region in found.items() if region is not None}


def last_verified(services: Iterable[uuid.UUID]) -> dict[uuid.UUID, models.Verification]:
    """The last time that somebody found something right, per service: how, and in which role."""
    rows = models.Verification.objects.filter(service_id__in=list(services), outcome="right").order_by("at", "pk")
    return {row.service_id: row for row in rows}
