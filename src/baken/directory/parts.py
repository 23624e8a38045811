"""The critical fields of a service, one by one: what is shown to be confirmed, what waits for a second person. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any

from baken.directory.codes import Field, Visibility
from baken.directory.records import LocationRecord, PhoneRecord, PlacedRecord, ReferralRecord, ServiceRecord

TWO_PEOPLE = (Field.TELEPHONE, Field.VISIBILITY, Field.STATUS)
"""A wrong value in one of these sends somebody to the wrong person, or shows a place that should be hidden."""
FOR_WHOM = ("nl-mh-gender", "nl-mh-age", "nl-mh-status", "nl-mh-form")
Part = Any
"""JSON: what a proposal keeps as before and after."""


def part_of(record: ServiceRecord, field: Field) -> Part:
    """What the service says now about one critical field, as JSON that can be compared."""
    return _READ[field](record)


def with_part(record: ServiceRecord, field: Field, part: Part) -> ServiceRecord:
    """The same service that says something else about one critical field. Raises ValueError when the part has another shape."""
    try:
        return _WRITE[field](record, part)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"This is not what {field} looks like") from error


def changed_fields(before: ServiceRecord, after: ServiceRecord) -> tuple[Field, ...]:
    """The critical fields in which the two differ."""
    return tuple(field for field in Field if part_of(before, field) != part_of(after, field))


def _phone(value: Mapping[str, Any]) -> PhoneRecord:
    return PhoneRecord(**{**value, "languages": tuple(value["languages"])})


def _phones(phones: tuple[PhoneRecord, ...]) -> list[dict[str, Any]]:
    return [{**asdict(phone), "languages": list(phone.languages)} for phone in phones]


def _by_place(record: ServiceRecord, change: Callable[[PlacedRecord], Any]) -> dict[str, Any]:
    return {str(place.location.id): change(place) for place in record.places}


def _telephone(record: ServiceRecord) -> Part:
    return {"phones": _phones(record.phones), "places": _by_place(record, lambda place: _phones(place.phones))}


def _with_telephone(record: ServiceRecord, part: Part) -> ServiceRecord:
    places = tuple(
        replace(place, phones=tuple(_phone(value) for value in part["places"].get(str(place.location.id), ())))
        for place in record.places
    )
    return replace(record, phones=tuple(_phone(value) for value in part["phones"]), places=places)


def _hours(record: ServiceRecord) -> Part:
    return {"hours": record.hours, "places": _by_place(record, lambda place: place.hours)}


def _with_hours(record: ServiceRecord, part: Part) -> ServiceRecord:
    places = tuple(replace(place, hours=part["places"].get(str(place.location.id), "")) for place in record.places)
    return replace(record, hours=part["hours"], places=places)


def _codes(record: ServiceRecord, taxonomies: tuple[str, ...]) -> dict[str, list[str]]:
    return {taxonomy: sorted(record.of(taxonomy)) for taxonomy in taxonomies}


def _with_codes(record: ServiceRecord, codes: Mapping[str, list[str]]) -> ServiceRecord:
    kept = {pair for pair in record.codes if pair[0] not in codes}
    return replace(record, codes=frozenset(kept | {(name, code) for name, found in codes.items() for code in found}))


def _for_whom(record: ServiceRecord) -> Part:
    return {
        "codes": _codes(record, FOR_WHOM),
        "minimum_age": record.minimum_age,
        "maximum_age": record.maximum_age,
        "eligibility": record.eligibility,
    }


def _with_for_whom(record: ServiceRecord, part: Part) -> ServiceRecord:
    changed = replace(
        record, minimum_age=part["minimum_age"], maximum_age=part["maximum_age"], eligibility=part["eligibility"]
    )
    return _with_codes(changed, {name: part["codes"][name] for name in FOR_WHOM})


def _referral(record: ServiceRecord) -> Part:
    return {"codes": _codes(record, ("nl-mh-access",)), "steps": [asdict(step) for step in record.referral]}


def _with_referral(record: ServiceRecord, part: Part) -> ServiceRecord:
    changed = replace(record, referral=tuple(ReferralRecord(**step) for step in part["steps"]))
    return _with_codes(changed, {"nl-mh-access": part["codes"]["nl-mh-access"]})


def _with_visibility(record: ServiceRecord, part: Part) -> ServiceRecord:
    """A service that goes into hiding leaves its addresses behind for good; the municipality stays."""
    places = record.places
    if part == Visibility.HIDDEN:
        places = tuple(replace(place, location=without_address(place.location)) for place in places)
    return replace(record, visibility=part, places=places)


def without_address(location: LocationRecord) -> LocationRecord:
    """The same place as nobody may find it: its municipality and nothing else that leads there."""
    return LocationRecord(
        id=location.id,
        kind=location.kind,
        municipality=location.municipality,
        confidential=True,
        accessibility=location.accessibility,
    )


_READ: Mapping[Field, Callable[[ServiceRecord], Part]] = {
    Field.TELEPHONE: _telephone,
    Field.HOURS: _hours,
    Field.FOR_WHOM: _for_whom,
    Field.REFERRAL: _referral,
    Field.STATUS: lambda record: record.status,
    Field.VISIBILITY: lambda record: record.visibility,
}
_WRITE: Mapping[Field, Callable[[ServiceRecord, Part], ServiceRecord]] = {
    Field.TELEPHONE: _with_telephone,
    Field.HOURS: _with_hours,
    Field.FOR_WHOM: _with_for_whom,
    Field.REFERRAL: _with_referral,
    Field.STATUS: lambda record, part: replace(record, status=part),
    Field.VISIBILITY: _with_visibility,
}
