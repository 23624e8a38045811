"""Countries, professions, places, signs and instruments as plain data for the API. Pure."""

from __future__ import annotations

from typing import Any

from baken.packs.pack import Pack
from baken.packs.places import Municipality, folded
from baken.packs.schema.base import Fact
from baken.packs.schema.people import Profession
from baken.packs.schema.signs import Instrument, Sign
from baken.recognise.serialise import instrument_data

Json = dict[str, Any]


def fact_data(fact: Fact) -> Json:
    """Where a fact comes from and how sure it is."""
    return {
        "source": fact.source,
        "source_url": fact.source_url,
        "checked_on": fact.checked_on.isoformat(),
        "check_by": fact.check_by.isoformat(),
        "confidence": fact.confidence,
        "note": fact.note,
    }


def country_data(pack: Pack) -> Json:
    """A country and what its pack holds."""
    info = pack.info
    return {
        "code": pack.country,
        "name": info.name,
        "status": info.status,
        "about": info.about,
        "source_language": info.source_language,
        "languages": list(info.languages),
        "timezone": info.timezone,
    }


def sign_data(pack: Pack, code: str, sign: Sign) -> Json:
    """One sign and the instruments that it counts in."""
    return {
        "code": code,
        "phase": sign.phase,
        "noticed": sign.noticed,
        "text": sign.text,
        "hint": sign.hint,
        "urgent": sign.urgent,
        "instruments": [
            item.id for item in pack.instruments.values() if any(listed.sign == code for listed in item.signs)
        ],
    }


def full_instrument_data(pack: Pack, instrument: Instrument) -> Json:
    """An instrument as the command line lists it, with its dimensions, its rules, its limits and its source."""
    return {
        **instrument_data(pack=pack, instrument=instrument),
        "title": instrument.title,
        "about": instrument.about,
        "kind": instrument.kind,
        "forms": instrument.forms,
        "ages": instrument.ages,
        "dimensions": [
            {
                "id": code,
                "title": dimension.title,
                "rules": [{"id": rule, **counts.model_dump()} for rule, counts in dimension.rules.items()],
            }
            for code, dimension in instrument.dimensions.items()
        ],
        "limits": list(instrument.limits.values()),
        **fact_data(instrument),
    }


def profession_data(code: str, profession: Profession) -> Json:
    """A profession in short."""
    return {
        "code": code,
        "name": profession.name,
        "sector": profession.sector,
        "meldcode": profession.meldcode,
        "secrecy": profession.secrecy,
        "must_register": profession.must_register,
        "instruments": profession.instruments,
    }


def full_profession_data(pack: Pack, code: str, profession: Profession) -> Json:
    """A profession with its own words, questions and duties."""
    return {
        **profession_data(code, profession),
        "intro": profession.intro,
        "signs": [
            {"code": item.sign, "text": pack.signs[item.sign].text, "example": item.example}
            for item in profession.signs
        ],
        "ask": list(profession.ask.values()),
        "do": list(profession.do.values()),
        **fact_data(profession),
    }


def places_found(pack: Pack, query: str) -> list[Municipality]:
    """Municipalities for what somebody types: what it can mean, then names that contain it. All when it is empty."""
    places = pack.places
    name = folded(query)
    if not query.strip():
        return list(places.municipalities.values())
    found = {item.code: item for item in places.candidates(query)}
    if name:
        inside = (
            item for known, code in places.by_name.items() if name in known for item in [places.municipalities[code]]
        )
        found |= {item.code: item for item in inside if item.code not in found}
    return list(found.values())


def place_data(place: Municipality) -> Json:
    """A municipality in short."""
    return {"code": place.code, "name": place.name, "province": place.province}


def full_place_data(pack: Pack, place: Municipality) -> Json:
    """A municipality with its postcodes and the regions that it lies in, as far as the pack knows them."""
    return {
        **place_data(place),
        "postcodes": [number for number, codes in pack.places.postcodes.items() if place.code in codes],
        "regions": [
            {
                "kind": kind,
                "id": next(code for code, region in regions.items() if region is found),
                "name": found.name,
                "door": found.door,
                "url": found.url,
                **fact_data(found),
            }
            for kind, regions in pack.regions.items()
            if (found := pack.region_of(kind, place)) is not None
        ],
    }
