"""The right door: from a situation to ordered doors and steps, each with its reason and its footing.

Pure: no Django, no clock of its own. ``choose`` is finite (no municipality, no moment) and is proven by walking every
situation; ``route`` adds what depends on the place and the hour. The browser runs the same rules
(``ui/static/baken/engine.js``).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import phonenumbers

from baken.packs.pack import Pack
from baken.packs.places import Municipality
from baken.packs.schema.base import Confidence
from baken.packs.schema.doors import Door, FootingCode, Rule, Step
from baken.packs.schema.info import Region
from baken.packs.situation import Situation, UnknownValueError
from baken.routes.hours import OpenState, state_at

CONSENT_POSSIBLE = ("given", "not_asked")
"""Values of ``consent`` with which sharing on consent may still be offered (safety rule: refused means refused)."""


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """A telephone number as people write it and as a telephone dials it."""

    text: str
    href: str
    label: str | None
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class ChosenDoor:
    """A door that a rule gives in this situation."""

    rule: Rule
    footing: tuple[FootingCode, ...]

    @property
    def needs_consent(self) -> bool:
        """Is consent the only ground on which this door can be used?"""
        return self.footing == ("consent",)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the rules say before place and hour are looked at."""

    doors: tuple[ChosenDoor, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class DoorAdvice:
    """One door for this situation, here and now."""

    id: str
    door: Door
    rule: str
    why: str
    say: str | None
    footing: tuple[FootingCode, ...]
    needs_consent: bool
    phones: tuple[PhoneLine, ...]
    state: OpenState
    region: str | None
    region_code: str | None
    local_name: str | None
    """Who stands at this door in the municipality, when the pack knows it."""
    region_unknown: bool
    """The door differs per region and the pack does not know which one this is."""
    region_confidence: Confidence | None
    email: str | None
    """Where the region can be written to."""
    own: bool
    """The region is an organisation that uses Baken itself."""
    municipality_known: bool
    """Did the reader name a municipality? Only then is an unknown region worth a remark."""

    @property
    def open(self) -> bool | None:
        """Open now; None where the hours are unknown."""
        return self.state.open

    @property
    def phone(self) -> str | None:
        """The first telephone number, as people write it."""
        return self.phones[0].text if self.phones else None


@dataclass(frozen=True, slots=True)
class Route:
    """The ordered doors and steps for a situation."""

    situation: Situation
    municipality: Municipality | None
    now: dt.datetime
    doors: tuple[DoorAdvice, ...]
    steps: tuple[Step, ...]

    @property
    def dos(self) -> tuple[Step, ...]:
        """What to do now."""
        return tuple(step for step in self.steps if step.kind == "do")

    @property
    def donts(self) -> tuple[Step, ...]:
        """What not to do."""
        return tuple(step for step in self.steps if step.kind == "dont")


def choose(*, pack: Pack, situation: Situation) -> Choice:
    """Doors and steps by the rules of the pack. Raises UnknownValueError for a profession that the pack does not know."""
    values = situation.values()
    if pack.professions:
        if situation.profession not in pack.professions:
            raise UnknownValueError("profession", situation.profession, tuple(pack.professions))
        values |= pack.profession_values(situation.profession)
    doors: dict[str, ChosenDoor] = {}
    for rule, holds in pack.rule_predicates:
        if rule.door in doors or not holds(values):
            continue
        if situation.age not in pack.doors[rule.door].ages:
            continue
        if footing := _possible_footing(rule.footing, situation):
            doors[rule.door] = ChosenDoor(rule, footing)
    steps = tuple(
        step for step, holds in pack.step_predicates if holds(values) and _possible_footing([step.footing], situation)
    )
    return Choice(tuple(doors.values()), steps)


def _possible_footing(footing: list[FootingCode], situation: Situation) -> tuple[FootingCode, ...]:
    """Without the consent of a person there is no sharing on consent; a place cannot consent."""
    consent_possible = situation.consent in CONSENT_POSSIBLE and situation.about != "place"
    return tuple(code for code in footing if code != "consent" or consent_possible)


def route(*, pack: Pack, situation: Situation, municipality: Municipality | None, now: dt.datetime) -> Route:
    """The route for a situation in a municipality (None: unknown) at an aware moment."""
    choice = choose(pack=pack, situation=situation)
    doors = own_first(tuple(_advice(pack, chosen, municipality, now) for chosen in choice.doors))
    return Route(situation=situation, municipality=municipality, now=now, doors=doors, steps=choice.steps)


def own_first(doors: tuple[DoorAdvice, ...]) -> tuple[DoorAdvice, ...]:
    """The reader's own organisation comes before everybody else; only where there is danger does it come after."""
    urgent = [door for door in doors if door.door.kind == "emergency"]
    own = [door for door in doors if door.own and door not in urgent]
    return (*urgent, *own, *(door for door in doors if door not in urgent and door not in own)) if own else doors


def _advice(pack: Pack, chosen: ChosenDoor, municipality: Municipality | None, now: dt.datetime) -> DoorAdvice:
    rule = chosen.rule
    door = pack.doors[rule.door]
    region = pack.region_of(door.region_kind, municipality) if door.region_kind else None
    region_code = pack.region_code_of(door.region_kind, municipality) if door.region_kind else None
    return DoorAdvice(
        id=rule.door,
        door=door,
        rule=rule.id,
        why=rule.why,
        say=rule.say or door.say,
        footing=chosen.footing,
        needs_consent=chosen.needs_consent,
        phones=(*region_phones(region, pack.info.phone_region), *phone_lines(door, pack.info.phone_region)),
        state=door_state(pack, door, now),
        region=region.name if region else None,
        region_code=region_code,
        local_name=region.door if region else None,
        region_unknown=door.region_kind is not None and region is None,
        region_confidence=region.confidence if region else None,
        email=region.email if region else None,
        own=region.own if region else False,
        municipality_known=municipality is not None,
    )


def door_state(pack: Pack, door: Door, now: dt.datetime) -> OpenState:
    """Is this door open at an aware moment?"""
    osm = door.hours.osm if door.hours else None
    return state_at(osm=osm, country=pack.info.holidays, timezone=pack.info.timezone, now=now)


def phone_lines(door: Door, region: str) -> tuple[PhoneLine, ...]:
    """The telephone numbers of a door, ready to show."""
    return tuple(
        PhoneLine(
            text=shown_number(phone.number, region),
            href=dialled_number(phone.number, region),
            label=phone.label,
            confidence=phone.confidence or door.confidence,
        )
        for phone in door.phones
    )


def region_phones(region: Region | None, phone_region: str) -> tuple[PhoneLine, ...]:
    """The telephone number that a region gives for its door, ready to show."""
    if region is None or region.phone is None:
        return ()
    text, href = shown_number(region.phone, phone_region), dialled_number(region.phone, phone_region)
    return (PhoneLine(text=text, href=href, label=None, confidence=region.confidence),)


def _is_short(number: str) -> bool:
    return number.isdigit() and len(number) <= 6


def shown_number(number: str, region: str) -> str:
    """A number the way people in that country write it; a free or short number stays as it is known (0800-2000)."""
    if _is_short(number) or not number.startswith("+"):
        return number
    parsed = phonenumbers.parse(number, region)
    national = phonenumbers.region_code_for_number(parsed) == region
    style = phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, style)


def dialled_number(number: str, region: str) -> str:
    """A number for a ``tel:`` link. Short and service numbers cannot be dialled with a country code and keep their digits."""
    digits = "".join(character for character in number if character.isdigit() or character == "+")
    if _is_short(digits) or digits.startswith(("0800", "0900", "088")):
        return digits
    parsed = phonenumbers.parse(number, region)
    if not phonenumbers.is_valid_number(parsed):
        return digits
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
