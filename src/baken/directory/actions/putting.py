"""Writing a service: added or changed, whole, in one transaction, with what changed beside it and an event in the audit."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any

from django.db import transaction

from baken.audit.actions import record as audit
from baken.audit.kinds import Action, Kind, Subject
from baken.directory import models, parts
from baken.directory.actions import details, hiding
from baken.directory.actions.proposing import propose
from baken.directory.codes import Field
from baken.directory.index import follow
from baken.directory.names import folded
from baken.directory.records import ServiceRecord
from baken.directory.rows import columns_of, provider_of, record_of, whole
from baken.people.actor import Acting, actor_of


class Via(StrEnum):
    """By which road a change comes. What ``PACK`` brings was reviewed by two people before it was released."""

    EDITOR = "editor"
    OWNER = "owner"
    IMPORT = "import"
    PACK = "pack"
    JOB = "job"


class ChangedMeanwhileError(Exception):
    """Somebody else changed the service since it was read; ``now`` is what it says now."""

    def __init__(self, now: ServiceRecord) -> None:
        self.now = now
        super().__init__("The service was changed meanwhile")


class NotListedError(Exception):
    """Somebody is left out of the map on purpose; ``reason`` says why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Put:
    """What came of it: the fields of the record that changed, and the critical fields that wait for a second person."""

    service: models.Service
    added: bool
    changed: tuple[str, ...]
    waiting: tuple[Field, ...]


def put(
    *,
    by: Acting | None,
    record: ServiceRecord,
    via: Via,
    now: dt.datetime,
    key: str | None = None,
    version: int | None = None,
    agreed: bool = False,
    indexed: bool = True,
) -> Put:
    """Add the service, or make it say what ``record`` says.

    A change of telephone, visibility or status of a service that is there becomes a proposal for a second person, unless it comes
    with a pack or two people ``agreed``; everything else is written at once. ``version`` is what the editor read: raises
    ChangedMeanwhileError when it is no longer that. Raises NotListedError for a new one that is left out on purpose. Whoever puts
    many says ``indexed=False`` and rebuilds the index in the same transaction.
    """
    with transaction.atomic():
        found = whole(models.Service.objects.filter(pk=record.id)).select_for_update(of=("self",)).first()
        before = record_of(found) if found else None
        if before is None:
            _refuse_unlisted(record)
            if via is not Via.PACK:
                record = _with_known_provider(record)
            if by is not None and via is not Via.PACK:
                record = replace(record, door="")
        elif found and version is not None and found.version != version:
            raise ChangedMeanwhileError(before)
        waiting: tuple[Field, ...] = ()
        if before is not None and via is not Via.PACK and not agreed:
            record, waiting = _held_back(before, record, by=by, via=via, now=now)
        changed = changed_names(before, record)
        if found and not changed:
            return Put(found, False, (), waiting)
        exposed = hiding.exposed_by(before, record)
        service = _write(found, record, key=key, now=now)
        _log(service, before, record, changed, by=by, via=via, now=now)
        hiding.forget(service, exposed)
        if indexed:
            follow(service.pk, before=before, now=now)
        audit(
            by=actor_of(by),
            action=Action.SERVICE_CHANGED if found else Action.SERVICE_ADDED,
            on=Subject(Kind.SERVICE, str(service.pk)),
            now=now,
        )
    return Put(service, found is None, changed, waiting)


def changed_names(before: ServiceRecord | None, after: ServiceRecord) -> tuple[str, ...]:
    """Fields of the record in which the two differ; of a new one those that hold something."""
    if before is None:
        return tuple(field.name for field in fields(after) if getattr(after, field.name))
    return tuple(field.name for field in fields(after) if getattr(before, field.name) != getattr(after, field.name))


def _refuse_unlisted(record: ServiceRecord) -> None:
    left_out = models.NotListed.objects.filter(folded_name__in=(folded(record.name), folded(record.provider.name)))
    if found := left_out.first():
        raise NotListedError(found.reason)


def _with_known_provider(record: ServiceRecord) -> ServiceRecord:
    """A new service of somebody whom the map knows does not rename them, or lead their other services to another site."""
    there = models.Provider.objects.filter(pk=record.provider.id).prefetch_related("identifiers").first()
    return replace(record, provider=provider_of(there)) if there else record


def _held_back(
    before: ServiceRecord, record: ServiceRecord, *, by: Acting | None, via: Via, now: dt.datetime
) -> tuple[ServiceRecord, tuple[Field, ...]]:
    """The record without what a second person must see first, and the proposals that were made of that.

    A proposal starts from what is written now: a place that comes or goes in the same moment does not make it outdated.
    Which door of the router a service is comes with a pack alone: else one person could put another number behind a door.
    """
    record = replace(record, door=before.door, country=before.country if before.door else record.country)
    changed = tuple(field for field in parts.changed_fields(before, record) if field in parts.TWO_PEOPLE)
    kept = record
    for field in changed:
        kept = parts.with_part(kept, field, parts.part_of(before, field))
    waiting = tuple(field for field in changed if parts.part_of(kept, field) != parts.part_of(record, field))
    for field in waiting:
        propose(by=by, before=kept, field=field, after=parts.part_of(record, field), via=via, now=now)
    return kept, waiting


def _write(found: models.Service | None, record: ServiceRecord, *, key: str | None, now: dt.datetime) -> models.Service:
    provider = details.write_provider(record.provider)
    values: dict[str, Any] = {**columns_of(record), "provider": provider, "edited_at": now}
    if found is None:
        service = models.Service.objects.create(pk=record.id, key=key, **values)
    else:
        service = found
        if record.out_of_sight:
            # The database lets nobody go out of sight while an address is still there.
            details.write_places(service, record.places)
        for name, value in values.items():
            setattr(service, name, value)
        service.version += 1
        service.save()
    if found is None or not record.out_of_sight:
        details.write_places(service, record.places)
    details.write_details(service, record, fresh=found is None)
    return service


def _log(
    service: models.Service,
    before: ServiceRecord | None,
    after: ServiceRecord,
    changed: tuple[str, ...],
    *,
    by: Acting | None,
    via: Via,
    now: dt.datetime,
) -> None:
    if before is None:
        return
    if after.out_of_sight:
        # What was once an address must not stay behind in the log of a place that nobody may find.
        models.Change.objects.filter(service=service, field="places").delete()
        changed = tuple(name for name in changed if name != "places")
    models.Change.objects.bulk_create(
        models.Change(
            service=service,
            at=now,
            field=name,
            before=written(getattr(before, name)),
            after=written(getattr(after, name)),
            via=via,
            by=by.member if by else None,
        )
        for name in changed
    )


def written(value: Any) -> str:
    """A value as the log of changes keeps it: readable, and the same for the same value."""
    if isinstance(value, tuple):
        return "; ".join(written(item) for item in value)
    if isinstance(value, frozenset):
        return "; ".join(sorted(":".join(item) for item in value))
    if hasattr(value, "__dataclass_fields__"):
        return ", ".join(str(item) for item in asdict(value).values() if item not in ("", None, (), []))
    return "" if value is None else str(value)
