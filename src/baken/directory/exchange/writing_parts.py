"""What belongs to a service, as objects of HSDS 3.1. Pure."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterable
from typing import Any

from baken.directory.exchange.attributes import tag, written
from baken.directory.exchange.ids import part_id, place_id, unit_id
from baken.directory.exchange.schedules import schedules_of
from baken.directory.exchange.terms import Data
from baken.directory.records import (
    AccessibilityRecord,
    AddressRecord,
    CapacityRecord,
    CostRecord,
    LocationRecord,
    PhoneRecord,
    PlacedRecord,
    ProviderRecord,
    ServiceRecord,
)


def moment(at: dt.datetime) -> str:
    """A moment in UTC, as JSON Schema's ``date-time``."""
    return at.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in ("", None, [])}


def organization(provider: ProviderRecord, *, registers: bool = True) -> dict[str, Any]:
    """Who offers the service. HSDS wants a description, so an unknown one is an empty text."""
    made = {
        "id": str(provider.id),
        "name": provider.name,
        "description": provider.description,
        **_filled({"email": provider.email, "website": provider.url, "legal_status": provider.legal_status}),
    }
    numbers = [
        {
            "id": str(part_id(provider.id, "identifier", position)),
            "organization_id": str(provider.id),
            "identifier_scheme": item.scheme,
            "identifier_type": item.scheme,
            "identifier": item.identifier,
        }
        for position, item in enumerate(provider.identifiers)
    ]
    return made | ({"organization_identifiers": numbers} if registers and numbers else {})


def phones(found: Iterable[PhoneRecord], owner: uuid.UUID) -> list[dict[str, Any]]:
    """Telephone numbers of a service, or of a service at one place."""
    return [_phone(item, part_id(owner, "phone", position)) for position, item in enumerate(found)]


def _phone(item: PhoneRecord, own: uuid.UUID) -> dict[str, Any]:
    as_number = item.extension.isascii() and item.extension.isdigit() and str(int(item.extension)) == item.extension
    extra = [] if as_number or not item.extension else [tag(Data.EXTENSION, item.extension)]
    return _filled(
        {
            "id": str(own),
            "number": item.number,
            "extension": int(item.extension) if as_number else None,
            "type": item.kind,
            "description": item.description,
            "languages": [
                {"id": str(part_id(own, "language", position)), "code": code}
                for position, code in enumerate(item.languages)
            ],
            "attributes": written(own, "phone", extra),
        }
    )


def languages(record: ServiceRecord) -> list[dict[str, Any]]:
    """Languages that are spoken."""
    return [
        _filled({"id": str(part_id(record.id, "spokenlanguage", position)), "code": item.code, "note": item.note})
        for position, item in enumerate(record.languages)
    ]


def areas(record: ServiceRecord) -> list[dict[str, Any]]:
    """Where people must live or be. The code stands in an attribute: HSDS knows shapes and names only."""
    made = []
    for position, item in enumerate(record.areas):
        own = part_id(record.id, "servicearea", position)
        attributes = written(own, "service_area", [tag(Data.AREA, f"{item.kind}:{item.code}")])
        made.append(_filled({"id": str(own), "name": item.name, "attributes": attributes}))
    return made


def documents(record: ServiceRecord) -> list[dict[str, Any]]:
    """Papers to bring."""
    return [
        _filled(
            {"id": str(part_id(record.id, "requireddocument", position)), "document": item.document, "uri": item.url}
        )
        for position, item in enumerate(record.documents)
    ]


def costs(record: ServiceRecord) -> list[dict[str, Any]]:
    """What it costs."""
    return [_cost(item, part_id(record.id, "costoption", position)) for position, item in enumerate(record.costs)]


def _cost(item: CostRecord, own: uuid.UUID) -> dict[str, Any]:
    amount = amount_of(item.amount)
    as_number = amount is not None and json.dumps(amount) == item.amount
    extra = [] if as_number or not item.amount else [tag(Data.AMOUNT, item.amount)]
    return _filled(
        {
            "id": str(own),
            "option": item.option,
            "currency": item.currency,
            "amount": amount,
            "amount_description": item.description,
            "attributes": written(own, "cost_option", extra),
        }
    )


def amount_of(text: str) -> int | float | None:
    """An amount as a number; None when the text is none."""
    try:
        number = float(text)
    except ValueError:
        return None
    if number != number or abs(number) > 1e12:
        return None
    return int(number) if text.isascii() and text.isdigit() else number


def capacities(record: ServiceRecord) -> list[dict[str, Any]]:
    """Free places."""
    return [_capacity(item, part_id(record.id, "capacity", position)) for position, item in enumerate(record.capacity)]


def _capacity(item: CapacityRecord, own: uuid.UUID) -> dict[str, Any]:
    return _filled(
        {
            "id": str(own),
            "unit": {"id": str(unit_id(item.unit)), "name": item.unit},
            "available": item.available,
            "maximum": item.maximum,
            "description": item.description,
            "updated": moment(item.updated),
        }
    )


def at_location(place: PlacedRecord, record: ServiceRecord, on: dt.date) -> dict[str, Any]:
    """The service at one place."""
    own = place_id(record.id, place.location.id)
    hours = [tag(Data.OPENING_HOURS, place.hours)] if place.hours else []
    return _filled(
        {
            "id": str(own),
            "description": place.description,
            "location": location(place.location),
            "phones": phones(place.phones, own),
            "schedules": schedules_of(place.hours, record.country, own, on),
            "attributes": written(own, "service_at_location", hours),
        }
    )


def location(place: LocationRecord) -> dict[str, Any]:
    """A place; of a confidential one its municipality only, for more was never stored."""
    extra = [tag(Data.MUNICIPALITY, place.municipality)] if place.municipality else []
    if place.confidential:
        extra.append(tag(Data.CONFIDENTIAL, "true"))
    return _filled(
        {
            "id": str(place.id),
            "location_type": place.kind,
            "name": place.name,
            "transportation": place.transportation,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "addresses": [_address(place.address, place)] if place.address else [],
            "accessibility": [_access(item, place.id, at) for at, item in enumerate(place.accessibility)],
            "attributes": written(place.id, "location", extra),
        }
    )


def _address(address: AddressRecord, place: LocationRecord) -> dict[str, Any]:
    """HSDS wants all of these, also where a country has no such thing: what is not known is an empty text."""
    return {
        "id": str(part_id(place.id, "address", 0)),
        "address_1": address.address_1,
        "city": address.city,
        "state_province": address.province,
        "postal_code": address.postal_code,
        "country": address.country,
        "address_type": place.kind,
    }


def _access(item: AccessibilityRecord, owner: uuid.UUID, position: int) -> dict[str, Any]:
    own = part_id(owner, "accessibility", position)
    return _filled({"id": str(own), "description": item.description, "details": item.details, "url": item.url})
