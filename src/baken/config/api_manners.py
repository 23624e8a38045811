"""How every address of the API behaves: methods, what it takes, problems instead of pages, headers for other sites."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.types import DictStrAny

from baken.recognise.api_problems import FieldError, ProblemError, problem_response
from baken.ui.drafts import has_drafts

log = logging.getLogger("baken.api")
VERSION = "1.0.0"
"""Of the API, not of Baken. Major: in the path. Minor: something was added. Patch: something was mended."""
DRAFT_HEADER = "Baken-Translation"
DAY = 24 * 60 * 60
EVERYWHERE = {
    # Public facts without a session: any site may ask for them, and none can ask in a visitor's name.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": f"API-Version, Content-Language, {DRAFT_HEADER}",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
EXPECTED = {"extra_forbidden": "nothing: there is no such field", "missing": "a value: this field is required"}
"""Kind of mistake -> a clearer word for it than that of the validator."""
View = Callable[..., HttpResponse]


class StrictParser(Parser):
    """JSON in UTF-8 and nothing else."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """The body as data. Raises ValueError or RecursionError for what is not JSON."""
        data: DictStrAny = json.loads(request.body.decode("utf-8"), parse_constant=_no_constant)
        return data


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def methods_of(view: View) -> tuple[str, ...]:
    """The methods that a view of ninja knows: it tells when it is asked for one that it does not."""
    request = HttpRequest()
    request.method = "OPTIONS"
    return tuple(sorted(name.strip() for name in view(request)["Allow"].split(",")))


def mannered(view: View, methods: tuple[str, ...], *, version: str = VERSION) -> View:
    """Give a view of an API its manners. ``methods``: those that it knows; an empty one answers all of them itself."""

    @csrf_exempt
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "HEAD":
            # The server in front leaves the body out; everything else is as for GET.
            request.method = "GET"
        response = (_refused(request, methods) if methods else None) or view(request, *args, **kwargs)
        for name, value in EVERYWHERE.items():
            response[name] = value
        response["API-Version"] = version
        if has_drafts(response.headers.get("Content-Language", "en")):
            response[DRAFT_HEADER] = "draft"
        patch_vary_headers(response, ["Accept-Language"])
        return response

    return wrapper


def _preflight(allowed: str) -> dict[str, str]:
    return {
        "Allow": allowed,
        "Access-Control-Allow-Methods": allowed,
        "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type",
        "Access-Control-Max-Age": str(DAY),
    }


def _refused(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponse | None:
    """What can be said before anything is read: about the method, what a request accepts, and what it brings along."""
    if request.method not in methods:
        allowed = ", ".join([*methods, *(["HEAD"] if "GET" in methods else []), "OPTIONS"])
        if request.method == "OPTIONS":
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=_preflight(allowed))
        detail = f"This address knows {allowed}."
        return problem_response(HTTPStatus.METHOD_NOT_ALLOWED, detail, headers={"Allow": allowed})
    if not request.accepts("application/json"):
        return problem_response(HTTPStatus.NOT_ACCEPTABLE, "The API answers in application/json.")
    if request.method == "POST":
        charset = (request.content_params or {}).get("charset", "utf-8").lower()
        if request.content_type != "application/json" or charset not in ("utf-8", "utf8"):
            return problem_response(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send application/json in UTF-8.")
    return None


def on_problem(_request: HttpRequest, error: ProblemError) -> HttpResponse:
    """A problem that the API's own code found."""
    return problem_response(error.status, error.detail, error.errors)


def on_unreadable(_request: HttpRequest, error: HttpError) -> HttpResponse:
    """The body is not JSON."""
    return problem_response(error.status_code, "The body is not JSON in UTF-8.")


def on_too_big(_request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    """The body is bigger than any check can be."""
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
    return problem_response(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A body may be {most // 1024} kB.")


def on_invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Fields that do not have the right shape: 422 in a body, 400 in a query."""
    errors = list(_field_errors(error))
    in_body = any(item.where == "body" for item in errors)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if in_body else HTTPStatus.BAD_REQUEST
    names = ", ".join(item.field or "the body" for item in errors)
    return problem_response(status, f"This cannot be used: {names}.", errors)


def _field_errors(error: ValidationError) -> Iterator[FieldError]:
    for item in error.errors:
        where, *path = item["loc"]
        # The first step in a body is the name of the argument of our own function.
        steps = path[1:] if where == "body" else path
        expected = EXPECTED.get(item["type"]) or str(item["msg"])[:300]
        yield FieldError(where, ".".join(str(step)[:60] for step in steps), expected)


def on_defect(request: HttpRequest, error: Exception) -> HttpResponse:
    """A defect of ours: in the log without what was sent, and a problem without a traceback for the caller."""
    log.error("The API failed on %s %s", request.method, request.resolver_match, exc_info=error)
    return problem_response(HTTPStatus.INTERNAL_SERVER_ERROR, "Something is wrong on our side. Nothing was stored.")


HANDLERS: dict[type[Exception], Callable[..., HttpResponse]] = {
    ProblemError: on_problem,
    HttpError: on_unreadable,
    RequestDataTooBig: on_too_big,
    ValidationError: on_invalid,
    Exception: on_defect,
}
