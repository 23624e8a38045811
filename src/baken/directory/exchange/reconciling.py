"""A file beside the map in the database: which service is which, and what differs. Reads only."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from django.db.models import CharField

from baken.directory import models
from baken.directory.exchange.differences import Difference, Sort, compared, matches
from baken.directory.exchange.reading import Read
from baken.directory.names import folded
from baken.directory.records import (
    AccessibilityRecord,
    AreaRecord,
    CapacityRecord,
    CostRecord,
    DocumentRecord,
    IdentifierRecord,
    LanguageRecord,
    LocationRecord,
    PhoneRecord,
    PlacedRecord,
    ProviderRecord,
    ServiceRecord,
    TranslationRecord,
)
from baken.directory.rows import record_of, whole

OLDEST = 150
TABLES: dict[type, Any] = {
    ServiceRecord: models.Service,
    ProviderRecord: models.Provider,
    PhoneRecord: models.Phone,
    LanguageRecord: models.SpokenLanguage,
    AreaRecord: models.ServiceArea,
    DocumentRecord: models.RequiredDocument,
    CostRecord: models.CostOption,
    CapacityRecord: models.Capacity,
    IdentifierRecord: models.Identifier,
    TranslationRecord: models.Translation,
    LocationRecord: models.Location,
    PlacedRecord: models.ServiceAtLocation,
    AccessibilityRecord: models.Accessibility,
}
"""Record -> the table that must have room for it."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Everything that a file says, and the names of the services that are only here."""

    differences: tuple[Difference, ...]
    only_here: tuple[str, ...]

    def of(self, sort: Sort) -> list[Difference]:
        """Those of one sort, in the order of the file."""
        return [item for item in self.differences if item.sort is sort]


def reconcile(reads: Sequence[Read]) -> Reconciled:
    """Each service of the file beside the one that it is here."""
    kept = _by_id(read.document.record.id for read in reads)
    namesakes = _namesakes([read for read in reads if read.document.record.id not in kept])
    found: list[Difference] = []
    taken: set[uuid.UUID] = set()
    for read in reads:
        difference = _guarded(_difference(read, kept, namesakes))
        if difference.here and difference.here.id in taken:
            difference = replace(difference, sort=Sort.DOUBTFUL, fields=(), why="The file has this service twice.")
        if difference.here:
            taken.add(difference.here.id)
        found.append(difference)
    others = models.Service.objects.exclude(pk__in=taken).order_by("name", "pk").values_list("name", flat=True)
    return Reconciled(tuple(found), tuple(others))


def _difference(
    read: Read, kept: dict[uuid.UUID, ServiceRecord], namesakes: dict[str, list[ServiceRecord]]
) -> Difference:
    record = read.document.own
    if record.id in kept:
        return compared(read, kept[record.id])
    same = matches(read, namesakes.get(folded(record.name), []))
    if len(same) == 1:
        return compared(read, same[0])
    if same:
        names = ", ".join(f"{item.name} ({item.provider.name})" for item in same)
        return Difference(Sort.DOUBTFUL, read.where, record, None, (), read.left, f"It can be any of these: {names}.")
    return Difference(Sort.ADDED, read.where, record, None, (), read.left)


def _guarded(difference: Difference) -> Difference:
    """The difference, unless the map must not, or cannot, say what the file says."""
    record = difference.record
    if difference.sort is Sort.ADDED:
        names = (folded(record.name), folded(record.provider.name))
        if left_out := models.NotListed.objects.filter(folded_name__in=names).first():
            return replace(difference, sort=Sort.LEFT_OUT, why=left_out.reason)
    if difference.sort in (Sort.ADDED, Sort.CHANGED) and (why := _too_big(record) or _of_another(record)):
        return replace(difference, sort=Sort.DOUBTFUL, fields=(), why=why)
    return difference


def _of_another(record: ServiceRecord) -> str:
    """A place that another service has too is not changed on the way: it could be one that must not be found."""
    for place in record.places:
        theirs = whole(models.Service.objects.filter(at_locations__location=place.location.id).exclude(pk=record.id))
        for service in theirs[:1]:
            kept = [item.location for item in record_of(service).places if item.location.id == place.location.id]
            if kept != [place.location]:
                return f"The place '{place.location.name or place.location.id}' is also that of {service.name}, and differs."
    return ""


def _too_big(record: Any) -> str:
    table = TABLES.get(type(record))
    for item in fields(record):
        value = getattr(record, item.name)
        parts: Collection[Any] = value if isinstance(value, tuple) else (value,)
        for part in parts:
            if is_dataclass(part) and (why := _too_big(part)):
                return why
        if isinstance(value, str) and (why := _too_long(table, item.name, value)):
            return why
        if item.name in ("minimum_age", "maximum_age") and value is not None and value > OLDEST:
            return f"{item.name}: expected at most {OLDEST}."
    return ""


def _too_long(table: Any, name: str, value: str) -> str:
    column = {item.name: item for item in table._meta.concrete_fields}.get(name) if table else None
    most = column.max_length if isinstance(column, CharField) else None
    return f"{name}: expected at most {most} letters; found {len(value)}." if most and len(value) > most else ""


def _by_id(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, ServiceRecord]:
    found = whole(models.Service.objects.filter(pk__in=list(ids)))
    return {service.pk: record_of(service) for service in found}


def _namesakes(reads: Sequence[Read]) -> dict[str, list[ServiceRecord]]:
    """Services with the same name as one of these, by that name."""
    wanted = {folded(read.document.record.name) for read in reads}
    names = models.Service.objects.values_list("pk", "name").iterator() if wanted else ()
    records = _by_id(pk for pk, name in names if folded(name) in wanted)
    found: dict[str, list[ServiceRecord]] = {}
    for record in sorted(records.values(), key=lambda item: item.id):
        found.setdefault(folded(record.name), []).append(record)
    return found
