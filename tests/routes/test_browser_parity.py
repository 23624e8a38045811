"""Browser and Python give the same answers: thousands of generated cases, run through engine.js in a real Chromium.

A case is a situation, ticked signs, a place and a moment. Both sides turn their complete answer into the same JSON
text; only digests travel, so an answer is fetched in full when there is a difference.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.helpers.engine import START, prepare, serve_static
from tests.helpers.parity_cases import Case, World, midnight, some_cases, worlds_of

from baken.packs.loader import countries, load_pack
from baken.packs.places import Municipality
from baken.recognise.assessment import Assessment
from baken.recognise.check import run_check
from baken.routes import router
from baken.routes.bundle import places_bundle

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SEED = 20261121
CASES = 20_000
"""The least number of cases over all countries."""
SHARE = {"nl": 3}
"""The complete pack gets more parts of them; the others get one each."""
PARTS = [(country, part) for country in countries() for part in range(SHARE.get(country, 1))]


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    page = context.new_page()
    page.route("**/*", serve_static)
    page.goto("http://localhost/")
    yield page
    context.close()


def fields_of(value: Any) -> dict[str, Any]:
    """A dataclass as JSON writes it, one level deep; ``asdict`` copies everything and takes most of the time."""
    found = {name: getattr(value, name) for name in value.__slots__}
    if isinstance(value, Assessment):
        found["watch_for"] = [f"{item.sign} {item.dimension} {item.outcome} {item.action}" for item in value.watch_for]
    return found


def door_json(advice: router.DoorAdvice, world: World) -> dict[str, Any]:
    """A door as the browser gives it. Past its calendar the browser knows nothing; there Python's is emptied."""
    state = advice.state
    beyond = {name: None for name in ("opens_at", "closes_at") if (at := getattr(state, name)) and at >= world.until}
    return {
        "id": advice.id,
        "name": advice.door.name,
        "rule": advice.rule,
        "why": advice.why,
        "say": advice.say,
        "footing": list(advice.footing),
        "needs_consent": advice.needs_consent,
        "phone": advice.phone,
        "phones": [
            {key: value for key, value in fields_of(line).items() if value is not None} for line in advice.phones
        ],
        "open": state.open,
        "opens_at": state.opens_at.isoformat() if state.opens_at else None,
        "closes_at": state.closes_at.isoformat() if state.closes_at else None,
        "always": state.always,
        "region": advice.region,
        "local_name": advice.local_name,
        "region_unknown": advice.region_unknown,
        "region_confidence": advice.region_confidence,
        "email": advice.email,
        "own": advice.own,
        "url": advice.door.url,
        "source": advice.door.source,
        "checked_on": advice.door.checked_on.isoformat(),
        "confidence": advice.door.confidence,
        **beyond,
    }


def python_answer(case: Case, world: World) -> str:
    pack = world.pack
    place: Municipality | None = pack.places.municipalities[case.municipality] if case.municipality else None
    checked = run_check(pack=pack, signs=case.signs, situation=case.situation)
    route = router.route(pack=pack, situation=case.situation, municipality=place, now=case.now)
    answer = {
        "check": fields_of(checked),
        "municipality": {"code": place.code, "name": place.name} if place else None,
        "doors": [door_json(advice, world) for advice in route.doors],
        "steps": [step.model_dump(exclude_none=True, exclude={"when"}) for step in route.steps],
    }
    return json.dumps(answer, separators=(",", ":"), ensure_ascii=False, default=fields_of)


def first_difference(page: Page, case: Case, expected: str) -> str:
    """Where the two answers differ, in words somebody can act on."""
    page.evaluate(START, {"cases": [case.for_browser()], "full": True})
    answer = page.evaluate("window.baken.answers")[0]
    at = next((i for i, (one, two) in enumerate(zip(expected, answer, strict=False)) if one != two), 0)
    part = slice(max(0, at - 200), at + 100)
    return f"{case}\nPython:  ...{expected[part]}\nbrowser: ...{answer[part]}"


@pytest.mark.parametrize(("country", "part"), PARTS)
def test_browser_and_python_agree(country: str, part: int, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    # The same few numbers are written out for every case; once is enough.
    monkeypatch.setattr(router, "shown_number", cache(router.shown_number))
    monkeypatch.setattr(router, "dialled_number", cache(router.dialled_number))
    worlds = worlds_of(country)
    prepare(page, worlds)
    cases = some_cases(worlds, random.Random(f"{SEED} {country} {part}"), -(-CASES // len(PARTS)))
    for start in range(0, len(cases), 500):
        batch = cases[start : start + 500]
        page.evaluate(START, {"cases": [case.for_browser() for case in batch], "full": False})
        expected = [python_answer(case, worlds[case.world]) for case in batch]
        for case, text, got in zip(batch, expected, page.evaluate("window.baken.answers"), strict=True):
            if hashlib.sha256(text.encode()).hexdigest() != got:
                pytest.fail(first_difference(page, case, text))


def test_beyond_its_calendar_the_browser_does_not_guess(page: Page) -> None:
    world = worlds_of("nl")[1]
    prepare(page, [world])
    outside = [world.until, midnight(world.today, world.pack) - dt.timedelta(seconds=1)]
    script = """
    (now) => Object.entries(window.baken.worlds[0].doors)
      .map(([id, door]) => [id, window.baken.engine.openState(window.baken.worlds[0], door.hours, new Date(now))])
    """
    for moment in outside:
        for code, state in page.evaluate(script, int(moment.timestamp() * 1000)):
            hours = world.pack.doors[code].hours
            assert state["open"] is (True if hours and hours.osm == "24/7" else None)
            assert state["opens_at"] is None


def test_every_place_is_found_by_name_code_and_postcode(page: Page) -> None:
    pack = load_pack("nl")
    prepare(page, worlds_of("nl")[:1])
    spelled = [
        "Den Haag",
        " den bosch ",
        "s-gravenhage",
        "1012 ab",
        "1012AB",
        "gm0431",
        "nergens",
        "0999",
        "",
        "Súdwest-Fryslân",
    ]
    typed = [*pack.places.municipalities, *(item.name for item in pack.places.municipalities.values())]
    typed += [*pack.places.postcodes, *spelled]
    script = """
    (typed) => typed.map((text) => window.baken.placesModule.findPlaces(window.baken.places, text)
      .map((place) => [place.code, place.name, Object.fromEntries(
        Object.entries(place.regions).map(([kind, region]) => [kind, region.name]))]))
    """
    kinds = places_bundle(pack)["kinds"]
    for text, found in zip(typed, page.evaluate(script, typed), strict=True):
        expected = [
            [item.code, item.name, {kind: region.name for kind in kinds if (region := pack.region_of(kind, item))}]
            for item in pack.places.candidates(text)
        ]
        assert found == expected, text


def test_unknown_values_are_refused(page: Page) -> None:
    prepare(page, worlds_of("nl")[:1])
    script = (
        "({ situation, signs }) => { try { window.baken.engine.%s; return '' } catch (error) { return error.message } }"
    )
    choose = script % "choose(window.baken.worlds[0], situation)"
    check = script % "runCheck(window.baken.worlds[0], signs, situation)"
    assert "age: 'old'" in page.evaluate(choose, {"situation": {"age": "old"}, "signs": []})
    assert "profession: 'wizard'" in page.evaluate(choose, {"situation": {"profession": "wizard"}, "signs": []})
    assert "toString" in page.evaluate(check, {"situation": {}, "signs": ["toString"]})
