"""What must hold between the services of a country and its pack: every id that is named exists, and each thing stands once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]

from baken.packs.checks import valid_number
from baken.packs.errors import FieldPath, Problem
from baken.packs.pack import Pack
from baken.packs.reading import Document
from baken.packs.schema.services import Area, Service, ServicesFile

LONGEST = dt.timedelta(days=366)
"""No fact is trusted for longer than a year."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file with services, and the lines on which things stand."""

    document: Document
    content: ServicesFile


@dataclass(frozen=True, slots=True)
class _Placed:
    """A service and where it stands."""

    code: str
    service: Service
    document: Document

    def problem(self, field: tuple[str | int, ...], expected: str) -> Problem:
        path: FieldPath = ("services", self.code, *field)
        return self.document.problem(path, expected)


def problems(pack: Pack, files: Sequence[ReadFile]) -> Iterator[Problem]:
    """Everything that is wrong between the files with services of one country, and between them and its pack."""
    placed = [_Placed(code, item, file.document) for file in files for code, item in file.content.services.items()]
    yield from _files(pack, files)
    yield from _providers(files, placed)
    yield from _twice(placed)
    codes = {item.code: item.service for item in placed}
    for item in placed:
        yield from _reach(item, pack)
        yield from _door(item, pack)
        yield from _place(item, pack)
        yield from _referral(item, codes)
    if files:
        yield from _uncovered(pack, placed, files[0].document)


def _files(pack: Pack, files: Sequence[ReadFile]) -> Iterator[Problem]:
    prefix = f"{pack.country}-"
    for file in files:
        if file.content.language != files[0].content.language:
            yield file.document.problem(("language",), f"expected {files[0].content.language}, as in the first file")
        for kind, codes in (("providers", file.content.providers), ("services", file.content.services)):
            for code in codes:
                if not code.startswith(prefix):
                    yield file.document.problem((kind, code), f"expected an id that begins with '{prefix}'")


def _providers(files: Sequence[ReadFile], placed: Sequence[_Placed]) -> Iterator[Problem]:
    known: set[str] = set()
    used = {item.service.provider for item in placed}
    for file in files:
        for code in file.content.providers:
            if code in known:
                yield file.document.problem(("providers", code), f"expected each provider once; '{code}' stands twice")
            if code not in used:
                yield file.document.problem(("providers", code), "expected at least one service of this provider")
            known.add(code)
    for item in placed:
        if item.service.provider not in known:
            yield item.problem(("provider",), f"expected the id of a provider; found '{item.service.provider}'")


def _twice(placed: Iterable[_Placed]) -> Iterator[Problem]:
    codes: set[str] = set()
    names: set[tuple[str, str]] = set()
    for item in placed:
        if item.code in codes:
            yield item.problem((), f"expected each service once; '{item.code}' stands twice")
        codes.add(item.code)
        name = (item.service.name.casefold(), item.service.area.model_dump_json())
        if name in names:
            yield item.problem(("name",), "expected no other service with this name in this area")
        names.add(name)


def _reach(item: _Placed, pack: Pack) -> Iterator[Problem]:
    service = item.service
    for index, phone in enumerate(service.phones):
        if not valid_number(phone.number, pack.info.phone_region):
            expected = f"expected a telephone number of {pack.info.phone_region}; found '{phone.number}'"
            yield item.problem(("phones", index, "number"), expected)
    if service.hours is not None:
        try:
            OpeningHours(service.hours.osm, country=pack.info.holidays)
        except ParserError as error:
            said = str(error).splitlines()[0]
            yield item.problem(("hours", "osm"), f"expected opening hours in OpenStreetMap syntax; {said}")
    if service.checked_on and service.check_by and not service.checked_on <= service.check_by:
        yield item.problem(("check_by",), "expected a date after checked_on")
    elif service.checked_on and service.check_by and service.check_by - service.checked_on > LONGEST:
        yield item.problem(("check_by",), "expected a date within a year of checked_on")


def _door(item: _Placed, pack: Pack) -> Iterator[Problem]:
    service = item.service
    for field, code in (("door", service.door), ("part_of_door", service.part_of_door)):
        if code is None:
            continue
        door = pack.doors.get(code)
        if door is None:
            yield item.problem((field,), f"expected the id of a door; found '{code}'")
            continue
        if service.costs and door.free is not None:
            yield item.problem(("costs",), "expected this to stand with the door only, under free")
        kind = door.region_kind
        if field == "part_of_door" and (kind is None or len(service.area.regions.get(kind, [])) != 1):
            yield item.problem(("area",), f"expected one region of the kind of the door: {kind or 'it has none'}")


def _place(item: _Placed, pack: Pack) -> Iterator[Problem]:
    service, known = item.service, pack.places.municipalities
    if service.municipality is not None and service.municipality not in known:
        yield item.problem(("municipality",), f"expected the code of a municipality; found '{service.municipality}'")
    yield from _area(item, service.area, pack)


def _area(item: _Placed, area: Area, pack: Pack) -> Iterator[Problem]:
    for kind, codes in area.regions.items():
        for index, code in enumerate(codes):
            if code not in pack.regions.get(kind, {}):
                yield item.problem(("area", "regions", kind, index), f"expected the id of a region; found '{code}'")
    for index, code in enumerate(area.municipalities):
        if code not in pack.places.municipalities:
            yield item.problem(
                ("area", "municipalities", index), f"expected the code of a municipality; found '{code}'"
            )
    if area.towns and pack.places.municipalities:
        yield item.problem(("area", "towns"), "expected codes of municipalities: this pack has them")
    if area.country == pack.country:
        yield item.problem(("area", "country"), "expected another country; write nationwide for this one")


def _referral(item: _Placed, services: dict[str, Service]) -> Iterator[Problem]:
    for index, step in enumerate(item.service.referral):
        gate = step.front_gate
        if gate is not None and (gate not in services or services[gate].visibility == "hidden"):
            path = ("referral", index, "front_gate")
            yield item.problem(path, f"expected the id of a service that can be found; found '{gate}'")


def _uncovered(pack: Pack, placed: Sequence[_Placed], document: Document) -> Iterator[Problem]:
    """The doors of the router and the services of the map are one thing: every door is one service, and only one."""
    doors: dict[str, int] = dict.fromkeys(pack.doors, 0)
    parts: set[tuple[str, str]] = set()
    for item in placed:
        service = item.service
        if service.door in doors:
            doors[service.door] += 1
            if doors[service.door] > 1:
                yield item.problem(("door",), f"expected each door to be one service; '{service.door}' is two")
        if service.part_of_door:
            part = (service.part_of_door, service.area.model_dump_json())
            if part in parts:
                yield item.problem(("part_of_door",), "expected this door to be one service in this region")
            parts.add(part)
    for door, count in doors.items():
        if not count:
            yield document.problem(("services",), f"expected a service that is the door '{door}'")
