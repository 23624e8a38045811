"""The card of a service in the language of the reader, neutral or with its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baken.directory import labels
from baken.directory.cards import Card, CardPhone
from baken.directory.codes import Kind
from baken.directory.facts import Facts
from baken.directory.hits import hours_of
from baken.directory.hours import hours_sentence
from baken.directory.neutral import is_telling
from baken.directory.records import ServiceRecord
from baken.directory.telephones import PhoneShown, phones_shown
from baken.directory.words import shown

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MOST_PHONES = 2
MOST_LANGUAGES = 6
TITLES: Mapping[Kind, _StrPromise] = {
    Kind.CRISIS: gettext_lazy("Advice"),
    Kind.SHELTER: gettext_lazy("Advice"),
    Kind.CARE_COORDINATION: gettext_lazy("Advice"),
    Kind.FOCAL_POINT: gettext_lazy("Advice"),
    Kind.POLICE: gettext_lazy("Advice"),
    Kind.LEGAL_AID: gettext_lazy("Legal advice"),
    Kind.HEALTH_CARE: gettext_lazy("Health care"),
    Kind.ADVICE: gettext_lazy("Advice"),
    Kind.SUPPORT: gettext_lazy("Support"),
    Kind.OFFICIAL: gettext_lazy("Information"),
}
"""What stands above a neutral card."""


def card_of(record: ServiceRecord, facts: Facts, *, language: str, neutral: bool = True) -> Card:
    """The card of a service. A neutral one leaves out every text that gives away what it is about."""
    numbers = facts.phones or next((place.phones for place in record.places if place.phones), ())
    known = phones_shown(numbers, record.country)
    spoken = [phone for phone in known if phone.kind == "voice"]
    phones = (spoken or [phone for phone in known if phone.kind == "text"])[:MOST_PHONES]
    name = shown(record, "name", language).text
    return Card(
        title=str(TITLES[Kind(record.kind)]) if neutral else name,
        phones=tuple(CardPhone(phone.display, _note(phone), phone.href) for phone in phones),
        hours=_said(hours_sentence(hours_of(record, facts), record.country), neutral=neutral),
        languages=", ".join(labels.language_name(item.code) for item in record.languages[:MOST_LANGUAGES]),
        costs=_costs(record, facts, language, neutral=neutral),
        otherwise="" if phones else _otherwise(facts, neutral=neutral),
        neutral=neutral,
    )


def _note(phone: PhoneShown) -> str:
    """Without what the organisation wrote beside the number: that could give away what it is for."""
    return " ".join(part for part in (phone.what, *phone.notes) if part)


def _costs(record: ServiceRecord, facts: Facts, language: str, *, neutral: bool) -> str:
    if facts.free:
        return _("Free of charge")
    return _said(shown(record, "fees", language).text, neutral=neutral)


def _otherwise(facts: Facts, *, neutral: bool) -> str:
    """How to get in touch without a number: by mail or website where that gives nothing away."""
    for text, value in ((_("Write to %(address)s"), facts.email), (_("Look at %(address)s"), _site(facts.url))):
        if value and _said(value, neutral=neutral):
            return text % {"address": value}
    return _("Ask the person who gave you this card how to get in touch.")


def _site(url: str) -> str:
    return url.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def _said(text: str, *, neutral: bool) -> str:
    return "" if neutral and is_telling(text) else text
