"""Factsheets: what one profession notices, does, and whom it calls, on two pages, from the same data as the pages.

Pure assembly: no Django, no clock. ``baken.routes.sheets`` makes the words and the PDF.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from baken.packs.pack import Pack
from baken.packs.places import Municipality
from baken.packs.schema.base import Fact
from baken.packs.schema.people import Profession
from baken.packs.situation import Situation
from baken.recognise.listing import SignGroup, sign_listing
from baken.routes.hours import calendar
from baken.routes.router import DoorAdvice, Route, route

MONDAY = dt.date(2026, 1, 5)
"""Any Monday: the usual week is the same in all of them."""


class UnknownProfessionError(LookupError):
    """The pack has no profession with this code."""


@dataclass(frozen=True, slots=True)
class DayRange:
    """Days in a row with the same hours. Days count from Monday = 0, hours in minutes after midnight."""

    first: int
    last: int
    open: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class WeekHours:
    """The usual opening hours of a door, for paper: no now, no tomorrow."""

    always: bool
    days: tuple[DayRange, ...] = ()
    """Only days on which the door opens."""
    closed_on_holidays: bool = False


@dataclass(frozen=True, slots=True)
class SheetDoor:
    """A door as the sheet names it: for what, not for which situation."""

    advice: DoorAdvice
    hours: WeekHours | None
    """None where nobody knows the hours."""


@dataclass(frozen=True, slots=True)
class SheetFooting:
    """One footing in the words for one kind of secrecy."""

    code: str
    title: str
    text: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Factsheet:
    """Everything on the sheet of one profession in one municipality (None: no municipality named)."""

    code: str
    profession: Profession
    language: str
    municipality: Municipality | None
    moment: dt.datetime
    groups: tuple[SignGroup, ...]
    donts: tuple[str, ...]
    emergency: SheetDoor
    doors: tuple[SheetDoor, ...]
    """Doors to call or to consult, the internal one included."""
    also: tuple[SheetDoor, ...]
    """Doors for the person concerned without a telephone number."""
    footings: tuple[SheetFooting, ...]
    guide: tuple[str, ...]
    """The titles of the Meldcode steps, or the internal route where the Meldcode does not hold."""
    sources: tuple[str, ...]
    unconfirmed: bool
    """Is anything on the sheet not confirmed?"""


def factsheet(*, pack: Pack, profession: str, municipality: Municipality | None, now: dt.datetime) -> Factsheet:
    """The sheet of a profession. Raises UnknownProfessionError. ``now`` is the moment that the sheet is made."""
    if profession not in pack.professions:
        raise UnknownProfessionError(profession)
    known = pack.professions[profession]
    routes = [
        route(pack=pack, situation=situation, municipality=municipality, now=now)
        for situation in _situations(profession)
    ]
    doors = [SheetDoor(advice, _week_hours(pack, advice)) for advice in _each_once(routes)]
    also = tuple(door for door in doors if _for_the_person(door.advice))
    emergency = next(door for door in doors if door.advice.id == "emergency")
    return Factsheet(
        code=profession,
        profession=known,
        language=pack.language,
        municipality=municipality,
        moment=now,
        groups=sign_listing(pack=pack, profession=profession, ticked=()).first,
        donts=tuple(step.text for step in routes[0].donts),
        emergency=emergency,
        doors=tuple(door for door in doors if door not in also and door is not emergency),
        also=also,
        footings=_footings(pack, known),
        guide=_guide(pack, known),
        sources=_sources(pack, known, doors),
        unconfirmed=any(door.advice.door.confidence == "unconfirmed" for door in doors),
    )


def _situations(profession: str) -> Iterator[Situation]:
    """Typical situations: somebody you worry about, exploitation at work, a minor without parents."""
    yield Situation(about="person", profession=profession)
    yield Situation(about="person", age="adult", form="labour", sphere="work", profession=profession)
    yield Situation(about="person", age="minor", residence="unaccompanied", profession=profession)


def _each_once(routes: Iterable[Route]) -> Iterator[DoorAdvice]:
    seen: set[str] = set()
    for found in routes:
        for advice in found.doors:
            if advice.id not in seen:
                seen.add(advice.id)
                yield advice


def _for_the_person(advice: DoorAdvice) -> bool:
    return advice.door.kind == "help" and advice.door.public and not advice.phones


def _week_hours(pack: Pack, advice: DoorAdvice) -> WeekHours | None:
    hours = advice.door.hours
    return week_hours(hours.osm, country=pack.info.holidays) if hours else None


def week_hours(osm: str, *, country: str) -> WeekHours:
    """The usual week of opening hours in OpenStreetMap syntax."""
    found = calendar(osm=osm, country=country, first=MONDAY, days=0) or {}
    if found.get("always"):
        return WeekHours(always=True)
    week = found["week"]
    assert isinstance(week, list)
    ranges: list[DayRange] = []
    for day, hours in enumerate(week):
        intervals = tuple(tuple(part) for part in hours)
        if ranges and ranges[-1].open == intervals and ranges[-1].last == day - 1:
            ranges[-1] = DayRange(ranges[-1].first, day, intervals)
        elif intervals:
            ranges.append(DayRange(day, day, intervals))
    return WeekHours(always=False, days=tuple(ranges), closed_on_holidays="PH off" in osm)


def _footings(pack: Pack, profession: Profession) -> tuple[SheetFooting, ...]:
    return tuple(
        SheetFooting(code, footing.title, footing.by_secrecy.get(profession.secrecy, footing.short), footing.confidence)
        for code, footing in pack.footings.items()
    )


def _guide(pack: Pack, profession: Profession) -> tuple[str, ...]:
    if pack.meldcode is None:
        return ()
    if profession.meldcode:
        return tuple(step.title for step in pack.meldcode.steps.values())
    return tuple(pack.meldcode.internal_route.values())


def _sources(pack: Pack, profession: Profession, doors: Iterable[SheetDoor]) -> tuple[str, ...]:
    """Each source once, in the order of the sheet."""
    facts: list[Fact] = [profession, *(door.advice.door for door in doors), *pack.footings.values()]
    if pack.meldcode:
        facts.append(pack.meldcode)
    parts = (part.strip() for fact in facts for part in fact.source.split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))
