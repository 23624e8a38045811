"""What the API takes: the language and country of the answer, ticked signs, and a situation."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja import Schema
from pydantic import ConfigDict, Field

from baken.packs.loader import countries, load_pack
from baken.packs.pack import Pack
from baken.packs.places import Municipality, UnknownPlaceError
from baken.packs.situation import DEFAULTS, FIELDS, UNKNOWN_PROFESSION, Situation, UnusableMomentError, read_moment
from baken.recognise.api_problems import FieldError, ProblemError, Where, unusable
from baken.recognise.check import UnknownSignError, known_signs
from baken.recognise.current import current_pack, site_languages

LANGUAGES = site_languages()
COUNTRIES = countries()
MOST_SIGNS = 500

Language = Annotated[
    str | None,
    Field(description="Language of the texts. Left out: Accept-Language, then that of the pack.", examples=["en"]),
]
Country = Annotated[
    str,
    Field(
        description="Country pack. Other packs than nl are a first version.",
        json_schema_extra={"enum": list(COUNTRIES)},
    ),
]
Codes = Annotated[
    list[Annotated[str, Field(max_length=80)]],
    Field(
        max_length=MOST_SIGNS, description="Codes of the signs that were noticed.", examples=[["dest_locked_in_now"]]
    ),
]


def _one_of(name: str, description: str) -> Any:
    return Field(default=DEFAULTS[name], description=description, json_schema_extra={"enum": list(FIELDS[name])})


class LanguageQuery(Schema):
    """In which language."""

    language: Language = Field(default=None, json_schema_extra={"enum": list(LANGUAGES)})


class PackQuery(LanguageQuery):
    """Of which country, in which language."""

    country: Country = settings.BAKEN_COUNTRY


class Strict(Schema):
    """A body in which an unknown field is an error: a typing mistake must not pass for "unknown"."""

    model_config = ConfigDict(extra="forbid")


class SituationRequest(Strict):
    """A situation. Everything may be left out; what is left out is unknown."""

    danger: str = _one_of("danger", "Is somebody in danger right now?")
    about: str = _one_of("about", "Is it about a person or a place?")
    age: str = _one_of("age", "Age of the person.")
    form: str = _one_of("form", "What seems to be going on.")
    sphere: str = _one_of("sphere", "Who seems to be behind it.")
    residence: str = _one_of("residence", "Right to stay of the person. Only decides which door can help.")
    consent: str = _one_of("consent", "Does the person agree that something is shared?")
    profession: str = Field(
        default=UNKNOWN_PROFESSION,
        max_length=60,
        description="Code of your profession.",
        examples=["desk_clerk"],
    )
    municipality: str | None = Field(
        default=None, max_length=60, description="Name, code or postcode.", examples=["Oostzaan"]
    )
    at: str | None = Field(
        default=None,
        max_length=40,
        description="The moment, as an ISO time; without a zone it is local. Left out: now.",
        examples=["2026-11-21T14:30:00+01:00"],
        json_schema_extra={"format": "date-time"},
    )
    country: Country = settings.BAKEN_COUNTRY


class AssessmentRequest(Strict):
    """Ticked signs, to be assessed with one instrument."""

    instrument: str = Field(max_length=80, description="Id of the instrument.", examples=["ilo-2009-adult-labour"])
    signs: Codes
    country: Country = settings.BAKEN_COUNTRY


class CheckRequest(Strict):
    """Ticked signs in a situation, assessed with every instrument that fits."""

    signs: Codes
    situation: SituationRequest = SituationRequest()


def pack_for(request: HttpRequest, query: LanguageQuery, *, country: str, where: Where = "query") -> Pack:
    """The pack of a country in the language that was asked for. Raises ProblemError for one that does not exist."""
    if country not in COUNTRIES:
        error = FieldError(where, "country", _one_of_text(COUNTRIES))
        status = HTTPStatus.BAD_REQUEST if where == "query" else HTTPStatus.UNPROCESSABLE_ENTITY
        raise ProblemError(status, f"There is no country pack '{country[:60]}'.", [error])
    if query.language is not None and query.language not in LANGUAGES:
        error = FieldError("query", "language", _one_of_text(LANGUAGES))
        raise ProblemError(HTTPStatus.BAD_REQUEST, f"There is no language '{query.language[:60]}'.", [error])
    language = query.language or accepted_language(request)
    if country == settings.BAKEN_COUNTRY:
        return current_pack(language or load_pack(country).language)
    return load_pack(country, language)


def accepted_language(request: HttpRequest) -> str | None:
    """The first language of Accept-Language that Baken speaks."""
    header = request.headers.get("Accept-Language", "")
    asked = (code.partition("-")[0] for code, _weight in parse_accept_lang_header(header))
    return next((code for code in asked if code in LANGUAGES), None)


def _one_of_text(allowed: tuple[str, ...]) -> str:
    return f"one of {', '.join(allowed)}"


def checked_signs(pack: Pack, codes: list[str]) -> tuple[str, ...]:
    """The ticked signs in the order of the vocabulary. Raises ProblemError for codes that nobody knows."""
    try:
        return known_signs(pack, codes)
    except UnknownSignError as error:
        raise unusable(str(error), [FieldError("body", "signs", "codes of /signs")]) from None


class Asked:
    """A situation as the domain knows it, with place and moment. Raises ProblemError that names every wrong field."""

    situation: Situation
    municipality: Municipality | None
    moment: dt.datetime

    def __init__(self, pack: Pack, given: SituationRequest, *, inside: str = "") -> None:
        errors = [
            FieldError("body", inside + name, _one_of_text(allowed))
            for name, allowed in FIELDS.items()
            if getattr(given, name) not in allowed
        ]
        if pack.professions and given.profession not in pack.professions:
            errors.append(FieldError("body", f"{inside}profession", _one_of_text(tuple(pack.professions))))
        municipality = municipality_of(pack, given.municipality, inside=inside)
        moment = _moment(pack, given.at, inside)
        errors += [found for found in (municipality, moment) if isinstance(found, FieldError)]
        if errors or isinstance(municipality, FieldError) or isinstance(moment, FieldError):
            names = ", ".join(error.field for error in errors)
            raise unusable(f"Something in this situation is not known: {names}.", errors)
        self.situation = Situation(**{name: getattr(given, name) for name in (*FIELDS, "profession")})
        self.municipality = municipality
        self.moment = moment


def municipality_of(
    pack: Pack, typed: str | None, *, where: Where = "body", inside: str = ""
) -> Municipality | FieldError | None:
    """The municipality for what was typed, or what is wrong with that; None where nothing was."""
    if typed is None or not typed.strip():
        return None
    name = f"{inside}municipality"
    if not pack.places.municipalities:
        return FieldError(where, name, f"nothing: the pack '{pack.country}' holds no municipalities yet")
    try:
        return pack.places.find(typed)
    except UnknownPlaceError as error:
        hint = f"; did you mean {', '.join(error.suggestions)}?" if error.suggestions else ""
        return FieldError(where, name, f"name, code or postcode of a municipality{hint}")


def _moment(pack: Pack, typed: str | None, inside: str) -> dt.datetime | FieldError:
    if typed is None:
        return timezone.now()
    try:
        return read_moment(typed, ZoneInfo(pack.info.timezone))
    except UnusableMomentError as error:
        return FieldError("body", f"{inside}at", str(error))
