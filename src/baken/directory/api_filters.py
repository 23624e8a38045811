"""Which services, places and organizations answer a question of the HSDS API."""

from __future__ import annotations

import datetime as dt
import math
import uuid
from collections.abc import Iterable, Sequence
from http import HTTPStatus

from django.db.models import Exists, OuterRef, Q, QuerySet

from baken.directory import models
from baken.directory.api_asked import OrganizationsAsked, PlacesAsked, ServicesAsked
from baken.directory.exchange.ids import taxonomy_id, term_id
from baken.directory.exchange.terms import taxonomies
from baken.directory.finding import search
from baken.directory.finding.documents import Query
from baken.directory.index import service_ids
from baken.directory.knowing import pack_of
from baken.directory.queries import Audience, visible_to
from baken.directory.search import ASKERS
from baken.packs.pack import Pack
from baken.packs.places import Municipality, UnknownPlaceError
from baken.packs.points import Point, Points, load_points, to_point
from baken.recognise.api_problems import FieldError, ProblemError, Where

MOST_FOUND = 200
COLUMNS = {"nl-mh-kind": "kind", "nl-mh-visibility": "visibility"}
"""Taxonomies of which the code of a service stands in a column."""
_TERMS = {term_id(name, term.code): (name, term.code) for name, found in taxonomies().items() for term in found.terms}
_TAXONOMIES = {taxonomy_id(name): name for name in taxonomies()}


def searched(text: str, audience: Audience, language: str) -> list[uuid.UUID]:
    """Services for these words, the best first. The one place where the API asks the index."""
    query = Query(audience=ASKERS[audience], text=text, text_language=language, limit=MOST_FOUND)
    keys = [hit.key for hit in search.find(query).hits]
    ids = service_ids(keys)
    return list(dict.fromkeys(ids[key] for key in keys))


def services(asked: ServicesAsked, audience: Audience) -> QuerySet[models.Service]:
    """The services that these readers may see and that answer, apart from words."""
    found = visible_to(audience).filter(_terms(asked.taxonomy_term_id, asked.taxonomy_id))
    if asked.organization_id:
        found = found.filter(provider=asked.organization_id)
    return found.filter(_written(asked.modified_after))


def places(asked: PlacesAsked, audience: Audience) -> QuerySet[models.ServiceAtLocation]:
    """The services at locations that answer, apart from words and distance."""
    as_services = ServicesAsked(
        taxonomy_term_id=asked.taxonomy_term_id,
        taxonomy_id=asked.taxonomy_id,
        organization_id=asked.organization_id,
        modified_after=asked.modified_after,
    )
    return models.ServiceAtLocation.objects.filter(service__in=services(as_services, audience))


def organizations(asked: OrganizationsAsked, audience: Audience) -> QuerySet[models.Provider]:
    """Who offers at least one service that these readers may see and that answers."""
    terms = _terms(asked.taxonomy_term_id, asked.taxonomy_id)
    theirs = visible_to(audience).filter(terms, provider=OuterRef("pk"))
    found = models.Provider.objects.filter(Exists(theirs))
    for word in asked.search.split():
        found = found.filter(Q(name__icontains=word) | Q(description__icontains=word))
    return found


def _written(after: dt.datetime | None) -> Q:
    if after is None:
        return Q()
    return Q(edited_at__gte=after if after.tzinfo else after.replace(tzinfo=dt.UTC))


def _terms(term: uuid.UUID | None, taxonomy: uuid.UUID | None) -> Q:
    found = Q()
    if term is not None:
        name, code = _TERMS.get(term, ("", ""))
        has = Q(pk__in=models.Attribute.objects.filter(taxonomy=name, code=code).values("service"))
        found &= has | Q(**{COLUMNS[name]: code}) if name in COLUMNS else has
    if taxonomy is not None:
        name = _TAXONOMIES.get(taxonomy, "")
        if name not in COLUMNS:
            found &= Q(pk__in=models.Attribute.objects.filter(taxonomy=name).values("service"))
    return found


def municipality(typed: str, country: str, where: Where) -> Municipality:
    """The municipality of a postcode. Raises ProblemError."""
    pack = pack_of(country)
    try:
        if pack is None:
            raise UnknownPlaceError(typed, [])
        return pack.places.find(typed)
    except UnknownPlaceError:
        error = FieldError(where, "postcode", "postcode, name or code of a municipality")
        raise ProblemError(HTTPStatus.BAD_REQUEST, "This postcode is not known.", [error]) from None


def working_in(place: Municipality, country: str) -> Q:
    """For services at locations: those that work in a municipality, or of which nobody says where they do."""
    pack = pack_of(country)
    codes = [("country", country.upper()), ("municipality", place.code), *(_regions(place, pack) if pack else ())]
    inside = Q()
    for kind, code in codes:
        inside |= Q(kind=kind, code=code)
    areas = models.ServiceArea.objects.filter(service=OuterRef("service"))
    return Q(Exists(areas.filter(inside))) | ~Q(Exists(areas))


def _regions(place: Municipality, pack: Pack) -> Iterable[tuple[str, str]]:
    for kind, regions in pack.regions.items():
        found = pack.region_of(kind, place)
        yield from ((kind, code) for code, region in regions.items() if region is found)


def nearest(
    found: QuerySet[models.ServiceAtLocation], here: Municipality, country: str, metres: int
) -> list[uuid.UUID]:
    """Ids of those within a distance, the nearest first; of equals by id.

    A place whose address is not public is at the point of its municipality, and so is one of which no point is known. Nobody
    learns more of it than its municipality, from however many places they ask: there is nothing finer in the database either.
    """
    points = load_points(country.lower())
    if here.code not in points.by_code:
        return []
    centre = points.of(here.code)
    reach = [code for code, point in points.by_code.items() if _metres(centre, point) <= metres]
    columns = ("pk", "location__municipality", "location__latitude", "location__longitude", "location__confidential")
    nearby = found.filter(
        Q(location__municipality__in=reach) | Q(location__confidential=False, location__latitude__isnull=False)
    )
    away = [
        (distance, pk)
        for pk, *place in nearby.values_list(*columns)
        if (distance := _away(centre, place, points)) <= metres
    ]
    return [pk for _distance, pk in sorted(away)]


def _away(centre: Point, place: Sequence[object], points: Points) -> float:
    code, latitude, longitude, confidential = place
    if not confidential and isinstance(latitude, float) and isinstance(longitude, float):
        return _metres(centre, to_point(latitude, longitude))
    point = points.by_code.get(str(code))
    return _metres(centre, point) if point else math.inf


def _metres(one: Point, other: Point) -> float:
    return one.kilometres_to(other) * 1000
