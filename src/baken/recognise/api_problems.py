"""What the API says when something is wrong: problem+json (RFC 9457), naming each field and what was expected there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any, Literal

from django.http import HttpResponse
from ninja import Schema
from pydantic import Field

PROBLEM_JSON = "application/problem+json"
TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    422: "Unprocessable Content",
    500: "Internal Server Error",
}
"""Names of RFC 9110; those of Python's library differ between versions."""
Where = Literal["body", "path", "query", "header"]


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field that could not be used."""

    where: Where
    field: str
    """Name of the field, with dots for what is inside something: ``situation.age``."""
    expected: str


class ProblemField(Schema):
    """One field that could not be used."""

    where: Where
    field: str = Field(description="Name of the field; dots lead to what is inside something, as in situation.age.")
    expected: str = Field(description="What would have been understood.")


class Problem(Schema):
    """Something is wrong with the request (RFC 9457). The detail is for people, in English."""

    type: str = Field(description="Always about:blank: the status says what kind of problem it is.")
    title: str
    status: int
    detail: str
    errors: list[ProblemField] = Field(default=[], description="The fields that could not be used.")


class ProblemError(Exception):
    """Raised by the API's own code; answered as problem+json."""

    def __init__(self, status: int, detail: str, errors: Sequence[FieldError] = ()) -> None:
        self.status = status
        self.detail = detail
        self.errors = tuple(errors)
        super().__init__(detail)


def not_found(what: str, code: str) -> ProblemError:
    """404: there is no such resource."""
    return ProblemError(HTTPStatus.NOT_FOUND, f"There is no {what} '{code[:60]}'.")


def unusable(detail: str, errors: Sequence[FieldError]) -> ProblemError:
    """422: well-formed, but with something in it that Baken does not know."""
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors)


def problem_response(
    status: int, detail: str, errors: Sequence[FieldError] = (), headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """The answer for a problem."""
    data: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES[status],
        "status": int(status),
        "detail": detail,
    }
    if errors:
        data["errors"] = [asdict(error) for error in errors]
    return HttpResponse(
        encoded(data), status=status, content_type=PROBLEM_JSON, headers={"Content-Language": "en", **(headers or {})}
    )


def answer(data: Mapping[str, Any], language: str) -> HttpResponse:
    """The answer when all is well, with its texts in ``language``."""
    return HttpResponse(encoded(data), content_type="application/json", headers={"Content-Language": language})


def encoded(data: Mapping[str, Any]) -> bytes:
    """JSON as bytes. Half a character that somebody sent comes back as the escape that it was."""
    return json.dumps(data, ensure_ascii=False).encode("utf-8", errors="backslashreplace")
