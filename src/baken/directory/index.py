"""Services into the index of the finding engine, and out of it. The one place that decides what the index knows of a service."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from functools import lru_cache

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import override

from baken.directory import labels, models
from baken.directory.codes import Kind, Visibility
from baken.directory.facts import facts_of
from baken.directory.finding import store
from baken.directory.finding.documents import INTERPRETER, Document, Group, Point, Text, Weight
from baken.directory.finding.opening import FULL, stretch
from baken.directory.hours import UNREADABLE
from baken.directory.knowing import pack_of
from baken.directory.queries import NOT_AT_WORK
from baken.directory.reach import reach_of
from baken.directory.records import PlacedRecord, ServiceRecord
from baken.directory.rows import place_id, record_of, whole
from baken.directory.words import TRANSLATED
from baken.packs.pack import Pack
from baken.packs.points import Points, load_points, to_point
from baken.recognise.current import site_languages
from baken.routes.hours import always_open, open_minutes

EVERYWHERE = f"{Group.MUNICIPALITY}:all"
"""It works in the whole country, or nobody says that it does not."""
RING_DAYS = 14
BATCH = 500
GROUPS = {
    "nl-mh-need": Group.NEED,
    "nl-mh-form": Group.FORM,
    "nl-mh-gender": Group.GENDER,
    "nl-mh-age": Group.AGE,
    "nl-mh-status": Group.STATUS,
    "nl-mh-access": Group.ACCESS,
}
WEIGHTS = {"name": Weight.NAME, "alternate_name": Weight.NAME}


def follow(service_id: uuid.UUID, *, now: dt.datetime, before: ServiceRecord | None = None) -> None:
    """Make the index say what the service says now. Whoever changes or hides a service calls this in the same transaction.

    ``before`` is the service as it was, so that places that it left are left here as well; without it no place changed.
    """
    service = _indexed().filter(pk=service_id).first()
    documents = _documents_of(service, now) if service else ()
    places = models.ServiceAtLocation.objects.filter(service_id=service_id)
    gone = {service_id, *places.values_list("pk", flat=True), *(keys_of(before) if before else ())}
    with transaction.atomic():
        store.remove(gone - {document.key for document in documents})
        store.put(documents)


def rebuild(*, now: dt.datetime) -> int:
    """Make the index anew from the services; returns how many documents it has. Each night, for the days of the ring go on."""
    count = 0

    def documents() -> Iterator[Document]:
        nonlocal count
        for service in _indexed().iterator(chunk_size=BATCH):
            for document in _documents_of(service, now):
                count += 1
                yield document

    store.rebuild(documents())
    return count


def keys_of(record: ServiceRecord) -> tuple[uuid.UUID, ...]:
    """The keys of its documents: one for each place, or its own where it has none."""
    return tuple(place_id(record.id, place.location.id) for place in record.places) or (record.id,)


def service_ids(keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Key of a document -> the service that it is of."""
    wanted = list(keys)
    found = dict(models.ServiceAtLocation.objects.filter(pk__in=wanted).values_list("pk", "service_id"))
    return {key: found.get(key, key) for key in wanted}


def documents_of(record: ServiceRecord, pack: Pack | None, points: Points, now: dt.datetime) -> tuple[Document, ...]:
    """What the index knows of a service: for each place its own document.

    A place whose address is not published has the point of its municipality, like everything that not everybody may see: the
    engine cannot know a finer one, so that asking distances from many places finds nothing out.
    """
    facts = facts_of(record, pack)
    texts, facets = tuple(_texts(record, pack)), frozenset(facets_of(record, pack))
    visibility = Visibility(record.visibility)
    found = []
    for place in record.places:
        osm = place.hours or facts.hours
        found.append(
            Document(
                key=place_id(record.id, place.location.id),
                texts=texts,
                visibility=visibility,
                facets=facets,
                point=_point(record, place, points),
                opening=_opening(osm, record, now),
            )
        )
    opening = _opening(facts.hours, record, now)
    return tuple(found) or (
        Document(key=record.id, texts=texts, visibility=visibility, facets=facets, opening=opening),
    )


def _indexed() -> QuerySet[models.Service]:
    """Everything that a search may find, for editors too."""
    return whole(models.Service.objects.filter(stale_hidden_at__isnull=True).exclude(status__in=NOT_AT_WORK))


def _documents_of(service: models.Service, now: dt.datetime) -> tuple[Document, ...]:
    record = record_of(service)
    return documents_of(record, pack_of(record.country), _points(record.country), now)


def _points(country: str) -> Points:
    return load_points(country.lower()) if pack_of(country) else Points()


def _texts(record: ServiceRecord, pack: Pack | None) -> Iterator[Text]:
    for name in TRANSLATED:
        if text := str(getattr(record, name)):
            yield Text(record.language, WEIGHTS.get(name, Weight.DESCRIPTION), text)
    for item in record.translations:
        yield Text(item.language, WEIGHTS.get(item.field, Weight.DESCRIPTION), item.text)
    yield Text(record.language, Weight.KEYWORDS, record.provider.name)
    for language in site_languages():
        yield Text(language, Weight.KEYWORDS, " ".join(_names(record, language)))
    for place in record.places:
        town = pack.places.municipalities.get(place.location.municipality) if pack else None
        if town:
            yield Text("nl", Weight.DESCRIPTION, town.name)


def _names(record: ServiceRecord, language: str) -> Iterator[str]:
    """What its codes are called in one language: whoever types in another language than the text finds it by these."""
    for taxonomy, code in sorted(record.codes):
        if taxonomy in ("nl-mh-need", "nl-mh-form"):
            yield _label(taxonomy, code, language)
    yield _label("nl-mh-kind", record.kind, language)


@lru_cache(maxsize=1024)
def _label(taxonomy: str, code: str, language: str) -> str:
    with override(language):
        return labels.label(taxonomy, code)


def facets_of(record: ServiceRecord, pack: Pack | None) -> Iterator[str]:
    """The codes of a service as tokens of the index: with what, for whom, in which language, and where it works."""
    for taxonomy, group in GROUPS.items():
        yield from (f"{group}:{code}" for code in record.of(taxonomy))
    yield from (f"{Group.LANGUAGE}:{item.code.lower().replace('-', '_')}" for item in record.languages)
    if record.interpretation:
        yield INTERPRETER
    yield f"{Group.KIND}:{record.kind}"
    if not record.areas or any(area.kind == "country" for area in record.areas):
        yield EVERYWHERE
    else:
        known = pack.places.municipalities if pack else {}
        yield from (f"{Group.MUNICIPALITY}:{code.lower()}" for code in reach_of(record, pack) if code in known)


def _point(record: ServiceRecord, place: PlacedRecord, points: Points) -> Point | None:
    location = place.location
    open_to_all = record.visibility == Visibility.PUBLIC and record.kind != Kind.SHELTER and not location.confidential
    if open_to_all and location.latitude is not None and location.longitude is not None and points.by_code:
        found = to_point(location.latitude, location.longitude)
    elif location.municipality in points.by_code:
        found = points.by_code[location.municipality]
    else:
        return None
    return Point(found.x, found.y)


def _opening(osm: str, record: ServiceRecord, now: dt.datetime) -> int | None:
    """The next fourteen days as a mask; None where nobody knows the hours."""
    if not osm:
        return None
    if record.status == "temporarily closed":
        return 0
    if always_open(osm):
        return FULL
    mask = 0
    try:
        for offset in range(RING_DAYS):
            day = now.date() + dt.timedelta(days=offset)
            midnight = dt.datetime.combine(day, dt.time())
            for start, end in open_minutes(osm=osm, country=record.country.upper(), day=day):
                mask |= stretch(midnight + dt.timedelta(minutes=start), midnight + dt.timedelta(minutes=end))
    except UNREADABLE:
        return None
    return mask
