"""How a service is reached. Of a service that is a door the facts stand in the pack, and are read there, never copied. Pure.

What an editor or owner corrected here comes before the pack, in the map and at the right door alike.
"""

from __future__ import annotations

from dataclasses import dataclass

from baken.directory.records import PhoneRecord, ServiceRecord, SourceRecord
from baken.packs.pack import Pack
from baken.packs.schema.base import Fact
from baken.packs.schema.doors import Door
from baken.packs.schema.info import Region

BETWEEN = "/"
"""A door of one region is written ``door/region``."""
SURENESS = ("unconfirmed", "reported", "confirmed")


@dataclass(frozen=True, slots=True)
class Facts:
    """Telephone, hours (OpenStreetMap; "" unknown) and the rest, wherever they are kept. ``free`` None: nobody knows."""

    phones: tuple[PhoneRecord, ...]
    hours: str
    url: str
    email: str
    free: bool | None
    source: SourceRecord


def facts_of(record: ServiceRecord, pack: Pack | None) -> Facts:
    """The facts of a service; of a door those of ``pack``, unless corrected here. A door that the pack lost has only its own."""
    door, region = door_of(record, pack)
    if door is None:
        return Facts(record.phones, record.hours, record.url, record.email, record.free, record.source)
    return Facts(
        phones=record.phones or _phones(door, region),
        hours=record.hours or (door.hours.osm if door.hours else ""),
        url=record.url or (region.url if region else None) or door.url or "",
        email=record.email or (region.email if region else None) or "",
        free=record.free if record.free is not None else door.free,
        source=_source(door, region),
    )


def door_of(record: ServiceRecord, pack: Pack | None) -> tuple[Door | None, Region | None]:
    """The door of the pack that a service is, with the region when it is that door in one region only."""
    code, _, region = record.door.partition(BETWEEN)
    door = pack.doors.get(code) if pack and code and pack.country.upper() == record.country else None
    if pack is None or door is None or not region or door.region_kind is None:
        return door, None
    return door, pack.regions.get(door.region_kind, {}).get(region)


def _phones(door: Door, region: Region | None) -> tuple[PhoneRecord, ...]:
    if region is not None and region.phone:
        return (PhoneRecord(number=region.phone),)
    return tuple(PhoneRecord(number=phone.number, description=phone.label or "") for phone in door.phones)


def _source(door: Door, region: Region | None) -> SourceRecord:
    """As sure as the less sure of door and region, and due when the first of them is."""
    facts: tuple[Fact, ...] = (door, region) if region else (door,)
    return SourceRecord(
        name="; ".join(dict.fromkeys(fact.source for fact in facts)),
        url=door.source_url or "",
        checked_on=min(fact.checked_on for fact in facts),
        check_by=min(fact.check_by for fact in facts),
        confidence=min((fact.confidence for fact in facts), key=SURENESS.index),
    )
