"""What is known of services together, read once: the record as it is shown, its verifications, and reasons to look again."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import replace

from django.db.models import QuerySet
from django.utils import timezone

from baken.directory import models
from baken.directory.codes import Field
from baken.directory.facts import facts_of
from baken.directory.freshness import Check, Known, Standing, standing
from baken.directory.records import ServiceRecord
from baken.directory.rows import record_of, whole
from baken.packs.loader import countries, load_pack
from baken.packs.pack import Pack


def pack_of(country: str) -> Pack | None:
    """The pack of a country, in its own language; None where there is none."""
    code = country.lower()
    return load_pack(code) if code in countries() else None


def shown_record(record: ServiceRecord) -> ServiceRecord:
    """The service with the facts that readers see: of a door those of the pack, unless corrected here."""
    if not record.door:
        return record
    facts = facts_of(record, pack_of(record.country))
    return replace(record, phones=facts.phones, hours=facts.hours)


def with_checks(services: QuerySet[models.Service]) -> QuerySet[models.Service]:
    """The same services with all that `standing_of` needs, in a fixed number of queries."""
    return whole(services).prefetch_related("verifications", "signals")


def standing_of(service: models.Service, *, now: dt.datetime) -> Standing:
    """How true one service is. Take it from `with_checks`, or each part costs a query."""
    checks = [
        Check(field=Field(item.field), at=item.at, outcome=item.outcome, value=item.value)
        for item in service.verifications.all()
    ]
    record = shown_record(record_of(service))
    return standing(record=record, checks=checks, known=_known(service), now=timezone.localtime(now))


def standings(services: Iterable[models.Service], *, now: dt.datetime) -> dict[uuid.UUID, Standing]:
    """How true each of these services is."""
    found = with_checks(models.Service.objects.filter(pk__in=[service.pk for service in services]))
    return {service.pk: standing_of(service, now=now) for service in found}


def _known(service: models.Service) -> Known:
    pulls = (service.url_dead_since, service.source_changed_at, service.provider.bounced_at)
    return Known(
        verified_at=service.verified_at,
        hidden_at=service.stale_hidden_at,
        pulls=tuple(moment for moment in pulls if moment is not None),
        signals=tuple(item.day for item in service.signals.all() if item.handled_at is None),
    )
