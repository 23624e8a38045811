"""What a file without our profile says of a service that is here: it knows less, and does not deny what it does not know. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, replace
from typing import Any, TypeVar

from baken.directory.records import ServiceRecord

DIGITS = 8
"""So many last digits of a number tell that two are the same, with and without a country code."""
T = TypeVar("T")


def digits(number: str) -> str:
    """A telephone number as it is compared."""
    return "".join(letter for letter in number if letter.isdigit())[-DIGITS:]


KEYS: Mapping[str, Callable[[Any], Any]] = {
    "phones": lambda part: digits(part.number),
    "languages": lambda part: part.code,
    "areas": lambda part: (part.kind, part.code),
    "documents": lambda part: part.document,
    "costs": lambda part: part.option,
}
"""Lists of a service -> by what two parts are the same."""


def with_details(name: str, incoming: Any, here: ServiceRecord) -> Any:
    """The value of a field in the file, with what only the map knows of the same things."""
    if name == "codes":
        told = {taxonomy for taxonomy, _code in incoming}
        return incoming | frozenset(pair for pair in here.codes if pair[0] not in told)
    if name not in KEYS:
        return incoming
    same = KEYS[name]
    kept = {same(part): part for part in getattr(here, name)}
    return tuple(_over(part, kept[same(part)]) if same(part) in kept else part for part in incoming)


def _over(part: T, kept: T) -> T:
    """A part with what the other knows where it says nothing itself; of the key, that of the map: it is the same thing."""
    values = {
        item.name: getattr(part, item.name)
        for item in fields(part)  # type: ignore[arg-type]
        if item.default is not MISSING and getattr(part, item.name) != item.default
    }
    return replace(kept, **values)  # type: ignore[type-var]
