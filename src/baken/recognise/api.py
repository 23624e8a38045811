"""The API's resources of the recognise room: what can be noticed, by whom, where, and what a list makes of it."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from ninja import Query, Router
from pydantic import Field

from baken.packs.situation import DEFAULTS, Situation
from baken.recognise import api_shapes as shapes
from baken.recognise.api_problems import FieldError, answer, not_found, unusable
from baken.recognise.api_requests import (
    COUNTRIES,
    AssessmentRequest,
    LanguageQuery,
    PackQuery,
    checked_signs,
    pack_for,
)
from baken.recognise.assessment import assess
from baken.recognise.questions import QUESTIONS, questions
from baken.recognise.resources import (
    country_data,
    full_instrument_data,
    full_place_data,
    full_profession_data,
    place_data,
    places_found,
    profession_data,
    sign_data,
)
from baken.recognise.serialise import assessment_data

MOST_PLACES = 400
router = Router()


class PlaceQuery(PackQuery):
    """What somebody types to find a municipality."""

    query: Annotated[str, Field(max_length=60, description="Part of a name, or a postcode.", examples=["1511"])] = ""
    limit: Annotated[int, Field(ge=1, le=MOST_PLACES, description="At most this many.")] = 20


@router.get("/countries", response=shapes.Countries, tags=["places"], operation_id="listCountries")
def list_countries(request: HttpRequest, query: Query[LanguageQuery]) -> HttpResponse:
    """Countries that have a pack, the most complete first."""
    packs = [pack_for(request, query, country=code) for code in COUNTRIES]
    return answer({"countries": [country_data(pack) for pack in packs]}, packs[0].language)


@router.get("/instruments", response=shapes.Instruments, tags=["signs"], operation_id="listInstruments")
def list_instruments(request: HttpRequest, query: Query[PackQuery]) -> HttpResponse:
    """Published lists of signs, with their weights and rules where they have them."""
    pack = pack_for(request, query, country=query.country)
    found = [full_instrument_data(pack, item) for item in pack.instruments.values()]
    return answer({"instruments": found}, pack.language)


@router.get("/instruments/{id}", response=shapes.Instrument, tags=["signs"], operation_id="getInstrument")
def get_instrument(request: HttpRequest, id: str, query: Query[PackQuery]) -> HttpResponse:  # noqa: A002 - its name in the path
    """One instrument."""
    pack = pack_for(request, query, country=query.country)
    if id not in pack.instruments:
        raise not_found("instrument", id)
    return answer(full_instrument_data(pack, pack.instruments[id]), pack.language)


@router.get("/signs", response=shapes.Signs, tags=["signs"], operation_id="listSigns")
def list_signs(request: HttpRequest, query: Query[PackQuery]) -> HttpResponse:
    """The vocabulary of signs that all instruments share."""
    pack = pack_for(request, query, country=query.country)
    return answer({"signs": [sign_data(pack, code, sign) for code, sign in pack.signs.items()]}, pack.language)


@router.get("/signs/{code}", response=shapes.Sign, tags=["signs"], operation_id="getSign")
def get_sign(request: HttpRequest, code: str, query: Query[PackQuery]) -> HttpResponse:
    """One sign."""
    pack = pack_for(request, query, country=query.country)
    if code not in pack.signs:
        raise not_found("sign", code)
    return answer(sign_data(pack, code, pack.signs[code]), pack.language)


@router.get("/situation-fields", response=shapes.SituationFields, tags=["routes"], operation_id="listSituationFields")
def list_situation_fields(request: HttpRequest, query: Query[PackQuery]) -> HttpResponse:
    """The questions about a situation with all their answers, in words. Unknown is always an answer."""
    pack = pack_for(request, query, country=query.country)
    with translation.override(pack.language):
        found = [
            {
                "name": item.name,
                "label": item.label,
                "hint": item.hint,
                "default": DEFAULTS[item.name],
                "values": [{"value": c.value, "label": c.label, "hint": c.hint} for c in item.choices],
            }
            for item in questions(tuple(QUESTIONS), Situation())
        ]
    return answer({"situation_fields": found}, pack.language)


@router.get("/professions", response=shapes.Professions, tags=["professions"], operation_id="listProfessions")
def list_professions(request: HttpRequest, query: Query[PackQuery]) -> HttpResponse:
    """Professions that the check speaks to in their own words."""
    pack = pack_for(request, query, country=query.country)
    found = [profession_data(code, item) for code, item in pack.professions.items()]
    return answer({"professions": found}, pack.language)


@router.get("/professions/{code}", response=shapes.FullProfession, tags=["professions"], operation_id="getProfession")
def get_profession(request: HttpRequest, code: str, query: Query[PackQuery]) -> HttpResponse:
    """One profession, with its signs, safe questions and what it can do."""
    pack = pack_for(request, query, country=query.country)
    if code not in pack.professions:
        raise not_found("profession", code)
    return answer(full_profession_data(pack, code, pack.professions[code]), pack.language)


@router.get("/places", response=shapes.Places, tags=["places"], operation_id="listPlaces")
def list_places(request: HttpRequest, query: Query[PlaceQuery]) -> HttpResponse:
    """Municipalities, by part of a name or by postcode. Two where a postcode lies in two."""
    pack = pack_for(request, query, country=query.country)
    found = places_found(pack, query.query)
    data = {"places": [place_data(item) for item in found[: query.limit]], "total": len(found)}
    return answer(data, pack.language)


@router.get("/places/{code}", response=shapes.FullPlace, tags=["places"], operation_id="getPlace")
def get_place(request: HttpRequest, code: str, query: Query[PackQuery]) -> HttpResponse:
    """One municipality with its regions."""
    pack = pack_for(request, query, country=query.country)
    if code not in pack.places.municipalities:
        raise not_found("place", code)
    return answer(full_place_data(pack, pack.places.municipalities[code]), pack.language)


@router.post("/assessments", response=shapes.Assessment, tags=["signs"], operation_id="assessSigns")
def assess_signs(request: HttpRequest, body: AssessmentRequest, query: Query[LanguageQuery]) -> HttpResponse:
    """What one instrument makes of ticked signs. A sign that is not in the instrument does not count. Not stored."""
    pack = pack_for(request, query, country=body.country, where="body")
    instrument = pack.instruments.get(body.instrument)
    if instrument is None:
        error = FieldError("body", "instrument", f"one of {', '.join(pack.instruments)}")
        raise unusable(f"There is no instrument '{body.instrument[:60]}'.", [error])
    signs = checked_signs(pack, body.signs)
    found = assess(instrument=instrument, signs=signs, urgent=pack.urgent_signs)
    return answer(assessment_data(pack=pack, assessment=found), pack.language)
