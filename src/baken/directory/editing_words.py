"""What a service says in each field of its record, in plain words for editors: to compare two texts, and to read the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baken.directory import labels
from baken.directory.codes import Confidence, Field, Kind
from baken.directory.editing_forms.areas import municipality_name, name_of
from baken.directory.hours import hours_sentence
from baken.directory.owning.words import says
from baken.directory.packs_here import pack_of
from baken.directory.records import PlacedRecord, ServiceRecord

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LABELS: Mapping[str, _StrPromise] = {
    "name": gettext_lazy("Name of the service"),
    "alternate_name": gettext_lazy("Also called"),
    "provider": gettext_lazy("Organisation"),
    "kind": gettext_lazy("Kind of place"),
    "description": gettext_lazy("What they do"),
    "language": gettext_lazy("Language of these texts"),
    "country": gettext_lazy("Country"),
    "visibility": gettext_lazy("Who may see it"),
    "status": gettext_lazy("Open or closed"),
    "alert": gettext_lazy("What somebody must know first"),
    "url": gettext_lazy("Website"),
    "email": gettext_lazy("E-mail address"),
    "phones": gettext_lazy("Telephone"),
    "hours": gettext_lazy("Opening hours"),
    "languages": gettext_lazy("Languages"),
    "interpretation": gettext_lazy("Interpreters"),
    "codes": gettext_lazy("What it helps with, and for whom"),
    "eligibility": gettext_lazy("For whom it is, in words"),
    "minimum_age": gettext_lazy("Youngest age"),
    "maximum_age": gettext_lazy("Oldest age"),
    "areas": gettext_lazy("For which area"),
    "places": gettext_lazy("Places"),
    "referral": gettext_lazy("How to refer"),
    "documents": gettext_lazy("What to bring"),
    "costs": gettext_lazy("Costs"),
    "fees": gettext_lazy("What it costs, in words"),
    "free": gettext_lazy("Free of charge?"),
    "capacity": gettext_lazy("Free places"),
    "translations": gettext_lazy("Translations"),
    "source": gettext_lazy("Where we know this from"),
    "door": gettext_lazy("Door of the country pack"),
    "custom": gettext_lazy("From other systems"),
}
"""Field of the record -> its name on screen, in the order in which a page shows them."""


def label_of(name: str) -> str:
    """What a field of the record is called; its own name where nobody gave it another."""
    return str(LABELS.get(name, name))


def lines_of(record: ServiceRecord, name: str) -> list[str]:
    """What the service says in one field of its record, one line per thing; nothing when it says nothing."""
    if name in _SAID:
        return [line for line in _SAID[name](record) if line]
    value = getattr(record, name)
    return [] if value in ("", None, ()) else [str(value)]


def differing(first: ServiceRecord, second: ServiceRecord) -> list[str]:
    """Fields in which the two differ, in the order of a page."""
    return [name for name in LABELS if getattr(first, name) != getattr(second, name)]


def _codes(record: ServiceRecord) -> list[str]:
    found = []
    for taxonomy, title in labels.TAXONOMY.items():
        if texts := labels.labels(taxonomy, record.of(taxonomy)):
            found.append(f"{title}: {', '.join(texts)}")
    return found


def _place(place: PlacedRecord, record: ServiceRecord) -> str:
    location = place.location
    address = location.address
    parts = [location.name]
    if address:
        parts += [address.address_1, f"{address.postal_code} {address.city}".strip()]
    else:
        parts.append(municipality_name(location.municipality, pack_of(record.country)))
    if location.confidential:
        parts.append(_("Nobody may learn where it is"))
    parts += [phone.number for phone in place.phones]
    parts.append(hours_sentence(place.hours, record.country) or place.hours)
    parts += [f"{item.description} {item.details}".strip() for item in location.accessibility]
    parts += [place.description, location.transportation]
    return ", ".join(part for part in parts if part)


def _source(record: ServiceRecord) -> list[str]:
    source = record.source
    found = [source.name, source.url, str(labels.CONFIDENCE[Confidence(source.confidence)])]
    if source.checked_on:
        found.append(_("Read on %(day)s") % {"day": formats.date_format(source.checked_on)})
    if source.check_by:
        found.append(_("Read again before %(day)s") % {"day": formats.date_format(source.check_by)})
    return found


def _provider(record: ServiceRecord) -> list[str]:
    provider = record.provider
    return [provider.name, provider.description, provider.url, provider.email, provider.legal_status]


def _free(record: ServiceRecord) -> list[str]:
    return [] if record.free is None else [_("Yes") if record.free else _("No")]


_SAID: Mapping[str, Callable[[ServiceRecord], list[Any]]] = {
    "provider": _provider,
    "kind": lambda record: [str(labels.KIND[Kind(record.kind)])],
    "visibility": lambda record: says(record, Field.VISIBILITY),
    "status": lambda record: says(record, Field.STATUS),
    "phones": lambda record: says(record, Field.TELEPHONE),
    "hours": lambda record: [hours_sentence(record.hours, record.country) or record.hours],
    "referral": lambda record: says(record, Field.REFERRAL),
    "codes": _codes,
    "language": lambda record: [labels.language_name(record.language)],
    "country": lambda record: [labels.country_name(record.country)],
    "languages": lambda record: [
        f"{labels.language_name(item.code)} ({item.note})" if item.note else labels.language_name(item.code)
        for item in record.languages
    ],
    "areas": lambda record: [
        f"{labels.AREA.get(item.kind, item.kind)}: {name_of(item, pack_of(record.country))}" for item in record.areas
    ],
    "places": lambda record: [_place(place, record) for place in record.places],
    "documents": lambda record: [f"{item.document} {item.url}".strip() for item in record.documents],
    "costs": lambda record: [
        " ".join(part for part in (item.option, item.currency, item.amount, item.description) if part)
        for item in record.costs
    ],
    "capacity": lambda record: [f"{item.available} {item.unit}" for item in record.capacity],
    "translations": lambda record: [
        f"{labels.language_name(item.language)}, {label_of(item.field)}: {item.text}" for item in record.translations
    ],
    "source": _source,
    "free": _free,
    "custom": lambda record: [f"{taxonomy}: {code}" for taxonomy, code in record.custom],
}
