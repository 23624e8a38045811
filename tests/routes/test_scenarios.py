"""The worked scenarios of ``tests/scenarios/routes_nl.yaml``: what must follow in each, door by door."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from baken.packs.loader import load_pack
from baken.packs.situation import FIELDS, Situation
from baken.routes.router import DoorAdvice, Route, route

FILE = Path(__file__).parents[1] / "scenarios" / "routes_nl.yaml"
USUAL_MOMENT = "2026-11-24T10:00:00+01:00"
"""A Tuesday morning, for scenarios in which the hour does not matter."""
LEAST_SCENARIOS = 120
EXPECTATIONS = {
    "first",
    "last",
    "doors",
    "not_doors",
    "steps",
    "not_steps",
    "footing",
    "open",
    "closed",
    "unknown_hours",
    "region",
    "local",
    "region_unknown",
}
SETS_OF_DOORS = ("doors", "not_doors", "open", "closed", "unknown_hours", "region_unknown")
MAPS_OF_DOORS = ("footing", "region", "local")


@cache
def scenarios() -> dict[str, dict[str, Any]]:
    """Scenario id -> scenario, in the order of the file."""
    found = yaml.safe_load(FILE.read_text(encoding="utf-8"))["scenarios"]
    assert len({item["id"] for item in found}) == len(found), "a scenario id stands twice"
    return {item["id"]: item for item in found}


def routed(scenario: dict[str, Any]) -> Route:
    """The route of one scenario."""
    pack = load_pack("nl")
    place = scenario.get("municipality")
    return route(
        pack=pack,
        situation=Situation(**scenario["situation"]),
        municipality=pack.places.find(place) if place else None,
        now=dt.datetime.fromisoformat(scenario.get("at", USUAL_MOMENT)),
    )


def facts(found: Route) -> dict[str, Any]:
    """What a route says, in the words of the expectations."""
    doors: dict[str, DoorAdvice] = {door.id: door for door in found.doors}
    ids = [door.id for door in found.doors]
    return {
        "first": ids[0],
        "last": ids[-1],
        "doors": set(ids),
        "steps": {step.id for step in found.steps},
        "footing": {key: set(door.footing) for key, door in doors.items()},
        "open": {key for key, door in doors.items() if door.open is True},
        "closed": {key for key, door in doors.items() if door.open is False},
        "unknown_hours": {key for key, door in doors.items() if door.open is None},
        "region": {key: door.region for key, door in doors.items()},
        "local": {key: door.local_name for key, door in doors.items()},
        "region_unknown": {key for key, door in doors.items() if door.region_unknown},
    }


def complaints(expect: dict[str, Any], said: dict[str, Any]) -> list[str]:
    """Each expectation that does not hold, in one line."""
    wrong: list[str] = []
    for key, wanted in expect.items():
        if key in ("first", "last"):
            ok = said[key] == wanted
            actual: Any = said[key]
        elif key.startswith("not_"):
            actual = said[key.removeprefix("not_")] & set(wanted)
            ok = not actual
        elif isinstance(wanted, dict):
            actual = {door: said[key].get(door) for door in wanted}
            ok = actual == {door: set(value) if isinstance(value, list) else value for door, value in wanted.items()}
        else:
            actual = said[key]
            ok = set(wanted) <= actual
        if not ok:
            wrong.append(f"{key}: expected {wanted}, found {actual}")
    return wrong


@pytest.mark.parametrize("code", scenarios())
def test_scenario(code: str) -> None:
    scenario = scenarios()[code]
    assert complaints(scenario["expect"], facts(routed(scenario))) == [], scenario["story"]


def test_there_are_enough_scenarios_and_each_expects_something() -> None:
    assert len(scenarios()) >= LEAST_SCENARIOS
    for code, scenario in scenarios().items():
        assert scenario["story"].strip(), code
        assert scenario["expect"], code
        assert set(scenario["expect"]) <= EXPECTATIONS, code


def test_scenarios_name_doors_and_steps_that_exist() -> None:
    pack = load_pack("nl")
    steps = {step.id for step in pack.steps}
    for code, scenario in scenarios().items():
        expect = scenario["expect"]
        doors = {expect[key] for key in ("first", "last") if key in expect}
        doors |= {door for key in (*SETS_OF_DOORS, *MAPS_OF_DOORS) for door in expect.get(key, ())}
        assert doors <= set(pack.doors), code
        assert {step for key in ("steps", "not_steps") for step in expect.get(key, ())} <= steps, code


def test_scenarios_reach_every_value_and_every_profession() -> None:
    told = Counter(
        (field, value) for scenario in scenarios().values() for field, value in scenario["situation"].items()
    )
    for field, values in FIELDS.items():
        missing = [value for value in values if not told[field, value] and value not in ("unknown", "not_asked")]
        assert missing == [], field
    assert {code for code in load_pack("nl").professions if not told["profession", code]} == set()


def test_scenarios_name_every_door() -> None:
    named = {
        door
        for item in scenarios().values()
        for key in ("first", "last", "doors")
        for door in _listed(item["expect"].get(key, []))
    }
    assert named == set(load_pack("nl").doors)


def test_the_first_door_can_be_called_unless_it_is_the_guardian() -> None:
    # Nobody has published a number of the guardian that could be confirmed; then the next doors must be within reach.
    for code, scenario in scenarios().items():
        doors = routed(scenario).doors
        assert doors[0].phones or doors[0].id == "guardian_minors", code
        assert any(door.phones and door.id != "emergency" for door in doors[:3]), code


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def test_a_wrong_expectation_is_noticed() -> None:
    said = facts(routed({"situation": {"danger": "now", "age": "minor"}}))
    expect = {
        "first": "police",
        "not_doors": ["emergency"],
        "doors": ["fairwork"],
        "footing": {"emergency": ["consent"]},
    }
    assert len(complaints(expect, said)) == len(expect)
