"""What a file says beside what the map says: a difference per service and field, to be chosen from. Pure.

Nothing is written here, and nothing is ever taken away because a file does not speak of it.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any

from baken.directory.exchange.reading import Read
from baken.directory.exchange.sparse import digits, with_details
from baken.directory.names import folded
from baken.directory.records import LocationRecord, PlacedRecord, ProviderRecord, ServiceRecord

UNCOVERS = "The file tells where a place is that is confidential here. Only an editor can say that it is no longer."


class Sort(StrEnum):
    """What a service of the file is to the map."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    DOUBTFUL = "doubtful"
    LEFT_OUT = "left out"


class Turn(StrEnum):
    """What a field would do."""

    FILLED = "added"
    CHANGED = "changed"
    EMPTIED = "only here"


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field of one service; texts for people."""

    field: str
    turn: Turn
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One service of the file. ``record`` is what the map would say; ``why`` says why it is doubtful or left out."""

    sort: Sort
    where: str
    record: ServiceRecord
    here: ServiceRecord | None = None
    fields: tuple[FieldDifference, ...] = ()
    left: tuple[str, ...] = ()
    why: str = ""

    @property
    def safe_fields(self) -> tuple[str, ...]:
        """Fields that can be taken over without taking something away."""
        return tuple(item.field for item in self.fields if item.turn is not Turn.EMPTIED)


def matches(read: Read, candidates: Collection[ServiceRecord]) -> list[ServiceRecord]:
    """Those of services with the same name that can be the one of the file: same provider or number, and not elsewhere."""
    record = read.document.own
    agreeing = [item for item in candidates if _same_provider(item, record) or numbers(item) & numbers(record)]
    near = [item for item in agreeing if numbers(item) & numbers(record) or not _elsewhere(item, record)]
    closer = [item for item in near if numbers(item) & numbers(record)] if len(near) > 1 else near
    return closer or near


def numbers(record: ServiceRecord) -> frozenset[str]:
    """Its telephone numbers, as they are compared."""
    found = [*record.phones, *(phone for place in record.places for phone in place.phones)]
    return frozenset(digits(phone.number) for phone in found) - {""}


def _same_provider(one: ServiceRecord, other: ServiceRecord) -> bool:
    return one.provider.id == other.provider.id or folded(one.provider.name) == folded(other.provider.name)


def _elsewhere(one: ServiceRecord, other: ServiceRecord) -> bool:
    """Do both say where they are, and have nothing in common?"""
    here, there = _whereabouts(one), _whereabouts(other)
    return bool(here and there and not here & there)


def _whereabouts(record: ServiceRecord) -> frozenset[str]:
    areas = {f"{area.kind}:{area.code}".lower() for area in record.areas}
    return frozenset(
        areas | {f"municipality:{p.location.municipality}".lower() for p in record.places if p.location.municipality}
    )


def compared(read: Read, here: ServiceRecord) -> Difference:
    """What the file says of a service that is here."""
    try:
        record = _taken_over(read, here)
    except ValueError as error:
        return Difference(Sort.DOUBTFUL, read.where, read.document.own, here, (), read.left, str(error))
    if _uncovers(here, record):
        return Difference(Sort.DOUBTFUL, read.where, record, here, (), read.left, UNCOVERS)
    found = tuple(
        _field(name, here, record) for name in names_of(record) if getattr(here, name) != getattr(record, name)
    )
    return Difference(Sort.CHANGED if found else Sort.SAME, read.where, record, here, found, read.left)


def names_of(record: ServiceRecord) -> Iterable[str]:
    """Names of all fields of a record."""
    return (item.name for item in fields(record))


def chosen(difference: Difference, names: Collection[str], now: ServiceRecord) -> ServiceRecord:
    """The service as it is now, with the chosen fields of the file. Raises ValueError when they do not go together."""
    return replace(now, **{name: getattr(difference.record, name) for name in names})


def _taken_over(read: Read, here: ServiceRecord) -> ServiceRecord:
    incoming = read.document.own
    values: dict[str, Any] = {name: getattr(incoming, name) for name in read.told if name != "id"}
    if not read.ours:
        values = {name: with_details(name, value, here) for name, value in values.items()}
    values["provider"] = _provider(incoming.provider, here.provider, ours=read.ours)
    if "places" in values:
        values["places"] = tuple(_placed(place, here) for place in incoming.places)
    return replace(here, **values)


def _uncovers(here: ServiceRecord, record: ServiceRecord) -> bool:
    """Would an address go to a service that has a confidential place, or must not be found at all?"""
    covered = here.kind == "shelter" or here.visibility == "hidden" or any(p.location.confidential for p in here.places)
    known = {place.location for place in here.places}
    return covered and any(not place.location.confidential and place.location not in known for place in record.places)


def _provider(incoming: ProviderRecord, here: ProviderRecord, *, ours: bool) -> ProviderRecord:
    """Of a foreign file only what it says; a provider with the same name is the one that is here."""
    if incoming.id == here.id or folded(incoming.name) == folded(here.name):
        incoming = replace(incoming, id=here.id)
    if ours:
        return incoming
    empty: Mapping[str, Any] = {name: value for name, value in _values(incoming).items() if not value}
    return replace(incoming, **{name: getattr(here, name) for name in empty}) if incoming.id == here.id else incoming


def _values(record: Any) -> dict[str, Any]:
    return {item.name: getattr(record, item.name) for item in fields(record)}


def _placed(place: PlacedRecord, here: ServiceRecord) -> PlacedRecord:
    """The place under the id that it has here, when it is there already under another one."""
    ids = {kept.location.id for kept in here.places}
    if place.location.id in ids:
        return place
    same = [kept.location for kept in here.places if _same_place(kept.location, place.location)]
    return replace(place, location=replace(place.location, id=same[0].id)) if len(same) == 1 else place


def _same_place(one: LocationRecord, other: LocationRecord) -> bool:
    if one.address and other.address:
        first, second = one.address, other.address
        return folded(first.address_1) == folded(second.address_1) and folded(first.city) == folded(second.city)
    return one.confidential and other.confidential and one.municipality == other.municipality


def _field(name: str, here: ServiceRecord, record: ServiceRecord) -> FieldDifference:
    before, after = getattr(here, name), getattr(record, name)
    turn = Turn.CHANGED
    if not after and after is not False:
        turn = Turn.EMPTIED
    elif not before and before is not False:
        turn = Turn.FILLED
    return FieldDifference(name, turn, readable(before), readable(after))


def readable(value: Any) -> str:
    """A value for people: texts of a record without ids, parts after each other."""
    if isinstance(value, tuple | frozenset):
        return "; ".join(sorted(map(readable, value)) if isinstance(value, frozenset) else map(readable, value))
    if is_dataclass(value) and not isinstance(value, type):
        return _flat(asdict(value))
    return "" if value is None else str(value)


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(part for name, item in value.items() if name != "id" and (part := _flat(item)))
    if isinstance(value, list | tuple):
        return ", ".join(part for item in value if (part := _flat(item)))
    return "" if value in (None, "", False) or isinstance(value, uuid.UUID) else str(value)
