"""The public map of one municipality on paper: each service with its telephone and hours, by what sort of place it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from baken.directory import labels
from baken.directory.codes import Kind
from baken.directory.exchange.documents import Document
from baken.directory.exchange.loading import documents_for
from baken.directory.hours import hours_sentence
from baken.directory.knowing import pack_of
from baken.directory.reach import reach_of
from baken.directory.telephones import PhoneShown, phones_shown
from baken.directory.words import shown
from baken.packs.places import Municipality
from baken.routes.pdf import render_pdf


@dataclass(frozen=True, slots=True)
class PaperService:
    """One service on paper."""

    name: str
    provider: str
    what: str
    phones: tuple[PhoneShown, ...]
    hours: str
    url: str
    languages: str
    status: str
    verified_on: dt.date | None
    alert: str


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """Services of one sort."""

    name: str
    services: tuple[PaperService, ...]


def municipality_pdf(place: Municipality, *, language: str, now: dt.datetime) -> bytes:
    """What everybody may see and works in a municipality, as a tagged PDF. Raises PdfUnavailableError."""
    with override(language):
        heading = _("Help in %(name)s") % {"name": place.name}
        context: dict[str, Any] = {
            "heading": heading,
            "groups": list(groups_of(place, language, now)),
            "made_on": formats.date_format(timezone.localdate(now), "j F Y"),
            "LANGUAGE_CODE": language,
        }
        return render_pdf("directory/paper/municipality.html", context)


def groups_of(place: Municipality, language: str, now: dt.datetime) -> Iterator[PaperGroup]:
    """The services that work in a municipality, by sort, each by name."""
    found = [item for item in documents_for("public", now) if _works_in(place, item)]
    for kind in Kind:
        services = sorted(
            (_service(item, language) for item in found if item.record.kind == kind),
            key=lambda item: item.name.casefold(),
        )
        if services:
            yield PaperGroup(str(labels.KINDS[kind]), tuple(services))


def _works_in(place: Municipality, item: Document) -> bool:
    country = settings.BAKEN_COUNTRY.upper()
    return item.record.country == country and place.code in reach_of(item.record, pack_of(country))


def _service(item: Document, language: str) -> PaperService:
    record = item.record
    numbers = [*record.phones, *(phone for place in record.places for phone in place.phones)]
    hours = record.hours or next((place.hours for place in record.places if place.hours), "")
    closed = record.status != "active"
    return PaperService(
        name=shown(record, "name", language).text,
        provider=record.provider.name,
        what=shown(record, "description", language).text,
        phones=phones_shown(tuple(dict.fromkeys(numbers)), record.country),
        hours=hours_sentence(hours, record.country),
        url=record.url,
        languages=", ".join(labels.language_name(spoken.code) for spoken in record.languages),
        status=str(next(text for code, text in labels.SERVICE_STATUS.items() if code == record.status))
        if closed
        else "",
        verified_on=item.history.assured_on,
        alert=shown(record, "alert", language).text,
    )
