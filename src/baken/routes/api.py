"""The API's resources of the routes room: doors, the route for a situation, and a whole check."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from baken.packs.pack import Pack
from baken.packs.situation import Situation
from baken.recognise.api_problems import FieldError, ProblemError, answer, not_found
from baken.recognise.api_requests import (
    Asked,
    CheckRequest,
    LanguageQuery,
    PackQuery,
    SituationRequest,
    checked_signs,
    municipality_of,
    pack_for,
)
from baken.recognise.check import run_check
from baken.recognise.serialise import assessment_data
from baken.routes import api_shapes as shapes
from baken.routes.factsheet_data import factsheet_data
from baken.routes.factsheets import factsheet
from baken.routes.router import route
from baken.routes.serialise import listed_door_data, route_data

router = Router()


@router.get("/doors", response=shapes.Doors, tags=["routes"], operation_id="listDoors")
def list_doors(request: HttpRequest, query: Query[PackQuery]) -> HttpResponse:
    """Everybody who can be called or written to. POST /routes says which of them fit a situation."""
    pack = pack_for(request, query, country=query.country)
    now = timezone.now()
    return answer({"doors": [listed_door_data(pack=pack, code=code, now=now) for code in pack.doors]}, pack.language)


@router.get("/doors/{id}", response=shapes.Door, tags=["routes"], operation_id="getDoor")
def get_door(request: HttpRequest, id: str, query: Query[PackQuery]) -> HttpResponse:  # noqa: A002 - its name in the path
    """One door."""
    pack = pack_for(request, query, country=query.country)
    if id not in pack.doors:
        raise not_found("door", id)
    return answer(listed_door_data(pack=pack, code=id, now=timezone.now()), pack.language)


@router.post("/routes", response=shapes.Route, tags=["routes"], operation_id="findRoute")
def find_route(request: HttpRequest, body: SituationRequest, query: Query[LanguageQuery]) -> HttpResponse:
    """The right doors and steps for a situation, in this municipality, at this hour. Nothing is stored."""
    pack = pack_for(request, query, country=body.country, where="body")
    asked = Asked(pack, body)
    return answer(_route_data(pack, asked, asked.situation), pack.language)


@router.post("/checks", response=shapes.Check, tags=["signs", "routes"], operation_id="runCheck")
def check(request: HttpRequest, body: CheckRequest, query: Query[LanguageQuery]) -> HttpResponse:
    """The whole check: what the signs ask you to do in this situation, why, and whom to call. Nothing is stored."""
    pack = pack_for(request, query, country=body.situation.country, where="body")
    asked = Asked(pack, body.situation, inside="situation.")
    checked = run_check(pack=pack, signs=checked_signs(pack, body.signs), situation=asked.situation)
    data = {
        "action": checked.action,
        "reasons": list(checked.reasons),
        "signs": list(checked.signs),
        "assessments": [assessment_data(pack=pack, assessment=item) for item in checked.assessments],
        "route": _route_data(pack, asked, checked.situation),
    }
    return answer(data, pack.language)


class SheetQuery(PackQuery):
    """For which municipality."""

    municipality: Annotated[
        str, Field(max_length=60, description="Your own: name, code or postcode.", examples=["Oostzaan"])
    ] = ""


@router.get("/factsheets/{profession}", response=shapes.Factsheet, tags=["professions"], operation_id="getFactsheet")
def get_factsheet(request: HttpRequest, profession: str, query: Query[SheetQuery]) -> HttpResponse:
    """What one profession notices, does, and whom it calls, with the doors of its own municipality."""
    pack = pack_for(request, query, country=query.country)
    if profession not in pack.professions:
        raise not_found("factsheet", profession)
    place = municipality_of(pack, query.municipality, where="query")
    if isinstance(place, FieldError):
        raise ProblemError(HTTPStatus.BAD_REQUEST, "This municipality is not known.", [place])
    sheet = factsheet(pack=pack, profession=profession, municipality=place, now=timezone.now())
    return answer(factsheet_data(sheet, ZoneInfo(pack.info.timezone)), pack.language)


def _route_data(pack: Pack, asked: Asked, situation: Situation) -> dict[str, Any]:
    found = route(pack=pack, situation=situation, municipality=asked.municipality, now=asked.moment)
    return route_data(pack=pack, route=found)
