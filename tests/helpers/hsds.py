"""Hold HSDS that goes out against its schemas, and pages against the rules of the API."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from baken.directory.exchange.profile import URN, profiled, schemas

FORMATS = FormatChecker(("date", "email", "uuid"))


@FORMATS.checks("uri")
def _is_address(found: object) -> bool:
    """The library leaves this format to others; of an address we only ever write those of the web."""
    parts = urlsplit(str(found))
    return parts.scheme in ("http", "https") and bool(parts.netloc) and " " not in str(found)


@FORMATS.checks("date-time", raises=ValueError)
def _is_moment(found: object) -> bool:
    return dt.datetime.fromisoformat(str(found)).tzinfo is not None


@cache
def validator(name: str, *, profile: bool = True) -> Draft202012Validator:
    """Checks one object, formats too. With the profile nothing may stand in it that is not described."""
    found = copy.deepcopy(profiled() if profile else schemas())
    if profile:
        for schema in found.values():
            schema["additionalProperties"] = False
    registry: Registry = Registry().with_resources(
        [(f"{URN}{key}", Resource.from_contents(schema)) for key, schema in found.items()]
    )
    return Draft202012Validator(found[name], registry=registry, format_checker=FORMATS)


def problems(data: Any, name: str, *, profile: bool = True) -> list[str]:
    """What is wrong with an object, as paths with words."""
    return [f"{error.json_path}: {error.message[:200]}" for error in validator(name, profile=profile).iter_errors(data)]


def paging_problems(ask: Callable[[int], dict[str, Any]], per_page: int) -> list[str]:
    """Walk the first, a middle and the last page of a list, and one beyond; returns what is wrong with their wrappers."""
    first = ask(1)
    total = first["total_pages"]
    found = []
    seen: list[str] = []
    for number in sorted({1, max(1, total // 2), max(1, total), total + 1}):
        page = ask(number)
        size = len(page["contents"])
        left = max(0, first["total_items"] - (number - 1) * per_page)
        expected = {
            "total_items": first["total_items"],
            "total_pages": -(-first["total_items"] // per_page),
            "page_number": number,
            "size": min(per_page, left),
            "first_page": number == 1,
            "last_page": number >= total,
            "empty": left == 0,
        }
        found += [f"page {number}: {name} is {page[name]}" for name in expected if page[name] != expected[name]]
        if size != page["size"]:
            found.append(f"page {number}: {size} things, but size says {page['size']}")
        seen += [item["id"] for item in page["contents"]]
    return found + (["a thing is on two pages"] if len(seen) != len(set(seen)) else [])
