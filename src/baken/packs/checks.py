"""What must hold across the files of a pack: every id that is named exists, every condition is over known fields."""

from __future__ import annotations

from collections.abc import Iterator

import phonenumbers
from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]

from baken.packs.conditions import problems as condition_problems
from baken.packs.errors import FieldPath, Problem
from baken.packs.pack import Pack
from baken.packs.reading import Document
from baken.packs.schema.signs import Instrument
from baken.packs.situation import FIELDS

Documents = dict[str, Document]


def problems(pack: Pack, documents: Documents) -> Iterator[Problem]:
    """Everything that is wrong between the files of a pack. ``documents``: file stem -> document, for the lines."""
    yield from _doors(pack, documents["doors"])
    yield from _routes(pack, documents["routes"])
    if "professions" in documents:
        yield from _professions(pack, documents["professions"])
    if "pages" in documents and pack.pages_file:
        for door in pack.pages_file.help.doors:
            if door not in pack.doors:
                yield documents["pages"].problem(("help", "doors", door), f"expected the id of a door; found '{door}'")
    if "regions" in documents:
        yield from _regions(pack, documents["regions"])
    for instrument in pack.instruments.values():
        yield from _instrument(instrument, pack, documents[f"instruments/{instrument.id}"])


def _doors(pack: Pack, document: Document) -> Iterator[Problem]:
    if "emergency" not in pack.doors or not pack.doors.get("emergency") or not pack.doors["emergency"].phones:
        yield document.problem(("doors",), "expected a door 'emergency' with a telephone number")
    for code, door in pack.doors.items():
        for index, phone in enumerate(door.phones):
            if not valid_number(phone.number, pack.info.phone_region):
                path: FieldPath = ("doors", code, "phones", index, "number")
                yield document.problem(
                    path, f"expected a telephone number of {pack.info.phone_region}; found '{phone.number}'"
                )
        if door.hours is not None:
            yield from _hours(door.hours.osm, pack, document, ("doors", code, "hours", "osm"))
        if door.check_by < door.checked_on:
            yield document.problem(("doors", code, "check_by"), "expected a date after checked_on")


def _hours(osm: str, pack: Pack, document: Document, path: FieldPath) -> Iterator[Problem]:
    try:
        OpeningHours(osm, country=pack.info.holidays)
    except ParserError as error:
        yield document.problem(path, f"expected opening hours in OpenStreetMap syntax; {str(error).splitlines()[0]}")


def valid_number(number: str, region: str) -> bool:
    """Is this a number that can be dialled in the region: ordinary, free, or short (112)?"""
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(parsed) or phonenumbers.is_valid_short_number_for_region(parsed, region)


def _routes(pack: Pack, document: Document) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, rule in enumerate(pack.rules):
        path: FieldPath = ("rules", index)
        if rule.id in seen:
            yield document.problem((*path, "id"), f"expected each rule id once; '{rule.id}' stands twice")
        seen.add(rule.id)
        if rule.door not in pack.doors:
            yield document.problem((*path, "door"), f"expected the id of a door; found '{rule.door}'")
        for inner, expected in condition_problems(rule.when, pack.situation_vocabulary, (*path, "when")):
            yield document.problem(inner, expected)
    seen.clear()
    for index, step in enumerate(pack.steps):
        path = ("steps", index)
        if step.id in seen:
            yield document.problem((*path, "id"), f"expected each step id once; '{step.id}' stands twice")
        seen.add(step.id)
        for inner, expected in condition_problems(step.when, pack.situation_vocabulary, (*path, "when")):
            yield document.problem(inner, expected)


def _professions(pack: Pack, document: Document) -> Iterator[Problem]:
    for code, profession in pack.professions.items():
        for index, name in enumerate(profession.instruments):
            if name not in pack.instruments:
                yield document.problem(
                    ("professions", code, "instruments", index), f"expected an instrument; found '{name}'"
                )
        for index, item in enumerate(profession.signs):
            if item.sign not in pack.signs:
                yield document.problem(
                    ("professions", code, "signs", index, "sign"), f"expected a sign code; found '{item.sign}'"
                )


def _regions(pack: Pack, document: Document) -> Iterator[Problem]:
    provinces = {item.province for item in pack.places.municipalities.values()}
    safety_regions = {item.safety_region for item in pack.places.municipalities.values()}
    for kind, regions in pack.regions.items():
        for code, region in regions.items():
            for name, known in (
                ("provinces", provinces),
                ("safety_regions", safety_regions),
                ("municipalities", set(pack.places.municipalities)),
                ("except_municipalities", set(pack.places.municipalities)),
            ):
                for index, item in enumerate(getattr(region, name)):
                    if item not in known:
                        path: FieldPath = ("regions", kind, code, name, index)
                        yield document.problem(path, f"expected one of the {name} of places; found '{item}'")


def _instrument(instrument: Instrument, pack: Pack, document: Document) -> Iterator[Problem]:
    yield from _listed_signs(instrument, pack, document)
    for name, values, allowed in (
        ("forms", instrument.forms, FIELDS["form"]),
        ("ages", instrument.ages, FIELDS["age"]),
    ):
        for index, value in enumerate(values):
            if value not in allowed:
                yield document.problem((name, index), f"expected one of {', '.join(allowed)}; found '{value}'")
    vocabulary = outcome_vocabulary(instrument)
    for index, outcome in enumerate(instrument.outcomes):
        for inner, expected in condition_problems(outcome.when, vocabulary, ("outcomes", index, "when")):
            yield document.problem(inner, expected)
    if not instrument.outcomes or instrument.outcomes[-1].when not in ({}, {"ticked": "none"}):
        yield document.problem(("outcomes",), "expected a last outcome that holds when nothing else does")


def _listed_signs(instrument: Instrument, pack: Pack, document: Document) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, item in enumerate(instrument.signs):
        if item.sign not in pack.signs:
            yield document.problem(("signs", index, "sign"), f"expected a sign code; found '{item.sign}'")
        if item.sign in seen:
            yield document.problem(("signs", index, "sign"), f"expected each sign once; '{item.sign}' stands twice")
        seen.add(item.sign)
        if item.dimension not in instrument.dimensions:
            yield document.problem(("signs", index, "dimension"), f"expected a dimension; found '{item.dimension}'")
        if instrument.kind == "checklist" and item.weight != "none":
            yield document.problem(("signs", index, "weight"), "expected none: a checklist has no published weight")


def outcome_vocabulary(instrument: Instrument) -> dict[str, tuple[str, ...]]:
    """What the condition of an outcome may look at: each dimension, and how much was ticked."""
    return {
        **dict.fromkeys(instrument.dimensions, ("positive", "negative")),
        "ticked": ("none", "one", "several"),
        "strong": ("yes", "no"),
        "urgent": ("yes", "no"),
    }
