"""Services of the database as documents that go out: what these readers may see, and nothing that leads to a hidden place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.db.models import Prefetch, QuerySet

from baken.directory import models
from baken.directory.exchange.documents import Altered, Checked, Document, History, document
from baken.directory.facts import facts_of
from baken.directory.knowing import pack_of
from baken.directory.queries import Audience, visible_to
from baken.directory.records import CapacityRecord, ServiceRecord
from baken.directory.rows import record_of, whole

AT_ONCE = 200
MOST_CHANGES = 50
"""Of one service: the last ones. The log itself keeps them all."""
FRESH = dt.timedelta(hours=24)
"""So long a number of free places means something."""
WITH_VALUES = frozenset({"status", "hours", "minimum_age", "maximum_age", "fees", "free", "language"})
"""Fields of which the log goes out with its values. What an address, a number or a name was before is nobody's business: it
may have been taken away because it led to somebody; and that a place was a shelter once is told to nobody."""


def with_history(services: QuerySet[models.Service]) -> QuerySet[models.Service]:
    """The same services with everything that a document needs, in a fixed number of queries."""
    changes = models.Change.objects.order_by("-at", "pk")[:MOST_CHANGES]
    return whole(services).prefetch_related(
        "verifications", Prefetch("changes", queryset=changes, to_attr="last_changes")
    )


def document_of(service: models.Service, audience: Audience, now: dt.datetime) -> Document:
    """One service as it goes out. Take it from ``with_history``."""
    record = _without_stale_places(record_of(service), audience, now)
    history = History(edited_at=service.edited_at, checked=_checked(service), changes=_changes(service))
    return document(record, facts_of(record, pack_of(record.country)), history)


def documents_for(audience: Audience, now: dt.datetime) -> Iterator[Document]:
    """Every service that these readers may see, by id, some at a time."""
    yield from documents_of(visible_to(audience), audience, now)


def documents_of(services: QuerySet[models.Service], audience: Audience, now: dt.datetime) -> Iterator[Document]:
    """These services by id, some at a time, so that a large map needs no large memory."""
    last = None
    while True:
        page = services.order_by("pk") if last is None else services.filter(pk__gt=last).order_by("pk")
        found = list(with_history(page[:AT_ONCE]))
        for service in found:
            yield document_of(service, audience, now)
        if len(found) < AT_ONCE:
            return
        last = found[-1].pk


def _without_stale_places(record: ServiceRecord, audience: Audience, now: dt.datetime) -> ServiceRecord:
    if audience == "editors" or not record.capacity:
        return record
    fresh: Iterable[CapacityRecord] = () if audience == "public" else record.capacity
    return replace(record, capacity=tuple(item for item in fresh if now - item.updated < FRESH))


def _checked(service: models.Service) -> tuple[Checked, ...]:
    """The last check of each field."""
    last: dict[str, models.Verification] = {}
    for item in sorted(service.verifications.all(), key=lambda item: (item.at, item.pk)):
        last[item.field] = item
    return tuple(
        Checked(field=item.field, at=item.at, outcome=item.outcome, role=item.role, way=item.way)
        for _field, item in sorted(last.items())
    )


def _changes(service: models.Service) -> tuple[Altered, ...]:
    last: list[models.Change] = getattr(service, "last_changes", [])
    return tuple(
        Altered(
            id=item.pk,
            at=item.at,
            field=item.field,
            before=item.before if item.field in WITH_VALUES else "",
            after=item.after if item.field in WITH_VALUES else "",
        )
        for item in sorted(last, key=lambda item: (item.at, item.pk))
    )
