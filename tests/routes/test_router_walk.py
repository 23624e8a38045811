"""Routes are proven, not sampled: every combination of the finite fields, for every kind of profession.

Two professions with the same derived fields, neither of which is named in a rule, cannot be told apart by the rules; one of
them stands for both. That keeps the walk whole and short.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import product

import pytest

from baken.packs.conditions import fields_used
from baken.packs.loader import countries, load_pack
from baken.packs.pack import Pack
from baken.packs.situation import FIELDS, Situation
from baken.routes.hours import state_at
from baken.routes.router import Choice, choose

NL = load_pack("nl")
PERSON_WORDS = ("consent", "safe_contact", "interpreter", "first_needs", "talk")
FOOTINGS = {"advice", "registration", "consent", "reasoned_report", "nothing_shared"}


def conditions(pack: Pack) -> list[dict[str, object]]:
    """The condition of every rule and step."""
    return [rule.when for rule in pack.rules] + [step.when for step in pack.steps]


def named_professions(pack: Pack) -> set[str]:
    """Professions that a rule or step names."""
    found: set[str] = set()

    def collect(when: object) -> None:
        if isinstance(when, dict):
            for key, value in when.items():
                if key == "profession":
                    found.update([value] if isinstance(value, str) else value)
                else:
                    collect(value)
        elif isinstance(when, list):
            for item in when:
                collect(item)

    for condition in conditions(pack):
        collect(condition)
    return found


def profession_classes(pack: Pack) -> dict[tuple[str, ...], str]:
    """One profession for each way in which the rules can tell professions apart."""
    named = named_professions(pack)
    classes: dict[tuple[str, ...], str] = {}
    for code in pack.professions or ("other",):
        values = pack.profession_values(code)
        values.pop("profession", None)
        classes.setdefault((*values.values(), code if code in named else ""), code)
    return classes


def situations(profession: str) -> Iterator[Situation]:
    """Every situation of one profession."""
    for values in product(*FIELDS.values()):
        yield Situation(profession=profession, **dict(zip(FIELDS, values, strict=True)))


def broken(pack: Pack, situation: Situation, choice: Choice) -> str | None:
    """The first thing that must hold in every situation and does not."""
    ids = [chosen.rule.door for chosen in choice.doors]
    doors = [pack.doors[code] for code in ids]
    footings = [set(chosen.footing) for chosen in choice.doors] + [{step.footing} for step in choice.steps]
    alone = situation.residence == "unaccompanied" and "guardian_minors" in pack.doors
    must = {
        "no door": bool(ids),
        "a door stands twice": len(set(ids)) == len(ids),
        "danger now does not put 112 first": situation.danger != "now" or ids[:1] == ["emergency"],
        "no door is open day and night": any(door.hours and door.hours.osm == "24/7" for door in doors),
        "a door for another age": all(situation.age in door.ages for door in doors),
        "an unaccompanied minor has no guardianship door": not alone or "guardian_minors" in ids,
        "a door or step without a known footing": all(found and found <= FOOTINGS for found in footings),
    }
    failed = next((reason for reason, holds in must.items() if not holds), None)
    return failed or _broken_consent(pack, situation, choice) or _broken_place(situation, choice)


def _broken_consent(pack: Pack, situation: Situation, choice: Choice) -> str | None:
    footings = {code for chosen in choice.doors for code in chosen.footing} | {step.footing for step in choice.steps}
    if situation.consent in ("refused", "unsafe") and "consent" in footings:
        return "consent is used although it is refused or unsafe to ask"
    profession = pack.professions.get(situation.profession)
    must = profession is not None and profession.must_register
    for step in choice.steps:
        if step.footing == "registration" and not must:
            return f"{step.id}: registration without consent by a party that needs it"
        if "register" in step.id and step.kind == "do" and not must and situation.consent != "given":
            return f"{step.id}: registration without consent by a party that needs it"
    return None


def _broken_place(situation: Situation, choice: Choice) -> str | None:
    if situation.about != "place":
        return None
    for step in choice.steps:
        if step.kind == "do" and (step.footing == "consent" or any(word in step.id for word in PERSON_WORDS)):
            return f"{step.id}: a place route asks about a person"
    return None


@pytest.mark.walk
@pytest.mark.parametrize("profession", profession_classes(NL).values())
def test_every_dutch_situation_holds(profession: str) -> None:
    count = 0
    for situation in situations(profession):
        reason = broken(NL, situation, choose(pack=NL, situation=situation))
        assert reason is None, f"{reason}: {situation}"
        count += 1
    assert count == 20_736


def test_the_walk_is_over_a_hundred_thousand_situations() -> None:
    assert len(profession_classes(NL)) * 20_736 > 100_000
    covered = {tuple(NL.profession_values(code).values())[1:] for code in profession_classes(NL).values()}
    assert covered == {tuple(NL.profession_values(code).values())[1:] for code in NL.professions}


@pytest.mark.walk
@pytest.mark.parametrize("country", [code for code in countries() if code != "nl"])
def test_every_situation_of_a_starter_pack_holds(country: str) -> None:
    pack = load_pack(country)
    for situation in situations("other"):
        reason = broken(pack, situation, choose(pack=pack, situation=situation))
        assert reason is None, f"{reason}: {situation}"


@pytest.mark.walk
def test_every_rule_and_step_is_used_in_some_situation() -> None:
    """A rule or step that no situation reaches is a mistake."""
    used_rules: set[str] = set()
    used_steps: set[str] = set()
    for profession in profession_classes(NL).values():
        for situation in situations(profession):
            choice = choose(pack=NL, situation=situation)
            used_rules.update(chosen.rule.id for chosen in choice.doors)
            used_steps.update(step.id for step in choice.steps)
        if len(used_rules) == len(NL.rules) and len(used_steps) == len(NL.steps):
            break
    assert {rule.id for rule in NL.rules} - used_rules == set()
    assert {step.id for step in NL.steps} - used_steps == set()


def test_conditions_only_look_at_known_fields() -> None:
    for condition in conditions(NL):
        assert fields_used(condition) <= set(NL.situation_vocabulary)


@pytest.mark.parametrize("country", countries())
def test_a_door_that_is_always_open_is_open_at_every_hour_of_a_year(country: str) -> None:
    """The walk looks for 24/7; this shows that 24/7 means open at every hour, also at changes of the clock and on holidays."""
    pack = load_pack(country)
    start = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    always = [door for door in pack.doors.values() if door.hours and door.hours.osm == "24/7"]
    assert always
    for hours in range(366 * 24):
        now = start + dt.timedelta(hours=hours)
        state = state_at(osm="24/7", country=pack.info.holidays, timezone=pack.info.timezone, now=now)
        assert state.open is True
