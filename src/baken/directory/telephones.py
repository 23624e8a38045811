"""Telephone numbers as the pages of the map show them, with what a number costs and from where it can be called."""

from __future__ import annotations

from dataclasses import dataclass

import phonenumbers
from django.utils.translation import gettext as _

from baken.directory import labels
from baken.directory.records import PhoneRecord
from baken.routes.router import dialled_number, shown_number

COSTS_MONEY = ("0900", "0906", "0909")
"""Prefixes of the Netherlands for which a caller pays; they, 0800 and short numbers cannot be called from abroad."""
FREE = ("0800",)
SHORT = 6


@dataclass(frozen=True, slots=True)
class PhoneShown:
    """A number as people write it (``display``), as a telephone dials it (``href``, a whole address) and what to know of it.

    ``what`` is said of it by us (text message, extension), ``label`` also by the organisation.
    """

    display: str
    href: str
    what: str
    label: str
    kind: str
    notes: tuple[str, ...]


def phones_shown(phones: tuple[PhoneRecord, ...], country: str) -> tuple[PhoneShown, ...]:
    """The numbers in their order; what is no number at all is left out rather than dialled."""
    return tuple(shown for phone in phones if (shown := _shown(phone, country.upper())))


def _shown(phone: PhoneRecord, country: str) -> PhoneShown | None:
    try:
        display, dialled = shown_number(phone.number, country), dialled_number(phone.number, country)
    except phonenumbers.NumberParseException:
        return None
    if not any(character.isdigit() for character in dialled):
        return None
    scheme = "sms" if phone.kind == "text" else "tel"
    extension = _("extension %(number)s") % {"number": phone.extension} if phone.extension else ""
    what = " · ".join(part for part in (_kind(phone.kind), extension) if part)
    return PhoneShown(
        display=display,
        href=f"{scheme}:{dialled}",
        what=what,
        label=" · ".join(part for part in (what, phone.description, _languages(phone)) if part),
        kind=phone.kind,
        notes=number_notes(dialled, country),
    )


def number_notes(dialled: str, country: str) -> tuple[str, ...]:
    """What somebody must know before calling this number: what it costs, and that it does not work from abroad."""
    if country != "NL" or dialled.startswith("+"):
        return ()
    if dialled.startswith(COSTS_MONEY):
        return (_("This number costs money and cannot be called from abroad."),)
    if dialled.startswith(FREE):
        return (_("Free to call. Often does not work from abroad."),)
    return (_("Cannot be called from abroad."),) if len(dialled) <= SHORT else ()


def _kind(kind: str) -> str:
    return "" if kind == "voice" else str(labels.PHONE_KIND.get(kind, ""))


def _languages(phone: PhoneRecord) -> str:
    return ", ".join(labels.language_name(code) for code in phone.languages)
