"""Which municipalities a service is for, and which would be left without any such service if it went. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from baken.directory.codes import Kind, Visibility
from baken.directory.records import ServiceRecord
from baken.packs.pack import Pack

DOOR_KINDS = (Kind.CRISIS, Kind.CARE_COORDINATION, Kind.POLICE, Kind.FOCAL_POINT, Kind.ADVICE)
"""Where a municipality must never be left without: whoever sees something has to be able to call somebody."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What the rule needs of a service that readers can find. ``reach``: codes of municipalities, and of the country."""

    kind: str
    visibility: str
    reach: frozenset[str]


def reach_of(record: ServiceRecord, pack: Pack | None) -> frozenset[str]:
    """The places that a service is for; by its own place when it says nothing, and the country when that is not known either."""
    found: set[str] = set()
    for area in record.areas:
        found |= _of_area(area.kind, area.code, pack)
    if not record.areas:
        found = {place.location.municipality for place in record.places if place.location.municipality}
    return frozenset(found or _of_area("country", record.country, pack))


def left_without(leaving: Serving, others: Iterable[Serving]) -> frozenset[str]:
    """Places that have no such service any more when this one goes, for the readers who can find it now."""
    if leaving.kind not in DOOR_KINDS or leaving.visibility == Visibility.HIDDEN:
        return frozenset()
    as_open: Collection[str] = (Visibility.PUBLIC,)
    if leaving.visibility == Visibility.PROFESSIONALS:
        as_open = (Visibility.PUBLIC, Visibility.PROFESSIONALS)
    served: set[str] = set()
    for other in others:
        if other.kind == leaving.kind and other.visibility in as_open:
            served |= other.reach
    return leaving.reach - served


def _of_area(kind: str, code: str, pack: Pack | None) -> set[str]:
    if kind == "municipality":
        return {code}
    if pack is None or (kind == "country" and code.upper() != pack.country.upper()):
        return {f"{kind}:{code}"}
    if kind == "country":
        return {f"country:{code}", *pack.places.municipalities}
    region = pack.regions.get(kind, {}).get(code)
    if region is None:
        return {f"{kind}:{code}"}
    inside = {item.code for item in pack.places.municipalities.values() if pack.region_of(kind, item) is region}
    return inside or {f"{kind}:{code}"}
