"""What the social map starts with: real services, each with its source, and nothing that is not known."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from typing import get_args

import pytest
from opening_hours import OpeningHours

from baken.directory import codes
from baken.packs.checks import valid_number
from baken.packs.loader import countries, load_pack
from baken.packs.pack import Pack
from baken.packs.schema import services as schema
from baken.packs.schema.info import RegionKind
from baken.packs.schema.services import Service
from baken.packs.services import contact_of, load_services, words_of
from baken.packs.texts import texts_of

LEAST = 150
"""So many real services were asked for."""
NOT_AT_THE_SOURCE = {
    "0800-1814": "nl-marechaussee-melden",
    "0800-0188": "nl-csg-landelijk",
    "0800-0113": "nl-113-hulplijn",
    "0800-0432": "nl-kindertelefoon-hulp",
    "06 80 225 225": "hu-victim-support-line",
    "116 111": "hu-kek-vonal-line",
    "06 80 505 101": "hu-nane-helpline",
}
"""Every number that is no door's: widely known, or on the page of another. So its service is unconfirmed until somebody calls."""
CONFIRMED = {"nl-beschermde-opvang"}
"""What was read at the source itself. Everything else was heard from others or is general knowledge."""
DAYS = {"crisis": 30, "shelter": 90, "care_coordination": 90, "focal_point": 90, "police": 90}
"""Longest time between two checks, by the harm that a mistake does; 180 days for the rest."""
POSTCODE_OR_STREET = re.compile(
    r"\b\d{4} ?[A-Z]{2}\b|(?:straat|laan|weg|plein|kade|gracht) \d|\b\d+ [A-Z]\w+ (?:st|street)\b"
)


def every_service() -> Iterator[tuple[Pack, str, Service]]:
    """(pack, id, service) of every country."""
    for country in countries():
        for code, service in load_services(country).services.items():
            yield load_pack(country), code, service


def test_there_are_enough_services_and_each_country_has_some() -> None:
    counted = Counter(pack.country for pack, _code, _service in every_service())
    assert counted.total() >= LEAST
    assert set(counted) == {"nl", "hu", "bg", "mk"}
    assert min(counted.values()) >= 15


@pytest.mark.parametrize(
    ("words", "enumeration"),
    [
        (schema.Need, codes.Need),
        (schema.Form, codes.Form),
        (schema.Gender, codes.Gender),
        (schema.Age, codes.Age),
        (schema.Status, codes.Status),
        (schema.Access, codes.Access),
        (schema.Visibility, codes.Visibility),
        (schema.Kind, codes.Kind),
        (schema.Channel, codes.Channel),
    ],
)
def test_the_codes_are_those_of_the_social_map(words: object, enumeration: type[StrEnum]) -> None:
    assert get_args(words) == tuple(enumeration)


def test_every_service_says_where_it_comes_from_and_how_sure_that_is() -> None:
    for pack, code, service in every_service():
        fact = contact_of(service, pack).fact
        assert fact.source, code
        assert fact.confidence in set(codes.Confidence), code
        longest = dt.timedelta(days=DAYS.get(service.kind, 180))
        assert (
            service.check_by is None or service.checked_on is None or service.check_by - service.checked_on <= longest
        ), code


def test_only_what_was_read_at_the_source_is_confirmed() -> None:
    own = {code for _pack, code, service in every_service() if service.confidence == "confirmed"}
    assert own == CONFIRMED
    for _pack, code, service in every_service():
        if (service.source or "").startswith(("Algemene kennis", "General knowledge")):
            assert service.confidence == "unconfirmed", code


def test_no_number_stands_here_that_is_a_doors_and_no_other_number_is_sure() -> None:
    found = {}
    for pack, code, service in every_service():
        of_doors = {phone.number for door in pack.doors.values() for phone in door.phones}
        for phone in service.phones:
            assert phone.number not in of_doors, code
            assert service.confidence == "unconfirmed", code
            found[phone.number] = code
    assert found == NOT_AT_THE_SOURCE


def test_every_number_can_be_dialled_and_all_hours_can_be_read() -> None:
    dialled = read = 0
    for pack, code, service in every_service():
        contact = contact_of(service, pack)
        for phone in contact.phones:
            assert valid_number(phone.number, pack.info.phone_region), code
            dialled += 1
        if contact.hours:
            OpeningHours(contact.hours.osm, country=pack.info.holidays)
            read += 1
    assert dialled >= 50
    assert read >= 25


def test_every_door_is_one_service() -> None:
    for country in countries():
        doors = Counter(item.door for item in load_services(country).services.values() if item.door)
        assert doors == dict.fromkeys(load_pack(country).doors, 1)


@pytest.mark.parametrize(("door", "kind"), [("veilig_thuis", "veilig_thuis"), ("police_trafficking", "police_unit")])
def test_a_door_that_differs_per_region_is_a_service_in_each_region(nl: Pack, door: str, kind: RegionKind) -> None:
    found = [item.area.regions[kind] for item in load_services("nl").services.values() if item.part_of_door == door]
    assert sorted(found) == sorted([code] for code in nl.regions[kind])


def test_care_coordination_stands_only_where_the_regions_know_of_it(nl: Pack) -> None:
    found = [item for item in load_services("nl").services.values() if item.kind == "care_coordination"]
    areas = sorted(code for item in found for code in item.area.regions["care_coordination"])
    assert areas == sorted(nl.regions["care_coordination"])
    assert {contact_of(item, nl).fact.confidence for item in found} == {"unconfirmed"}


def test_no_two_services_have_the_same_name_in_the_same_area() -> None:
    names = Counter((pack.country, item.name, item.area.model_dump_json()) for pack, _code, item in every_service())
    assert names.most_common(1)[0][1] == 1


def test_of_a_shelter_nothing_says_where_it_is() -> None:
    shelters = [(code, item) for _pack, code, item in every_service() if item.kind == "shelter"]
    assert len(shelters) >= 20
    for code, item in shelters:
        assert item.visibility != "public", code
        assert item.address is None, code
        assert item.municipality is None, code
        assert not item.phones, code
        assert not [text for _field, text in words_of(item) if POSTCODE_OR_STREET.search(text)], code
    for code, item in shelters:
        if item.visibility == "hidden":
            assert any(step.front_gate for step in item.referral), code


def test_descriptions_are_no_messages_of_the_pack() -> None:
    for country in countries():
        messages = {text for _path, text in texts_of(load_pack(country))}
        assert not {item.description for item in load_services(country).services.values()} & messages


def test_the_number_of_a_door_stands_in_one_place_and_is_given_everywhere(nl: Pack) -> None:
    services = load_services("nl").services
    nationwide, local = services["nl-veilig-thuis"], services["nl-veilig-thuis-vt02"]
    assert local.phones == []
    assert contact_of(local, nl).phones == contact_of(nationwide, nl).phones == tuple(nl.doors["veilig_thuis"].phones)
    assert contact_of(local, nl).hours == nl.doors["veilig_thuis"].hours
    assert contact_of(local, nl).free is True


def test_a_region_with_its_own_number_gives_that_one(nl: Pack) -> None:
    own = nl.regions["veilig_thuis"]["VT02"].model_copy(update={"phone": "0592 123456", "email": "post@example.org"})
    regions = {**nl.regions, "veilig_thuis": {**nl.regions["veilig_thuis"], "VT02": own}}
    pack = replace(nl, regions_file=nl.regions_file.model_copy(update={"regions": regions}))
    contact = contact_of(load_services("nl").services["nl-veilig-thuis-vt02"], pack)
    assert [phone.number for phone in contact.phones] == ["0592 123456"]
    assert contact.email == "post@example.org"


def test_a_door_in_a_region_is_as_sure_as_the_less_sure_of_both_and_due_when_the_first_is(nl: Pack) -> None:
    unit = contact_of(load_services("nl").services["nl-avim-limburg"], nl).fact
    door, region = nl.doors["police_trafficking"], nl.regions["police_unit"]["Limburg"]
    assert (door.confidence, region.confidence) == ("confirmed", "reported")
    assert unit.confidence == "reported"
    assert unit.check_by == min(door.check_by, region.check_by)
    assert unit.source == f"{door.source}; {region.source}"


def test_a_service_that_is_no_door_has_its_own_facts(nl: Pack) -> None:
    service = load_services("nl").services["nl-csg-landelijk"]
    contact = contact_of(service, nl)
    assert contact.free is True
    assert contact.hours is None
    assert contact.fact.source == service.source


def test_services_are_read_once_per_process() -> None:
    assert load_services("nl") is load_services("nl")
