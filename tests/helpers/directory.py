"""Services for tests, as records."""

from __future__ import annotations

import datetime as dt
from typing import Any

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
    id_of,
)
from baken.directory.words import hash_of

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


def provider(name: str = "Stichting Voorbeeld", **more: Any) -> ProviderRecord:
    return ProviderRecord(id=id_of("test", "provider", name), name=name, **more)


def service(name: str = "Spreekuur voor werkers", **more: Any) -> ServiceRecord:
    """A small service; ``more`` says what is different."""
    values: dict[str, Any] = {
        "id": id_of("test", "service", name),
        "provider": provider(),
        "name": name,
        "source": SourceRecord(name="Voorbeeld", url="https://voorbeeld.example", checked_on=dt.date(2026, 11, 1)),
        "description": "Uitleg over loon en contract.",
        "kind": "advice",
        "codes": frozenset({("nl-mh-need", "work"), ("nl-mh-access", "self")}),
        "phones": (PhoneRecord(number="020-1234567"),),
        "areas": (AreaRecord(kind="country", code="NL"),),
    }
    return ServiceRecord(**{**values, **more})


def place(name: str = "Kantoor", *, confidential: bool = False, **more: Any) -> LocationRecord:
    values: dict[str, Any] = {
        "id": id_of("test", "place", name),
        "municipality": "GM0363",
        "confidential": confidential,
    }
    if not confidential:
        values |= {
            "name": name,
            "address": AddressRecord(
                address_1="Voorbeeldstraat 1", postal_code="1011 AA", city="Amsterdam", province="Noord-Holland"
            ),
            "latitude": 52.3731,
            "longitude": 4.8926,
        }
    return LocationRecord(**{**values, **more})


def full_service(**more: Any) -> ServiceRecord:
    """A service with something in every field."""
    description = "Bulgaars sprekende jurist voor loon en verblijf."
    values: dict[str, Any] = {
        "provider": provider(
            description="Helpt mensen die werken.",
            url="https://voorbeeld.example",
            email="info@voorbeeld.example",
            legal_status="stichting",
            identifiers=(IdentifierRecord(scheme="NL-KVK", identifier="00000000"),),
        ),
        "source": SourceRecord(
            name="Voorbeeld",
            url="https://voorbeeld.example/bron",
            checked_on=dt.date(2026, 11, 1),
            check_by=dt.date(2027, 1, 30),
            confidence="reported",
        ),
        "alternate_name": "Bureau Recht op Loon",
        "description": description,
        "kind": "legal_aid",
        "url": "https://voorbeeld.example/recht",
        "email": "recht@voorbeeld.example",
        "hours": "Mo-Fr 09:00-17:00; PH off",
        "interpretation": "Tolk op afspraak.",
        "eligibility": "Voor wie in Nederland werkt.",
        "minimum_age": 16,
        "maximum_age": 99,
        "alert": "In december alleen op afspraak.",
        "fees": "Het eerste gesprek kost niets.",
        "free": True,
        "codes": frozenset(
            {
                ("nl-mh-need", "legal"),
                ("nl-mh-need", "work"),
                ("nl-mh-form", "labour"),
                ("nl-mh-gender", "women"),
                ("nl-mh-age", "adult"),
                ("nl-mh-status", "eu"),
                ("nl-mh-access", "self"),
                ("nl-mh-access", "professional"),
            }
        ),
        **_belonging(),
        "translations": (translated(description),),
        "custom": (("other:taxonomy", "code"),),
    }
    return service("Recht op loon", **{**values, **more})


def translated(description: str) -> TranslationRecord:
    return TranslationRecord(
        field="description",
        language="en",
        text="Lawyer who speaks Bulgarian, for wages and residence.",
        source_hash=hash_of(description),
        reviewed=True,
    )


def _belonging() -> dict[str, Any]:
    """What belongs to a service, one of each at least."""
    return {
        "phones": (
            PhoneRecord(number="0800-2000", description="Gratis", languages=("nl", "bg")),
            PhoneRecord(number="020-1234567", kind="text", extension="12"),
        ),
        "languages": (LanguageRecord(code="nl"), LanguageRecord(code="bg", note="op dinsdag")),
        "areas": (
            AreaRecord(kind="municipality", code="GM0363", name="Amsterdam"),
            AreaRecord(kind="country", code="NL"),
        ),
        "places": (
            PlacedRecord(
                location=place(accessibility=(AccessibilityRecord(description="Rolstoel", details="Lift", url=""),)),
                hours="Tu 10:00-16:00",
                description="Op de tweede verdieping.",
                phones=(PhoneRecord(number="020-7654321"),),
            ),
        ),
        "documents": (DocumentRecord(document="Loonstrook", url="https://voorbeeld.example/papieren"),),
        "costs": (CostRecord(option="Eigen bijdrage", amount="12.50", currency="EUR", description="Per gesprek."),),
        "referral": (
            ReferralRecord(channel="telephone", description="Bel eerst.", consent_needed=True),
            ReferralRecord(channel="form", to_have_ready="Het contract.", not_to_send="Geen kopie van een paspoort."),
        ),
        "capacity": (CapacityRecord(unit="gesprek", available=3, maximum=8, updated=NOW, description="Deze week."),),
    }
