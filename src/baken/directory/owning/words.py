"""What a service says about each critical field, in plain words, for its owner. Never an address, of no service."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from baken.directory import labels
from baken.directory.codes import Channel, Field, ServiceStatus, Visibility
from baken.directory.hours import hours_sentence
from baken.directory.parts import FOR_WHOM
from baken.directory.records import PhoneRecord, PlacedRecord, ReferralRecord, ServiceRecord
from baken.directory.telephones import phones_shown


def says(record: ServiceRecord, field: Field) -> list[str]:
    """One line per thing that it says; never empty."""
    return _WORDS[field](record)


def question(field: Field) -> str:
    """What the owner is asked about it."""
    return {
        Field.TELEPHONE: _("Are these the numbers to call?"),
        Field.HOURS: _("Are these the opening hours?"),
        Field.FOR_WHOM: _("Is it for these people?"),
        Field.REFERRAL: _("Is this how somebody comes to you?"),
        Field.STATUS: _("Is this so?"),
        Field.VISIBILITY: _("May these people see it?"),
    }[field]


def place_name(place: PlacedRecord) -> str:
    """What a place is called here: by its own name, without its address."""
    return place.location.name or _("Place without a name")


def _telephone(record: ServiceRecord) -> list[str]:
    lines = _numbers(record.phones, record.country)
    for place in record.places:
        lines += [f"{place_name(place)}: {number}" for number in _numbers(place.phones, record.country)]
    return lines or [_("We know no telephone number.")]


def _numbers(phones: tuple[PhoneRecord, ...], country: str) -> list[str]:
    shown = phones_shown(phones, country)
    return [f"{phone.display} ({phone.label})" if phone.label else phone.display for phone in shown]


def _hours(record: ServiceRecord) -> list[str]:
    found = [hours_sentence(record.hours, record.country) or record.hours] if record.hours else []
    found += [
        f"{place_name(place)}: {hours_sentence(place.hours, record.country) or place.hours}"
        for place in record.places
        if place.hours
    ]
    return found or [_("We do not know the opening hours.")]


def _for_whom(record: ServiceRecord) -> list[str]:
    lines = [
        f"{labels.TAXONOMY[taxonomy]}: {', '.join(found)}"
        for taxonomy in FOR_WHOM
        if (found := labels.labels(taxonomy, record.of(taxonomy)))
    ]
    if record.minimum_age is not None:
        lines.append(_("From %(first)d years old") % {"first": record.minimum_age})
    if record.maximum_age is not None:
        lines.append(_("Until %(last)d years old") % {"last": record.maximum_age})
    if record.eligibility:
        lines.append(record.eligibility)
    return lines or [_("For everybody.")]


def _referral(record: ServiceRecord) -> list[str]:
    lines = labels.labels("nl-mh-access", record.of("nl-mh-access"))
    return [*lines, *(_step(step) for step in record.referral)] or [_("We do not know how.")]


def _step(step: ReferralRecord) -> str:
    parts = [str(labels.CHANNEL[Channel(step.channel)]) if step.channel else "", step.description]
    if step.consent_needed is not None:
        parts.append(_("The person has to agree.") if step.consent_needed else _("The person need not agree."))
    if step.to_have_ready:
        parts.append(_("Have ready: %(what)s") % {"what": step.to_have_ready})
    if step.not_to_send:
        parts.append(_("Do not send: %(what)s") % {"what": step.not_to_send})
    return " – ".join(part for part in parts if part)


_WORDS: Mapping[Field, Callable[[ServiceRecord], list[str]]] = {
    Field.TELEPHONE: _telephone,
    Field.HOURS: _hours,
    Field.FOR_WHOM: _for_whom,
    Field.REFERRAL: _referral,
    Field.STATUS: lambda record: [str(labels.SERVICE_STATUS[ServiceStatus(record.status)])],
    Field.VISIBILITY: lambda record: [str(labels.VISIBILITY[Visibility(record.visibility)])],
}
