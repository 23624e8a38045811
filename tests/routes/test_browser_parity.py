"""Browser and Python give the same answers: thousands of generated cases, run through engine.js in a real Chromium.

A case is a situation, ticked signs, a place and a moment. Both sides turn their complete answer into the same JSON
text; only digests travel, so an answer is fetched in full when there is a difference.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, Route, sync_playwright

from baken.packs.loader import ROOT, countries, load_pack
from baken.packs.pack import Pack
from baken.packs.places import Municipality
from baken.packs.schema.doors import Door, DoorsFile, Hours, RoutesFile
from baken.packs.schema.signs import Instrument
from baken.packs.situation import FIELDS, Situation
from baken.recognise.assessment import Assessment
from baken.recognise.check import run_check
from baken.routes import router
from baken.routes.bundle import CALENDAR_DAYS, bundle, places_bundle

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STATIC = ROOT.parent / "ui" / "static" / "baken"
SEED = 20261121
CASES = 20_000
"""The least number of cases over all countries."""
SHARE = {"nl": 3}
"""The complete pack gets more parts of them; the others get one each."""

SEASONS = (dt.date(2026, 10, 1), dt.date(2026, 12, 10), dt.date(2027, 3, 12))
"""First days of bundles: they span both changes of the clock, Christmas, New Year, Easter and the King's birthday."""
NOTABLE = ("2026-10-25T00:00Z", "2026-12-25T08:00Z", "2027-01-01T08:00Z", "2027-03-28T00:00Z", "2027-04-27T08:00Z")
ODD_HOURS = (
    "Mo-Fr 20:00-02:00; PH off",
    "Mo-Fr 09:00-12:00,13:00-17:00; Sa 10:00-14:00; PH off",
    "Su 02:15-02:45,03:30-04:00",
    "Mo-Su 00:00-24:00; PH off",
    "PH 10:00-12:00; Mo-Fr 09:00-17:00",
    "Oct 24-Oct 27 01:00-02:30; Mar 27-Mar 30 02:30-05:00",
)
"""Hours that no door has today: past midnight, over the change of the clock, without a pause between days."""


@dataclass(frozen=True)
class World:
    """One pack with the bundle that a browser would have of it from a certain day."""

    pack: Pack
    today: dt.date

    @property
    def until(self) -> dt.datetime:
        """The first moment of which the bundle no longer knows the hours."""
        return midnight(self.today + dt.timedelta(days=CALENDAR_DAYS), self.pack)


@dataclass(frozen=True)
class Case:
    """One question to both sides."""

    world: int
    situation: Situation
    signs: list[str]
    municipality: str | None
    now: dt.datetime

    def for_browser(self) -> dict[str, Any]:
        situation = self.situation.values()
        return {
            "world": self.world,
            "situation": situation,
            "signs": self.signs,
            "place": self.municipality,
            "now": int(self.now.timestamp() * 1000),
        }


def midnight(day: dt.date, pack: Pack) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=ZoneInfo(pack.info.timezone))


def harder(pack: Pack) -> Pack:
    """The same pack, with opening hours that are hard to get right, and consent offered where nobody can give it."""
    doors: dict[str, Door] = {}
    for index, (code, door) in enumerate(pack.doors.items()):
        hours = Hours(osm=ODD_HOURS[index % len(ODD_HOURS)])
        doors[code] = door.model_copy(update={"hours": hours})
    rules = [rule.model_copy(update={"footing": [*rule.footing, "consent"]}) for rule in pack.rules]
    routes = RoutesFile.model_construct(rules=rules, steps=pack.steps)
    return replace(pack, doors_file=DoorsFile.model_construct(doors=doors), routes_file=routes)


def worlds_of(country: str) -> list[World]:
    pack = load_pack(country)
    return [World(variant, today) for variant in (pack, harder(pack)) for today in SEASONS]


# --- generating -----------------------------------------------------------------------------------


def some_moment(rng: random.Random, world: World) -> dt.datetime:
    start, end = midnight(world.today, world.pack).astimezone(dt.UTC), world.until.astimezone(dt.UTC)
    notable = [moment for text in NOTABLE if start <= (moment := dt.datetime.fromisoformat(text)) < end]
    if notable and rng.random() < 0.4:
        return rng.choice(notable) + dt.timedelta(seconds=rng.randrange(-6 * 3600, 12 * 3600))
    if rng.random() < 0.3:
        day = world.today + dt.timedelta(days=rng.randrange(CALENDAR_DAYS))
        edge = rng.choice((0, 2, 9, 10, 12, 13, 14, 17, 20, 22))
        return midnight(day, world.pack) + dt.timedelta(hours=edge, seconds=rng.choice((-60, -1, 0, 1, 60)))
    return start + (end - start) * rng.random()


def some_signs(rng: random.Random, pack: Pack) -> list[str]:
    pools = [list(pack.signs), *([item.sign for item in found.signs] for found in pack.instruments.values())]
    pool = rng.choice(pools)
    most = rng.choice((0, 1, 2, 4, 8, 16, len(pool)))
    chosen = rng.sample(pool, min(most, len(pool)))
    return [code for code in chosen if code not in pack.urgent_signs or rng.random() < 0.3]


def some_cases(worlds: list[World], rng: random.Random, count: int) -> list[Case]:
    pack = worlds[0].pack
    places = [None, *pack.places.municipalities]
    professions = list(pack.professions) or ["other"]
    cases = []
    for _ in range(count):
        index = rng.randrange(len(worlds))
        values = {name: rng.choice(allowed) for name, allowed in FIELDS.items()}
        situation = Situation(**values, profession=rng.choice(professions))
        first, last = midnight(worlds[index].today, pack), worlds[index].until - dt.timedelta(seconds=1)
        moment = min(max(some_moment(rng, worlds[index]), first), last).astimezone(dt.UTC)
        cases.append(Case(index, situation, some_signs(rng, pack), rng.choice(places), moment))
    return cases


# --- what Python says -----------------------------------------------------------------------------


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


# --- what the browser says ------------------------------------------------------------------------

START = """
({ cases, full }) => {
  const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const { engine, placesModule, worlds, places } = window.baken;
  const answered = async ({ world, situation, signs, place, now }) => {
    const bundle = worlds[world];
    const found = place === null ? null : placesModule.findPlaces(places, place)[0];
    const { municipality, doors, steps } = engine.route(bundle, situation, found, new Date(now));
    const bare = steps.map(({ when, ...step }) => step);
    const check = engine.runCheck(bundle, signs, situation);
    // Hundreds of short objects per case take most of the time when each is written in full.
    const short = (watch) => Object.values(watch).join(" ");
    for (const item of check.assessments) item.watch_for = item.watch_for.map(short);
    const text = JSON.stringify({ check, municipality, doors, steps: bare });
    return full ? text : hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  };
  window.baken.answers = new Promise((done) => setTimeout(() => done(Promise.all(cases.map(answered))), 0));
}
"""
"""Starts the work and returns at once, so that Python works out its answers meanwhile."""

PREPARE = """
async ({ worlds, places }) => {
  const engine = await import("/engine.js");
  const placesModule = await import("/places.js");
  window.baken = { engine, placesModule, worlds, places };
}
"""


def chromium_path() -> str | None:
    """Debian's Chromium where there is one; elsewhere the one that the test tool brings."""
    return shutil.which("chromium")


def serve_static(route: Route) -> None:
    """Answer from the static files, without a server."""
    name = Path(route.request.url).name
    if name.endswith(".js"):
        route.fulfill(path=STATIC / name, content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>Baken</title>", content_type="text/html")


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as tool:
        chromium = tool.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_page()
        page.route("**/*", serve_static)
        page.goto("http://localhost/")
        yield page
        chromium.close()


def prepare(page: Page, worlds: list[World]) -> None:
    made = [json.loads(json.dumps(bundle(world.pack, today=world.today))) for world in worlds]
    page.evaluate(PREPARE, {"worlds": made, "places": places_bundle(worlds[0].pack)})


def first_difference(page: Page, case: Case, expected: str) -> str:
    """Where the two answers differ, in words somebody can act on."""
    page.evaluate(START, {"cases": [case.for_browser()], "full": True})
    answer = page.evaluate("window.baken.answers")[0]
    at = next((i for i, (one, two) in enumerate(zip(expected, answer, strict=False)) if one != two), 0)
    part = slice(max(0, at - 200), at + 100)
    return f"{case}\nPython:  ...{expected[part]}\nbrowser: ...{answer[part]}"


# --- the tests ------------------------------------------------------------------------------------


PARTS = [(country, part) for country in countries() for part in range(SHARE.get(country, 1))]


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


@pytest.mark.parametrize("language", ["nl", "en", "hu", "bg", "mk"])
def test_the_bundle_is_light(language: str) -> None:
    made = bundle(load_pack("nl", language), today=SEASONS[0])
    text = json.dumps(made, separators=(",", ":"), ensure_ascii=False).encode()
    # A Cyrillic letter takes two bytes.
    assert len(gzip.compress(text)) <= (32_000 if language in ("bg", "mk") else 25_000)


def test_every_instrument_has_an_outcome_in_the_bundle() -> None:
    made = bundle(load_pack("nl"), today=SEASONS[0])
    instruments: list[Instrument] = list(load_pack("nl").instruments.values())
    assert [item["id"] for item in made["instruments"]] == [item.id for item in instruments]
    assert all(item["outcomes"] for item in made["instruments"])
