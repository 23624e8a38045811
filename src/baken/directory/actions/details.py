"""Rows that belong to a service. Each gets an id that follows from the service and its place in the list: always the same."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from baken.directory import models
from baken.directory.records import LocationRecord, PhoneRecord, PlacedRecord, ProviderRecord, ServiceRecord
from baken.directory.rows import place_id, provider_of


def write_provider(record: ProviderRecord) -> models.Provider:
    """The provider as the record says; what only we know of it, such as its owner's address, stays."""
    there = models.Provider.objects.filter(pk=record.id).prefetch_related("identifiers").first()
    if there is not None and provider_of(there) == record:
        return there
    values = {name: getattr(record, name) for name in ("name", "description", "url", "email", "legal_status")}
    provider, _made = models.Provider.objects.update_or_create(pk=record.id, defaults=values)
    _replace(
        models.Identifier,
        provider.identifiers,
        provider.pk,
        ({"provider": provider, **asdict(item)} for item in record.identifiers),
    )
    return provider


def write_details(service: models.Service, record: ServiceRecord, *, fresh: bool = False) -> None:
    """Everything below the service but its places. A ``fresh`` service has nothing yet that must go first."""
    codes = ({"taxonomy": taxonomy, "code": code} for taxonomy, code in sorted(record.codes))
    lists: Sequence[tuple[Any, Any, Iterable[dict[str, Any]]]] = (
        (models.Attribute, service.attributes, codes),
        (models.Phone, service.phones, (_phone(item) for item in record.phones)),
        (models.SpokenLanguage, service.languages, (asdict(item) for item in record.languages)),
        (models.ServiceArea, service.areas, (asdict(item) for item in record.areas)),
        (models.RequiredDocument, service.documents, (asdict(item) for item in record.documents)),
        (models.CostOption, service.costs, (asdict(item) for item in record.costs)),
        (models.ReferralStep, service.referral, (asdict(item) for item in record.referral)),
        (models.Capacity, service.capacity, (asdict(item) for item in record.capacity)),
    )
    for model, kept, values in lists:
        _replace(model, kept, service.pk, ({"service": service, **value} for value in values), fresh=fresh)
    _write_translations(service, record)


def _replace(model: Any, kept: Any, owner: uuid.UUID, values: Iterable[dict[str, Any]], *, fresh: bool = False) -> None:
    if not fresh:
        kept.all().delete()
    name = model._meta.model_name
    model.objects.bulk_create(
        model(id=uuid.uuid5(owner, f"{name}/{position}"), position=position, **value)
        for position, value in enumerate(values)
    )


def _phone(item: PhoneRecord) -> dict[str, Any]:
    return {**asdict(item), "languages": list(item.languages)}


def _write_translations(service: models.Service, record: ServiceRecord) -> None:
    service.translations.all().delete()
    models.Translation.objects.bulk_create(
        models.Translation(
            id=uuid.uuid5(service.pk, f"translation/{item.language}/{item.field}"), service=service, **asdict(item)
        )
        for item in record.translations
    )


def write_places(service: models.Service, places: Sequence[PlacedRecord]) -> None:
    """The places of the service, and what holds there only."""
    old = set(service.at_locations.values_list("location_id", flat=True))
    service.at_locations.all().delete()
    for position, place in enumerate(places):
        location = _write_location(place.location)
        at = models.ServiceAtLocation.objects.create(
            id=place_id(service.pk, location.pk),
            service=service,
            location=location,
            position=position,
            hours=place.hours,
            description=place.description,
        )
        _replace(models.Phone, at.phones, at.pk, ({"at_location": at, **_phone(item)} for item in place.phones))
    # A place that no service has any more is nobody's.
    models.Location.objects.filter(pk__in=old, at_services__isnull=True).delete()


def _write_location(record: LocationRecord) -> models.Location:
    address = asdict(record.address) if record.address else {}
    names = ("name", "kind", "municipality", "confidential", "latitude", "longitude", "transportation")
    values = {
        **dict.fromkeys(("address_1", "postal_code", "city", "province", "country"), ""),
        **address,
        **{name: getattr(record, name) for name in names},
    }
    location, _made = models.Location.objects.update_or_create(pk=record.id, defaults=values)
    _replace(
        models.Accessibility,
        location.accessibility,
        location.pk,
        ({"location": location, **asdict(item)} for item in record.accessibility),
    )
    return location
