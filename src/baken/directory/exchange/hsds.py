"""The social map as HSDS 3.1 and back: the same services give the same bytes, every time. Pure."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from baken.directory.exchange.documents import Document
from baken.directory.exchange.given import UnreadableError
from baken.directory.exchange.reading import Origin, Read, read_service
from baken.directory.exchange.writing import service_data

VERSION = "3.1"
PROFILE = "HSDS-NL-MH"
MOST_BYTES = 200_000_000
MOST_SERVICES = 200_000


def to_hsds(documents: Iterable[Document], on: dt.date) -> bytes:
    """The services as a JSON list in nested form, in the order of their ids. ``on``: the local day of the export."""
    found = [service_data(item, on) for item in sorted(documents, key=lambda item: item.record.id)]
    return encoded(found)


def encoded(data: Any) -> bytes:
    """JSON as a file, always the same for the same data."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def from_hsds(content: bytes, origin: Origin) -> list[Read]:
    """The services of a JSON file: a list, one service, or a page of an API. Raises UnreadableError."""
    data = parsed(content)
    if isinstance(data, dict):
        data = data.get("contents", [data])
    if not isinstance(data, list) or len(data) > MOST_SERVICES:
        raise UnreadableError("file", f"expected a list of at most {MOST_SERVICES} services")
    return [read_service(item, origin, f"service {number}") for number, item in enumerate(data, start=1)]


def parsed(content: bytes) -> Any:
    """The JSON of a file. Raises UnreadableError for what is too large, too deep, or no JSON in UTF-8."""
    if len(content) > MOST_BYTES:
        raise UnreadableError("file", f"expected at most {MOST_BYTES // 1_000_000} MB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"byte {error.start}", "expected UTF-8; save the file as UTF-8 and try again") from None
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise UnreadableError(f"line {error.lineno}, column {error.colno}", f"expected JSON: {error.msg}") from None
    except RecursionError:
        raise UnreadableError("file", "expected services; found objects too deep inside each other") from None
    except ValueError as error:
        raise UnreadableError("file", f"expected JSON: {str(error)[:80]}") from None


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
