"""Between a record and its rows. Writing is for ``actions`` only; reading is what ``queries`` builds on."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet

from baken.directory import models
from baken.directory.records import (
    AccessibilityRecord,
    AddressRecord,
    AreaRecord,
    CapacityRecord,
    CostRecord,
    DocumentRecord,
    IdentifierRecord,
    LanguageRecord,
    LocationRecord,
    PhoneRecord,
    PlacedRecord,
    ProviderRecord,
    ReferralRecord,
    ServiceRecord,
    SourceRecord,
    TranslationRecord,
)

PLAIN = (
    "name",
    "alternate_name",
    "description",
    "language",
    "country",
    "kind",
    "visibility",
    "status",
    "url",
    "email",
    "hours",
    "interpretation",
    "eligibility",
    "minimum_age",
    "maximum_age",
    "alert",
    "fees",
    "free",
    "door",
)
"""Fields that a record and its row have under the same name."""


def whole(services: QuerySet[models.Service]) -> QuerySet[models.Service]:
    """The same services with everything that a record needs, in a fixed number of queries."""
    places = models.ServiceAtLocation.objects.select_related("location").prefetch_related(
        "phones", "location__accessibility"
    )
    return services.select_related("provider").prefetch_related(
        "provider__identifiers",
        "attributes",
        "phones",
        "languages",
        "areas",
        "documents",
        "costs",
        "referral",
        "capacity",
        "translations",
        Prefetch("at_locations", queryset=places.order_by("position")),
    )


def record_of(service: models.Service) -> ServiceRecord:
    """The service as one value. Take it from ``whole``, or each part costs a query."""
    return ServiceRecord(
        id=service.pk,
        provider=provider_of(service.provider),
        source=SourceRecord(
            name=service.source_name,
            url=service.source_url,
            checked_on=service.source_checked_on,
            check_by=service.source_check_by,
            confidence=service.confidence,
        ),
        codes=frozenset((item.taxonomy, item.code) for item in service.attributes.all()),
        phones=_phones(service.phones.all()),
        languages=tuple(LanguageRecord(code=item.code, note=item.note) for item in service.languages.all()),
        areas=tuple(AreaRecord(kind=item.kind, code=item.code, name=item.name) for item in service.areas.all()),
        places=tuple(_placed(item) for item in service.at_locations.all()),
        documents=tuple(DocumentRecord(document=item.document, url=item.url) for item in service.documents.all()),
        costs=tuple(
            CostRecord(option=item.option, amount=item.amount, currency=item.currency, description=item.description)
            for item in service.costs.all()
        ),
        referral=tuple(
            ReferralRecord(
                channel=item.channel,
                description=item.description,
                consent_needed=item.consent_needed,
                to_have_ready=item.to_have_ready,
                not_to_send=item.not_to_send,
            )
            for item in service.referral.all()
        ),
        capacity=tuple(
            CapacityRecord(
                unit=item.unit,
                available=item.available,
                updated=item.updated,
                maximum=item.maximum,
                description=item.description,
            )
            for item in service.capacity.all()
        ),
        translations=tuple(
            TranslationRecord(
                field=item.field,
                language=item.language,
                text=item.text,
                source_hash=item.source_hash,
                reviewed=item.reviewed,
            )
            for item in sorted(service.translations.all(), key=lambda item: (item.language, item.field))
        ),
        custom=tuple((taxonomy, code) for taxonomy, code in service.custom),
        **{name: getattr(service, name) for name in PLAIN},
    )


def columns_of(record: ServiceRecord) -> dict[str, Any]:
    """The record's own columns of the table of services."""
    return {
        **{name: getattr(record, name) for name in PLAIN},
        "custom": [list(pair) for pair in record.custom],
        "source_name": record.source.name,
        "source_url": record.source.url,
        "source_checked_on": record.source.checked_on,
        "source_check_by": record.source.check_by,
        "confidence": record.source.confidence,
    }


def place_id(service: uuid.UUID, location: uuid.UUID) -> uuid.UUID:
    """The id of a service at a location: always the same, so that an export after an import has the same bytes."""
    return uuid.uuid5(service, f"at/{location}")


def provider_of(provider: models.Provider) -> ProviderRecord:
    """Who offers services, as one value. Its identifiers cost a query unless they were fetched with it."""
    return ProviderRecord(
        id=provider.pk,
        name=provider.name,
        description=provider.description,
        url=provider.url,
        email=provider.email,
        legal_status=provider.legal_status,
        identifiers=tuple(
            IdentifierRecord(scheme=item.scheme, identifier=item.identifier) for item in provider.identifiers.all()
        ),
    )


def _phones(phones: Iterable[models.Phone]) -> tuple[PhoneRecord, ...]:
    return tuple(
        PhoneRecord(
            number=item.number,
            kind=item.kind,
            extension=item.extension,
            description=item.description,
            languages=tuple(item.languages),
        )
        for item in phones
    )


def _placed(item: models.ServiceAtLocation) -> PlacedRecord:
    return PlacedRecord(
        location=_location(item.location),
        hours=item.hours,
        description=item.description,
        phones=_phones(item.phones.all()),
    )


def _location(place: models.Location) -> LocationRecord:
    address = None
    if place.address_1:
        address = AddressRecord(
            address_1=place.address_1,
            postal_code=place.postal_code,
            city=place.city,
            province=place.province,
            country=place.country,
        )
    return LocationRecord(
        id=place.pk,
        name=place.name,
        kind=place.kind,
        municipality=place.municipality,
        confidential=place.confidential,
        address=address,
        latitude=place.latitude,
        longitude=place.longitude,
        transportation=place.transportation,
        accessibility=tuple(
            AccessibilityRecord(description=item.description, details=item.details, url=item.url)
            for item in place.accessibility.all()
        ),
    )
