"""Load what the social map of a country starts with. Apart from the pack, so that ordinary pages never read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from baken.packs import service_checks
from baken.packs.errors import PackError, Problem
from baken.packs.loader import ROOT, load_pack
from baken.packs.pack import Pack
from baken.packs.reading import read_document, validated
from baken.packs.schema.base import Confidence, Fact
from baken.packs.schema.doors import Door, Hours, Phone
from baken.packs.schema.info import Region
from baken.packs.schema.services import Service, ServicesFile
from baken.packs.service_checks import ReadFile

SURENESS: tuple[Confidence, ...] = ("unconfirmed", "reported", "confirmed")
"""From the least to the most sure."""


@dataclass(frozen=True, slots=True)
class Contact:
    """How a service is reached and how sure that is, wherever that is written: with the service, its door or its region."""

    phones: tuple[Phone, ...]
    hours: Hours | None
    url: str | None
    email: str | None
    free: bool | None
    fact: Fact


@cache
def load_services(country: str = "nl") -> ServicesFile:
    """The services of a country, read once per process. Raises PackError, UnknownPackError."""
    return read_services(load_pack(country))


def read_services(pack: Pack, *, root: Path = ROOT) -> ServicesFile:
    """Read the services of a country and check them against its pack. Raises PackError with everything that is wrong."""
    files: list[ReadFile] = []
    problems: list[Problem] = []
    for path in service_files(root / pack.country):
        try:
            document = read_document(path, root)
            files.append(ReadFile(document, validated(document, ServicesFile)))
        except PackError as error:
            problems += error.problems
    problems = problems or list(service_checks.problems(pack, files))
    if problems:
        raise PackError(problems)
    return ServicesFile(
        language=files[0].content.language if files else pack.info.source_language,
        providers={code: item for file in files for code, item in file.content.providers.items()},
        services={code: item for file in files for code, item in file.content.services.items()},
    )


def service_files(directory: Path) -> list[Path]:
    """The files with services in the directory of a country, in a fixed order."""
    return [path for path in (directory / "services.yaml",) if path.exists()] + sorted(
        directory.glob("services/*.yaml")
    )


def words_of(service: Service) -> Iterator[tuple[str, str]]:
    """The sentences of a service that the social map translates: (field, text). Its name is not among them."""
    yield "description", service.description
    if service.note:
        yield "note", service.note
    for index, step in enumerate(service.referral):
        for name in ("how", "have_ready", "leave_out"):
            if text := getattr(step, name):
                yield f"referral.{index}.{name}", text


def contact_of(service: Service, pack: Pack) -> Contact:
    """How to reach a service. For a door in a region the number is that of the region, else that of the door."""
    code = service.door or service.part_of_door
    if code is None:
        fact = Fact.model_validate({name: getattr(service, name) for name in Fact.model_fields})
        free = True if service.costs == "free" else None
        return Contact(tuple(service.phones), service.hours, service.url, service.email, free, fact)
    door = pack.doors[code]
    region = _region_of(service, door, pack)
    phones = tuple(door.phones)
    if region is not None and region.phone:
        phones = (Phone(number=region.phone),)
    return Contact(
        phones=phones,
        hours=door.hours,
        url=(region.url if region else None) or door.url,
        email=service.email or (region.email if region else None),
        free=True if service.costs == "free" else door.free,
        fact=_together(door, region, service),
    )


def _region_of(service: Service, door: Door, pack: Pack) -> Region | None:
    if service.part_of_door is None or door.region_kind is None:
        return None
    codes = service.area.regions.get(door.region_kind, [])
    return pack.regions[door.region_kind][codes[0]] if codes else None


def _together(door: Door, region: Region | None, service: Service) -> Fact:
    """The fact of a door, or of a door and its region: as sure as the less sure of the two, and due when the first is."""
    facts: list[Fact] = [door, region] if region else [door]
    return Fact(
        source="; ".join(dict.fromkeys(fact.source for fact in facts)),
        source_url=door.source_url,
        checked_on=min(fact.checked_on for fact in facts),
        check_by=min(fact.check_by for fact in facts),
        confidence=min((fact.confidence for fact in facts), key=SURENESS.index),
        note=" ".join(note for note in (service.note, *(fact.note for fact in facts)) if note) or None,
    )
