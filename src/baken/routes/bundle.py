"""What the browser needs to give the same answers without a network: one country, one language, as plain JSON values.

Pure. ``ui/static/baken/engine.js`` reads these mappings; ``tests/routes/test_browser_parity.py`` holds both together.
Weight matters here: what a page already shows (examples, hints, notes) stays out, empty values are left out, and the
places travel in a file of their own that is only fetched when somebody names one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, get_args

from baken.packs.pack import Pack
from baken.packs.places import ALIASES, Municipality
from baken.packs.schema.doors import Door, Rule, Step
from baken.packs.schema.info import Region
from baken.packs.schema.people import Meldcode
from baken.packs.schema.signs import Combination, Instrument
from baken.packs.situation import DEFAULTS
from baken.routes.hours import calendar
from baken.routes.meldcode import FLOW, QUESTIONS, Answer, Question
from baken.routes.router import CONSENT_POSSIBLE, phone_lines, region_phones

CALENDAR_DAYS = 60
"""For how long opening hours are worked out; after that an offline browser says that it does not know them."""

ANSWERS: tuple[Answer, ...] = get_args(Answer)

Json = dict[str, Any]


def bundle(pack: Pack, *, today: dt.date) -> Json:
    """Everything but the places, in the language of ``pack``. ``today``: the first day of the opening hours."""
    made: Json = {
        "country": pack.country,
        "language": pack.language,
        "timezone": pack.info.timezone,
        "from": today.isoformat(),
        "until": (today + dt.timedelta(days=CALENDAR_DAYS)).isoformat(),
        "fields": {name: list(values) for name, values in pack.situation_vocabulary.items()},
        "defaults": DEFAULTS,
        "consent_possible": list(CONSENT_POSSIBLE),
        "professions": {
            code: {"fields": pack.profession_values(code), "instruments": profession.instruments}
            for code, profession in pack.professions.items()
        },
        "rules": [_rule(rule) for rule in pack.rules],
        "steps": [_step(step) for step in pack.steps],
        "doors": {code: _door(pack, door, today) for code, door in pack.doors.items()},
        "signs": {code: sign.text for code, sign in pack.signs.items()},
        "urgent": [code for code in pack.signs if code in pack.urgent_signs],
        "danger": [code for code in pack.signs if code in pack.danger_signs],
        "instruments": [_instrument(item) for item in pack.instruments.values()],
    }
    if pack.meldcode:
        made["meldcode"] = _meldcode(pack.meldcode)
    return made


def _without_empty(values: Json) -> Json:
    return {key: value for key, value in values.items() if value not in (None, [], {})}


def _rule(rule: Rule) -> Json:
    fields = ("id", "door", "when", "why", "say", "footing")
    return _without_empty({name: getattr(rule, name) for name in fields})


def _step(step: Step) -> Json:
    fields = ("id", "when", "text", "why", "footing", "kind", "source")
    return _without_empty({name: getattr(step, name) for name in fields})


def _door(pack: Pack, door: Door, today: dt.date) -> Json:
    osm = door.hours.osm if door.hours else None
    hours = calendar(osm=osm, country=pack.info.holidays, first=today, days=CALENDAR_DAYS)
    return _without_empty(
        {
            "name": door.name,
            "what": door.what,
            "expect": door.expect,
            "say": door.say,
            "kind": door.kind,
            "ages": door.ages,
            "phones": [
                _without_empty(
                    {"text": line.text, "href": line.href, "label": line.label, "confidence": line.confidence}
                )
                for line in phone_lines(door, pack.info.phone_region)
            ],
            "hours": hours,
            "url": door.url,
            "region_kind": door.region_kind,
            "source": door.source,
            "checked_on": door.checked_on.isoformat(),
            "confidence": door.confidence,
        }
    )


def _instrument(item: Instrument) -> Json:
    return {
        "id": item.id,
        "title": item.title,
        "ages": item.ages,
        "dimensions": {
            code: {"title": dimension.title, "rules": {name: _counts(rule) for name, rule in dimension.rules.items()}}
            for code, dimension in item.dimensions.items()
        },
        "signs": [[listed.sign, listed.dimension, listed.weight] for listed in item.signs],
        "outcomes": [
            {
                "id": found.id,
                "when": found.when,
                "text": found.text,
                "action": found.action,
                "published": found.published,
            }
            for found in item.outcomes
        ],
        "limits": list(item.limits.values()),
    }


def _counts(rule: Combination) -> dict[str, int]:
    return {name: least for name, least in rule.model_dump().items() if least}


def _meldcode(meldcode: Meldcode) -> Json:
    return {
        "steps": [
            {"title": step.title, "text": step.text, "trafficking": step.trafficking}
            for step in meldcode.steps.values()
        ],
        "internal_route": list(meldcode.internal_route.values()),
        "questions": {
            code: {"text": question.text, "help": question.help} for code, question in meldcode.questions.items()
        },
        "conclusions": dict(meldcode.conclusions),
        "flow": {question: {answer: _next(question, answer) for answer in ANSWERS} for question in QUESTIONS},
    }


def _next(question: Question, answer: Answer) -> Json:
    """What follows from an answer: the question to ask, or the conclusion."""
    ask, conclude = FLOW[question, answer]
    return _without_empty({"ask": ask, "conclude": conclude})


def places_bundle(pack: Pack) -> Json:
    """Municipalities, postcodes and the regions that the doors differ by; empty lists in a pack without places.

    Postcodes are ranges per municipality ("1011-1019 1021"); ``second`` names the other municipality of a postcode that
    lies in two.
    """
    kinds = sorted({door.region_kind for door in pack.doors.values() if door.region_kind})
    ids = {kind: list(pack.regions.get(kind, {})) for kind in kinds}
    return {
        "kinds": kinds,
        "regions": {
            kind: [_region_bundle(pack, region) for region in pack.regions.get(kind, {}).values()] for kind in kinds
        },
        "municipalities": [
            [item.code, item.name, *(_region_index(pack, kind, ids[kind], item) for kind in kinds)]
            for item in pack.places.municipalities.values()
        ],
        "postcodes": _postcode_ranges(pack.places.postcodes),
        "second": {number: codes[1] for number, codes in pack.places.postcodes.items() if len(codes) > 1},
        "aliases": ALIASES,
    }


def _region_bundle(pack: Pack, region: Region) -> Json:
    """What the browser shows of a region: name, who stands at the door, and how to reach them."""
    phones = [
        _without_empty({"text": line.text, "href": line.href, "confidence": line.confidence})
        for line in region_phones(region, pack.info.phone_region)
    ]
    return _without_empty(
        {
            "name": region.name,
            "door": region.door,
            "confidence": region.confidence,
            "phones": phones,
            "email": region.email,
            "own": region.own,
        }
    )


def _region_index(pack: Pack, kind: str, ids: list[str], municipality: Municipality) -> int:
    """Position of the municipality's region in the list of its kind; -1 where the pack does not know it."""
    found = pack.region_of(kind, municipality)
    regions = pack.regions.get(kind, {})
    return next((index for index, code in enumerate(ids) if regions[code] is found), -1)


def _postcode_ranges(postcodes: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    numbers: dict[str, list[int]] = {}
    for number, codes in postcodes.items():
        numbers.setdefault(codes[0], []).append(int(number))
    return {code: " ".join(_ranges(sorted(found))) for code, found in numbers.items()}


def _ranges(numbers: Iterable[int]) -> list[str]:
    ordered = list(numbers)
    breaks = [index for index, (before, after) in enumerate(pairwise(ordered), start=1) if after != before + 1]
    edges = pairwise([0, *breaks, len(ordered)])
    return [
        str(ordered[first]) if last - first == 1 else f"{ordered[first]}-{ordered[last - 1]}" for first, last in edges
    ]
