"""What the map of a country starts with: the services of the pack as records. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from baken.directory.facts import BETWEEN
from baken.directory.records import (
    AddressRecord,
    AreaRecord,
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
from baken.packs.pack import Pack
from baken.packs.schema.services import Area, Provider, Referral, Service, ServicesFile
from baken.packs.service_words import service_words
from baken.packs.services import contact_of


def starting_records(found: ServicesFile, pack: Pack) -> Iterator[tuple[str, ServiceRecord]]:
    """The key in the pack and the record of each service, in the order of the files."""
    for code, service in found.services.items():
        yield f"{pack.country}:{code}", _record(code, service, found, pack)


def _record(code: str, service: Service, found: ServicesFile, pack: Pack) -> ServiceRecord:
    is_door = bool(service.door or service.part_of_door)
    alert = service.note or ""
    return ServiceRecord(
        id=id_of(pack.country, "service", code),
        provider=_provider(service.provider, found.providers[service.provider], pack.country),
        name=service.name,
        description=service.description,
        language=found.language,
        country=pack.country.upper(),
        kind=service.kind,
        visibility=service.visibility,
        email="" if is_door else service.email or "",
        url="" if is_door else service.url or found.providers[service.provider].url or "",
        hours=service.hours.osm if service.hours else "",
        free=True if service.costs == "free" else None,
        alert=alert,
        door=_door(service, pack),
        source=_source(service, pack),
        codes=frozenset(_codes(service)),
        phones=tuple(PhoneRecord(number=phone.number, description=phone.label or "") for phone in service.phones),
        languages=tuple(LanguageRecord(code=language) for language in service.languages),
        areas=tuple(_areas(service.area, pack)),
        places=_places(code, service, pack.country),
        referral=tuple(_step(step, found) for step in service.referral),
        translations=tuple(_translations({"description": service.description, "alert": alert}, pack.country)),
    )


def _provider(code: str, provider: Provider, country: str) -> ProviderRecord:
    return ProviderRecord(
        id=id_of(country, "provider", code),
        name=provider.name,
        description=provider.description or "",
        url=provider.url or "",
        legal_status=provider.legal_body or "",
    )


def _door(service: Service, pack: Pack) -> str:
    if service.part_of_door:
        kind = pack.doors[service.part_of_door].region_kind
        regions = service.area.regions.get(kind, []) if kind else []
        return BETWEEN.join((service.part_of_door, *regions[:1]))
    return service.door or ""


def _source(service: Service, pack: Pack) -> SourceRecord:
    """Of a door the pack's own fact; it is read there when it is shown, and kept here for lists and exports."""
    fact = contact_of(service, pack).fact
    return SourceRecord(
        name=fact.source,
        url=fact.source_url or "",
        checked_on=fact.checked_on,
        check_by=fact.check_by,
        confidence=fact.confidence,
    )


def _translations(texts: Mapping[str, str], country: str) -> Iterator[TranslationRecord]:
    for language, words in service_words(country).items():
        for name, text in sorted(texts.items()):
            if word := words.get(text):
                yield TranslationRecord(
                    field=name, language=language, text=word.text, source_hash=hash_of(text), reviewed=word.checked
                )


def _codes(service: Service) -> Iterator[tuple[str, str]]:
    for taxonomy, codes in (
        ("nl-mh-need", service.needs),
        ("nl-mh-form", service.forms),
        ("nl-mh-gender", service.genders),
        ("nl-mh-age", service.ages),
        ("nl-mh-status", service.statuses),
        ("nl-mh-access", service.access),
    ):
        for code in codes:
            yield taxonomy, code


def _areas(area: Area, pack: Pack) -> Iterator[AreaRecord]:
    if area.nationwide:
        yield AreaRecord(kind="country", code=pack.country.upper())
    if area.country:
        yield AreaRecord(kind="country", code=area.country.upper())
    for kind, codes in area.regions.items():
        for code in codes:
            yield AreaRecord(kind=kind, code=code, name=pack.regions[kind][code].name)
    for code in area.municipalities:
        yield AreaRecord(kind="municipality", code=code, name=pack.places.municipalities[code].name)
    for town in area.towns:
        yield AreaRecord(kind="town", code=town, name=town)


def _places(code: str, service: Service, country: str) -> tuple[PlacedRecord, ...]:
    if not service.municipality and not service.address:
        return ()
    hidden = service.kind == "shelter" or service.visibility == "hidden"
    address = None
    if service.address and not hidden:
        address = AddressRecord(
            address_1=service.address.street,
            postal_code=service.address.postcode or "",
            city=service.address.town,
            country=country.upper(),
        )
    location = LocationRecord(
        id=id_of(country, "place", code),
        municipality=service.municipality or "",
        # Where no address is published, we do not know that it may be known.
        confidential=address is None,
        address=address,
    )
    return (PlacedRecord(location=location),)


def _step(step: Referral, found: ServicesFile) -> ReferralRecord:
    gate = found.services[step.front_gate].name if step.front_gate else ""
    return ReferralRecord(
        channel=step.channel or "",
        description=" ".join(part for part in (f"{gate}." if gate else "", step.how or "") if part),
        consent_needed=step.consent_needed,
        to_have_ready=step.have_ready or "",
        not_to_send=step.leave_out or "",
    )
