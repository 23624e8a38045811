"""Cases that both sides of the rules answer: packs as a browser has them from a certain day, and questions to them."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from baken.packs.loader import load_pack
from baken.packs.pack import Pack
from baken.packs.schema.doors import Door, DoorsFile, Hours, RoutesFile
from baken.packs.situation import FIELDS, Situation
from baken.routes.bundle import CALENDAR_DAYS

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
