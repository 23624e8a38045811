"""The JSON API put together: the rooms' resources, their description, and the same manners for every address."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from ninja import NinjaAPI

from baken.config.api_manners import HANDLERS, VERSION, StrictParser, mannered, methods_of
from baken.config.openapi import document
from baken.recognise.api import router as recognise
from baken.recognise.api_problems import answer, problem_response
from baken.routes.api import router as routes

PREFIX = "/api/v1"
HOUR = 60 * 60
DESCRIPTION = """\
From a hunch to safe help, for programs: signs and published lists, doors and routes, places and professions.

Nothing is stored and nobody signs in. A situation and ticked signs only ever travel in the body of a POST. An answer
names a level of *action*; it never judges a person. What may change carries its source, the day on which it was checked
and how sure it is. Texts are in the language of `language` or `Accept-Language`; the header `Baken-Translation: draft`
says that not every text in that language has been checked by a person yet.
"""


def _api() -> NinjaAPI:
    made = NinjaAPI(
        title="Baken",
        version=VERSION,
        description=DESCRIPTION,
        urls_namespace="api",
        openapi_url=None,
        # ninja's page of documentation loads its scripts from a third party.
        docs_url=None,
        parser=StrictParser(),
        servers=[{"url": PREFIX, "description": "This installation"}],
    )
    made.add_router("", recognise)
    made.add_router("", routes)
    for kind, handler in HANDLERS.items():
        made.add_exception_handler(kind, handler)
    return made


def show_openapi(_request: HttpRequest) -> HttpResponse:
    """The description of the API, for any site."""
    response = answer(document(api), "en")
    response["Cache-Control"] = f"public, max-age={HOUR}"
    return response


def nothing_here(_request: HttpRequest) -> HttpResponse:
    """Every other address of the API."""
    detail = f"There is nothing at this address. {PREFIX}/openapi.json lists what there is."
    return problem_response(HTTPStatus.NOT_FOUND, detail)


def _resources() -> list[URLPattern]:
    patterns = [item for item in api.urls[0] if isinstance(item, URLPattern) and item.name != "api-root"]
    for item in patterns:
        item.callback = mannered(item.callback, methods_of(item.callback))
    return patterns


api = _api()
elsewhere = mannered(nothing_here, ())
urlpatterns = [path("openapi.json", mannered(show_openapi, ("GET",)), name="openapi"), *_resources()]
