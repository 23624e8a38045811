"""From what somebody filled in to the services that the page shows: found, counted, relaxed where nothing was found."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import get_language

from baken.directory.finding import opening, search
from baken.directory.finding.documents import Audience as Asker
from baken.directory.finding.documents import Group, Hit, Point, Query
from baken.directory.finding.relaxing import Wish
from baken.directory.finding.relaxing import failed as failed_codes
from baken.directory.finding.relaxing import search as with_relaxing
from baken.directory.hours import zone_of
from baken.directory.index import EVERYWHERE, service_ids
from baken.directory.queries import Audience
from baken.packs.places import Municipality
from baken.packs.points import load_points

PER_PAGE = 20
MOST = 200
ASKERS: Mapping[Audience, Asker] = {
    "public": Asker.PUBLIC,
    "professionals": Asker.PROFESSIONAL,
    "editors": Asker.EDITOR,
}
FACETS: Mapping[str, Group] = {
    "need": Group.NEED,
    "form": Group.FORM,
    "gender": Group.GENDER,
    "age": Group.AGE,
    "status": Group.STATUS,
    "access": Group.ACCESS,
}
"""Name of the question on the page -> what the index calls it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for. ``open_at`` is an aware moment; ``within_km`` counts from the municipality."""

    text: str = field(default="", repr=False)
    chosen: frozenset[str] = frozenset()
    """Facets as the index writes them: ``n:legal``."""
    language: str = ""
    open_at: dt.datetime | None = None
    municipality: Municipality | None = None
    within_km: int | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class FoundService:
    """One service that was found. ``distance`` is in metres, between points of municipalities unless an address is public."""

    service_id: uuid.UUID
    distance: int | None
    found_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer. ``relaxed``: the wishes that were let go of; ``national``: only the national doors are left.

    ``counts``: facet -> how many there are with it as well. ``failed``: codes that may be counted when nothing was found.
    """

    services: tuple[FoundService, ...]
    total: int
    at_least: bool
    has_more: bool
    relaxed: tuple[Wish, ...]
    national: bool
    counts: Mapping[str, int]
    failed: tuple[str, ...]


def find(asked: Asked, audience: Audience, country: str) -> Found:
    """The services that answer, best first, at most ``PER_PAGE`` for each page that was asked for."""
    query = query_of(asked, audience, country)
    outcome = with_relaxing(query, search.find)
    services = _once(outcome.found.hits)
    shown = services[: PER_PAGE * asked.page]
    nothing = bool(outcome.relaxed) or outcome.national
    return Found(
        services=shown,
        total=max(len(services), outcome.found.total if outcome.found.total > MOST else 0),
        at_least=outcome.found.more or outcome.found.total > MOST,
        has_more=len(services) > len(shown),
        relaxed=outcome.relaxed,
        national=outcome.national,
        counts=search.counts(query),
        failed=failed_codes(query) if nothing else (),
    )


def query_of(asked: Asked, audience: Audience, country: str) -> Query:
    """The question to the index. Who names a municipality gets what works there, the nearest first."""
    facets = set(asked.chosen)
    near = None
    if asked.municipality is not None:
        facets |= {f"{Group.MUNICIPALITY}:{asked.municipality.code.lower()}", EVERYWHERE}
        near = _point(asked.municipality, country)
    return Query(
        audience=ASKERS[audience],
        text=asked.text,
        text_language=get_language() or "nl",
        facets=frozenset(facets),
        language=asked.language,
        open_at=opening.place(asked.open_at.astimezone(zone_of(country))) if asked.open_at else None,
        near=near,
        within_km=float(asked.within_km) if asked.within_km and near else None,
        limit=MOST,
    )


def _point(municipality: Municipality, country: str) -> Point | None:
    found = load_points(country.lower()).by_code.get(municipality.code)
    return Point(found.x, found.y) if found else None


def _once(hits: Iterable[Hit]) -> tuple[FoundService, ...]:
    """Each service once, by its best place."""
    kept = list(hits)
    ids = service_ids(hit.key for hit in kept)
    found: dict[uuid.UUID, FoundService] = {}
    for hit in kept:
        found.setdefault(ids[hit.key], FoundService(ids[hit.key], hit.distance, hit.found_by))
    return tuple(found.values())
