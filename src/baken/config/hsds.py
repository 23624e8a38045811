"""The HSDS API put together: resources, description, profile, and the manners of the other API."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from ninja import NinjaAPI

from baken.config.api_manners import HANDLERS, StrictParser, View, mannered, methods_of
from baken.config.hsds_description import described
from baken.directory.api import router
from baken.directory.exchange.profile import profile_data
from baken.recognise.api_problems import answer, problem_response

PREFIX = "/hsds/v3"
VERSION = "3.1.0"
"""Of HSDS, with a patch number of our own."""
HOUR = 60 * 60
DESCRIPTION = """\
Open Referral HSDS 3.1 over the social map, with the profile HSDS-NL-MH.

Without a token: what everybody may see. With `Authorization: Bearer` and the token of an organisation: also what is for
professionals. What is hidden is in no answer, and the address of a confidential place is not in the database either. Lists
are asked with GET, or with POST and the same words in the body, so that they are in no log.
"""


def _api() -> NinjaAPI:
    made = NinjaAPI(
        title="Baken, social map",
        version=VERSION,
        description=DESCRIPTION,
        urls_namespace="hsds",
        openapi_url=None,
        # ninja's page of documentation loads its scripts from a third party.
        docs_url=None,
        parser=StrictParser(),
        servers=[{"url": PREFIX, "description": "This installation"}],
    )
    made.add_router("", router)
    for kind, handler in HANDLERS.items():
        made.add_exception_handler(kind, handler)
    return made


def show_openapi(_request: HttpRequest) -> HttpResponse:
    """The description of the API, for any site."""
    return _kept(answer(described(api), "en"))


def show_profile(_request: HttpRequest) -> HttpResponse:
    """The profile: what it changes in the schemas of HSDS, its taxonomies, and the schemas that come out."""
    return _kept(answer(profile_data(), "en"))


def nothing_here(_request: HttpRequest) -> HttpResponse:
    """Every other address below the API."""
    detail = f"There is nothing at this address. {PREFIX}/openapi.json lists what there is."
    return problem_response(HTTPStatus.NOT_FOUND, detail)


def _kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = f"public, max-age={HOUR}"
    return response


def _with_manners(view: View, methods: tuple[str, ...]) -> View:
    return mannered(view, methods, version=VERSION)


def _resources() -> list[URLPattern]:
    patterns = [item for item in api.urls[0] if isinstance(item, URLPattern) and item.name != "api-root"]
    for item in patterns:
        item.callback = _with_manners(item.callback, methods_of(item.callback))
    return patterns


api = _api()
elsewhere = _with_manners(nothing_here, ())
urlpatterns = [
    path("openapi.json", _with_manners(show_openapi, ("GET",)), name="openapi"),
    path("profile.json", _with_manners(show_profile, ("GET",)), name="profile"),
    *_resources(),
]
