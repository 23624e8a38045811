"""Lists for editors: all services by name, state, kind and region; signals; and texts whose translation is outdated."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from baken.directory import models
from baken.directory.codes import ServiceStatus
from baken.directory.freshness import GRACE, NOTICE, State
from baken.directory.knowing import pack_of
from baken.directory.names import folded
from baken.directory.records import ProviderRecord, ServiceRecord
from baken.directory.rows import provider_of, record_of, whole
from baken.directory.words import outdated

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an editor looks for; "" does not matter. ``region`` is ``kind:code`` of the pack."""

    text: str = ""
    state: str = ""
    kind: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of services, and how many there are in all."""

    services: list[models.Service]
    count: int
    page: int

    @property
    def has_more(self) -> bool:
        """Is there another page?"""
        return self.page * PER_PAGE < self.count


def listed(wanted: Wanted, *, country: str, page: int, now: dt.datetime) -> Listed:
    """Services by name, also what is hidden or does not exist any more."""
    services = models.Service.objects.order_by("name", "pk")
    if wanted.text.strip():
        services = services.filter(pk__in=_named(wanted.text))
    if wanted.kind:
        services = services.filter(kind=wanted.kind)
    if wanted.state:
        services = services.filter(_in_state(State(wanted.state), timezone.localdate(now)))
    if wanted.region:
        services = services.filter(_in_region(wanted.region, country)).distinct()
    first = (page - 1) * PER_PAGE
    found = services.select_related("provider")[first : first + PER_PAGE]
    return Listed(list(found), services.count(), page)


def _named(text: str) -> list[uuid.UUID]:
    """Services of which a name holds the words, in any spelling."""
    wanted = folded(text).split()
    rows = models.Service.objects.values_list("pk", "name", "alternate_name", "provider__name")
    return [key for key, *names in rows.iterator() if all(word in folded(" ".join(names)) for word in wanted)]


def _in_state(state: State, today: dt.date) -> Q:
    """The state as `baken.directory.freshness` works it out, from the dates that are kept beside the service."""
    late, gone = today, today - GRACE
    known = Q(stale_hidden_at=None, verified_at__isnull=False)
    return {
        State.HIDDEN: Q(stale_hidden_at__isnull=False),
        State.UNVERIFIED: Q(stale_hidden_at=None) & (Q(verified_at=None) | Q(due_on__lt=gone)),
        State.LATE: known & Q(due_on__lt=late, due_on__gte=gone),
        State.DUE: known & Q(due_on__gte=today, due_on__lte=today + NOTICE),
        State.FRESH: known & Q(due_on__gt=today + NOTICE),
    }[state]


def _in_region(region: str, country: str) -> Q:
    """Services for a region or a municipality in it, or that say no area and have a place there."""
    kind, _between, code = region.partition(":")
    pack = pack_of(country)
    found = pack.regions.get(kind, {}).get(code) if pack else None
    inside = (
        [item.code for item in pack.places.municipalities.values() if pack.region_of(kind, item) is found]
        if pack and found
        else []
    )
    here = Q(areas__isnull=True, at_locations__location__municipality__in=inside)
    return Q(areas__kind=kind, areas__code=code) | Q(areas__kind="municipality", areas__code__in=inside) | here


def signalled() -> list[tuple[models.Service, dict[str, int]]]:
    """Services about which visitors said something that nobody looked at, the most often named first."""
    rows = models.Signal.objects.filter(handled_at=None).values_list("service_id", "what").annotate(n=Sum("count"))
    said: dict[uuid.UUID, dict[str, int]] = {}
    for key, what, count in rows:
        said.setdefault(key, {})[what] = count
    services = models.Service.objects.filter(pk__in=said).select_related("provider")
    found = [(service, said[service.pk]) for service in services]
    return sorted(found, key=lambda item: (-sum(item[1].values()), item[0].name))


@dataclass(frozen=True, slots=True)
class OutdatedText:
    """A translation whose source has changed since."""

    service: models.Service
    field: str
    language: str


def outdated_texts() -> list[OutdatedText]:
    """Every outdated translation of what is still there, by name."""
    services = models.Service.objects.filter(translations__isnull=False).exclude(status=ServiceStatus.DEFUNCT)
    found = whole(services.distinct().order_by("name", "pk"))
    return [
        OutdatedText(service, field, language) for service in found for field, language in outdated(record_of(service))
    ]


def changes_of(service_id: uuid.UUID, *, most: int = 30) -> QuerySet[models.Change]:
    """The last changes of a service, the newest first."""
    return models.Change.objects.filter(service_id=service_id).select_related("by").order_by("-at", "field")[:most]


def changed_since(service_id: uuid.UUID, since: dt.datetime) -> frozenset[str]:
    """Fields of the record that somebody changed after a moment."""
    changes = models.Change.objects.filter(service_id=service_id, at__gt=since)
    return frozenset(changes.values_list("field", flat=True))


def calls_of(service_id: uuid.UUID, *, most: int = 10) -> QuerySet[models.Call]:
    """The last calls, the newest first."""
    return models.Call.objects.filter(service_id=service_id).select_related("by").order_by("-at", "pk")[:most]


def waiting_for(service_id: uuid.UUID) -> QuerySet[models.Proposal]:
    """Changes of one service that wait for a second person."""
    return models.Proposal.objects.filter(service_id=service_id, decision="").order_by("field")


def whole_service(service_id: uuid.UUID) -> tuple[models.Service, ServiceRecord] | None:
    """A service as it is written, with its record; None when it is not there."""
    service = whole(models.Service.objects.filter(pk=service_id)).first()
    return (service, record_of(service)) if service else None


def records_of(service_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, ServiceRecord]:
    """These services as they are written, in a number of queries that stays the same."""
    return {row.pk: record_of(row) for row in whole(models.Service.objects.filter(pk__in=set(service_ids)))}


def provider_named(name: str) -> ProviderRecord | None:
    """The organisation with this name in any spelling, so that it is not there twice."""
    wanted = folded(name)
    providers = models.Provider.objects.order_by("pk").prefetch_related("identifiers")
    return next((provider_of(row) for row in providers if folded(row.name) == wanted), None)


def to_call(*, now: dt.datetime) -> int:
    """How many services somebody should call: as many as `baken.directory.keeping_queries.call_list` has."""
    at_work = models.Service.objects.exclude(status=ServiceStatus.DEFUNCT)
    due = Q(due_on=None) | Q(due_on__lte=timezone.localdate(now)) | Q(stale_hidden_at__isnull=False)
    return at_work.filter(due).count()


def services_in_all() -> int:
    """How many services there are, of whatever visibility."""
    return models.Service.objects.count()
