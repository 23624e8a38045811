"""Services that were found, as the page shows them: why, how far, and whether they are open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from baken.directory import labels
from baken.directory.facts import Facts, facts_of
from baken.directory.hours import OpenShown, open_shown, open_state
from baken.directory.packs_here import pack_of
from baken.directory.queries import Audience, services_for
from baken.directory.records import ServiceRecord
from baken.directory.rows import record_of
from baken.directory.search import Asked, FoundService
from baken.directory.telephones import PhoneShown, phones_shown
from baken.directory.words import Shown, shown
from baken.routes.cards import moment_text

METRES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class HitShown:
    """One service in a list."""

    id: str
    name: Shown
    description: Shown
    provider: str
    kind: str
    phone: PhoneShown | None
    hours: OpenShown
    then: str
    """Whether it is open at the moment that was asked; "" when none was."""
    why: tuple[str, ...]
    found_by: str
    distance: str
    country: str
    """Where it is, when that is another country than this site is for; else ""."""
    confirmed: bool
    only_professionals: bool


def hits_shown(found: Iterable[FoundService], asked: Asked, audience: Audience, now: dt.datetime) -> list[HitShown]:
    """The services in the order in which they were found; one that the reader may no longer see is left out."""
    hits = {hit.service_id: hit for hit in found}
    shown_ones = []
    for service in services_for(audience, list(hits)):
        record = record_of(service)
        facts = facts_of(record, pack_of(record.country))
        shown_ones.append(_hit(record, facts, hits[service.pk], asked, now, confirmed=service.verified_at is not None))
    return shown_ones


def hours_of(record: ServiceRecord, facts: Facts) -> str:
    """The hours of the service, else those of its first place that has some."""
    return facts.hours or next((place.hours for place in record.places if place.hours), "")


def _hit(
    record: ServiceRecord, facts: Facts, hit: FoundService, asked: Asked, now: dt.datetime, *, confirmed: bool
) -> HitShown:
    language = get_language() or "nl"
    osm = hours_of(record, facts)
    phones = phones_shown(
        facts.phones or next((item.phones for item in record.places if item.phones), ()), record.country
    )
    return HitShown(
        id=str(record.id),
        name=shown(record, "name", language),
        description=shown(record, "description", language),
        provider=record.provider.name,
        kind=labels.label("nl-mh-kind", record.kind),
        phone=phones[0] if phones else None,
        hours=open_shown(osm, record.country, now),
        then=_then(osm, record.country, asked, now),
        why=tuple(_why(record, asked)),
        found_by=", ".join(hit.found_by),
        distance=_distance(hit.distance),
        country=labels.country_name(record.country) if record.country != settings.BAKEN_COUNTRY.upper() else "",
        confirmed=confirmed,
        only_professionals=record.visibility != "public",
    )


def _then(osm: str, country: str, asked: Asked, now: dt.datetime) -> str:
    if asked.open_at is None or asked.open_at <= now:
        return ""
    state = open_state(osm, country, asked.open_at)
    moment = moment_text(asked.open_at, now)
    if state.open and state.closes_at:
        closes = formats.time_format(state.closes_at, "H:i")
        return _("Open %(moment)s, until %(time)s") % {"moment": moment, "time": closes}
    if state.open:
        return _("Open %(moment)s") % {"moment": moment}
    if state.open is None:
        return ""
    if state.opens_at:
        return _("Closed %(moment)s, opens %(opens)s") % {"moment": moment, "opens": moment_text(state.opens_at, now)}
    return _("Closed %(moment)s") % {"moment": moment}


def _why(record: ServiceRecord, asked: Asked) -> Iterable[str]:
    if asked.language:
        name = labels.language_name(asked.language)
        if any(item.code == asked.language for item in record.languages):
            yield _("Speaks: %(language)s") % {"language": name}
        elif record.interpretation:
            yield _("With an interpreter: %(language)s") % {"language": name}
    for taxonomy, letter in (("nl-mh-need", "n"), ("nl-mh-form", "f")):
        codes = [code for code in record.of(taxonomy) if f"{letter}:{code}" in asked.chosen]
        yield from labels.labels(taxonomy, codes)


def _distance(metres: int | None) -> str:
    if metres is None:
        return ""
    return _("about %(km)d km") % {"km": max(1, round(metres / METRES))}
