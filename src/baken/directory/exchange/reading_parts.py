"""What belongs to a service, from objects of HSDS 3.1. Pure."""

from __future__ import annotations

from baken.directory.exchange.given import Given, UnreadableError
from baken.directory.exchange.schedules import zone_of
from baken.directory.exchange.tags import Tags
from baken.directory.exchange.terms import Data
from baken.directory.exchange.week import InexpressibleError, hours_of
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
)

PHONE_KINDS = ("voice", "text", "fax", "textphone", "video")
PLACES = ("physical", "postal", "virtual")
LINKS = ("service_id", "organization_id", "location_id", "contact_id", "service_at_location_id", "phone_id")


def provider(given: Given) -> ProviderRecord:
    """Who offers the service."""
    found = given.one("organization")
    if found is None:
        raise UnreadableError(f"{given.where}.organization", "expected the organization that offers the service")
    name = found.text("name")
    if not name:
        raise UnreadableError(f"{found.where}.name", "expected a name")
    return ProviderRecord(
        id=found.id(),
        name=name,
        description=found.text("description"),
        url=found.link("website"),
        email=found.email("email"),
        legal_status=found.text("legal_status"),
        identifiers=tuple(_identifier(item) for item in found.many("organization_identifiers")),
    )


def _identifier(item: Given) -> IdentifierRecord:
    kind = item.text("identifier_type")
    item.passed("id", *LINKS)
    return IdentifierRecord(scheme=item.text("identifier_scheme") or kind, identifier=item.text("identifier"))


def hours(given: Given, tags: Tags, country: str) -> str:
    """Opening hours: our own string where it is there, else the schedules where they can be said in that syntax."""
    schedules, own = given.many("schedules"), tags.first(Data.OPENING_HOURS)
    told = ""
    if own is None:
        try:
            told = hours_of(schedules, zone_of(country))
        except InexpressibleError as error:
            given.refuse("schedules", f"hours that we cannot write down: {error}")
    for item in schedules:
        if own is not None or not told:
            item.pass_whole()
    return told if own is None else own


def phones(given: Given) -> tuple[PhoneRecord, ...]:
    """Telephone numbers."""
    return tuple(_phone(item) for item in given.many("phones"))


def _phone(item: Given) -> PhoneRecord:
    tags, number, kind = Tags(item), item.text("number"), item.text("type").lower()
    if not number:
        raise UnreadableError(f"{item.where}.number", "expected a telephone number")
    extension = item.whole("extension")
    if kind and kind not in PHONE_KINDS:
        kind = "voice" if kind in ("cell", "pager", "mobile") else _refused_kind(item)
    item.passed("id", *LINKS)
    return PhoneRecord(
        number=number,
        kind=kind or "voice",
        extension=tags.first(Data.EXTENSION) or ("" if extension is None else str(extension)),
        description=item.text("description"),
        languages=tuple(_code(language) for language in item.many("languages")),
    )


def _refused_kind(item: Given) -> str:
    item.refuse("type", f"not one of {', '.join(PHONE_KINDS)}")
    return "voice"


def _code(language: Given) -> str:
    code = language.text("code")
    language.passed("id", "name", *LINKS)
    if not code:
        raise UnreadableError(f"{language.where}.code", "expected the code of a language, such as nl")
    return code


def languages(given: Given) -> tuple[LanguageRecord, ...]:
    """Languages that are spoken."""
    return tuple(LanguageRecord(code=_code(item), note=item.text("note")) for item in given.many("languages"))


def areas(given: Given) -> tuple[AreaRecord, ...]:
    """For whom by place. Of a foreign area only its name is known."""
    made = []
    for item in given.many("service_areas"):
        kind, _, code = (Tags(item).first(Data.AREA) or "").partition(":")
        name = item.text("name")
        item.passed("id", *LINKS)
        if not kind and not name:
            item.refuse("extent", "an area without a name")
            item.pass_whole()
            continue
        made.append(AreaRecord(kind=kind or "named", code=code if kind else name[:60], name=name))
    return tuple(made)


def documents(given: Given) -> tuple[DocumentRecord, ...]:
    """Papers to bring."""
    found = given.many("required_documents")
    for item in found:
        item.passed("id", *LINKS)
    return tuple(DocumentRecord(document=item.text("document"), url=item.link("uri")) for item in found)


def costs(given: Given) -> tuple[CostRecord, ...]:
    """What it costs."""
    return tuple(_cost(item) for item in given.many("cost_options"))


def _cost(item: Given) -> CostRecord:
    amount, written = item.number("amount"), Tags(item).first(Data.AMOUNT)
    item.passed("id", *LINKS)
    return CostRecord(
        option=item.text("option"),
        amount=written or ("" if amount is None else str(amount)),
        currency=item.text("currency"),
        description=item.text("amount_description"),
    )


def capacities(given: Given) -> tuple[CapacityRecord, ...]:
    """Free places at one moment."""
    return tuple(_capacity(item) for item in given.many("capacities"))


def _capacity(item: Given) -> CapacityRecord:
    unit, available, updated = item.one("unit"), item.whole("available"), item.moment("updated")
    name = unit.text("name") if unit else ""
    if not name or available is None or updated is None:
        raise UnreadableError(item.where, "expected unit, available and updated")
    if unit:
        unit.passed("id", "scheme", "identifier", "uri")
    item.passed("id", "unit_id", *LINKS)
    return CapacityRecord(
        unit=name,
        available=available,
        updated=updated,
        maximum=item.whole("maximum"),
        description=item.text("description"),
    )


def placed(item: Given, country: str) -> PlacedRecord:
    """The service at one place."""
    tags, found = Tags(item), item.one("location")
    if found is None:
        raise UnreadableError(f"{item.where}.location", "expected the location")
    item.passed("id", *LINKS)
    return PlacedRecord(
        location=_location(found),
        hours=hours(item, tags, country),
        description=item.text("description"),
        phones=phones(item),
    )


def _location(item: Given) -> LocationRecord:
    tags, kind = Tags(item), item.text("location_type") or "physical"
    if kind not in PLACES:
        raise UnreadableError(f"{item.where}.location_type", f"expected one of {', '.join(PLACES)}")
    addresses = item.many("addresses")
    for more in addresses[1:]:
        more.pass_whole()
        item.refuse("addresses", "we keep one address")
    return LocationRecord(
        id=item.id(),
        name=item.text("name"),
        kind=kind,
        municipality=tags.first(Data.MUNICIPALITY) or "",
        confidential=tags.first(Data.CONFIDENTIAL) == "true",
        address=_address(addresses[0]) if addresses else None,
        latitude=item.number("latitude"),
        longitude=item.number("longitude"),
        transportation=item.text("transportation"),
        accessibility=tuple(_access(found) for found in item.many("accessibility")),
    )


def _address(item: Given) -> AddressRecord:
    item.passed("id", "address_type", *LINKS)
    return AddressRecord(
        address_1=item.text("address_1"),
        postal_code=item.text("postal_code"),
        city=item.text("city"),
        province=item.text("state_province"),
        country=item.text("country"),
    )


def _access(item: Given) -> AccessibilityRecord:
    item.passed("id", *LINKS)
    return AccessibilityRecord(description=item.text("description"), details=item.text("details"), url=item.link("url"))
