"""Lists of the HSDS API: in pages with the wrapper of HSDS, or all at once with one object on each line."""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from ninja import Schema
from pydantic import Field

from baken.directory.api_asked import Listed
from baken.recognise.api_problems import answer, encoded

AT_ONCE = 100
NDJSON = "application/x-ndjson"
M = TypeVar("M", bound=Model)
Write = Callable[[Sequence[Any]], Iterable[dict[str, Any]]]
"""Makes the answer of some things, in their order, in a number of queries that does not depend on how many there are."""


class Page(Schema):
    """One page of a list."""

    total_items: int = Field(description="How many there are in all.")
    total_pages: int
    page_number: int
    size: int = Field(description="How many are on this page.")
    first_page: bool
    last_page: bool
    empty: bool
    contents: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Things:
    """What a list goes through: how many, and those from one place to another."""

    count: Callable[[], int]
    part: Callable[[int, int], Sequence[Any]]


def of_rows(found: QuerySet[M]) -> Things:
    """Rows of the database, by id."""
    ordered = found.order_by("pk")
    return Things(ordered.count, lambda first, last: list(ordered[first:last]))


def of_ids(found: QuerySet[M], ids: Sequence[uuid.UUID]) -> Things:
    """Rows of the database in the order of ``ids``."""

    def part(first: int, last: int) -> list[M]:
        wanted = ids[first:last]
        rows = found.in_bulk(list(wanted))
        return [rows[pk] for pk in wanted if pk in rows]

    return Things(lambda: len(ids), part)


def of_list(found: Sequence[Any]) -> Things:
    """Things that are there already."""
    return Things(lambda: len(found), lambda first, last: found[first:last])


def listed(
    things: Things, asked: Listed, write: Write, *, per_page: int | None = None, language: str = "en"
) -> HttpResponseBase:
    """The answer: one page, or every thing on a line of its own."""
    if asked.format == "ndjson":
        response = StreamingHttpResponse(_lines(things, write), content_type=NDJSON)
        response["Content-Language"] = language
        return response
    return _page(things, asked.page, per_page or asked.per_page, write, language)


def _page(things: Things, number: int, per_page: int, write: Write, language: str) -> HttpResponse:
    total = things.count()
    first = (number - 1) * per_page
    contents = list(write(things.part(first, first + per_page))) if first < total else []
    pages = math.ceil(total / per_page)
    data = {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
    }
    return answer(data, language)


def _lines(things: Things, write: Write) -> Iterator[bytes]:
    first = 0
    while found := things.part(first, first + AT_ONCE):
        for item in write(found):
            yield encoded(item) + b"\n"
        first += AT_ONCE
