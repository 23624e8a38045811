"""One table for editors: a service on each row, in words that a spreadsheet shows. Pure.

It holds what people look at and mend; the rest of a service stays as it is when the table comes back. A column that is left
out says nothing; so does an empty cell, for a table is no place to take something away.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from baken.directory.codes import TAXONOMIES, Kind, ServiceStatus, Visibility
from baken.directory.exchange import cells
from baken.directory.exchange.documents import Document
from baken.directory.exchange.given import Given, UnreadableError
from baken.directory.exchange.reading import Origin, Read
from baken.directory.names import folded
from baken.directory.records import (
    AreaRecord,
    LanguageRecord,
    PhoneRecord,
    ProviderRecord,
    ServiceRecord,
    SourceRecord,
    id_of,
)

BETWEEN = "; "
PLAIN = ("name", "description", "eligibility", "alert", "fees", "interpretation", "hours")
CODES = {
    f"{name.removeprefix('nl-mh-')}_codes": name
    for name in TAXONOMIES
    if name not in ("nl-mh-kind", "nl-mh-visibility")
}
COLUMNS = (
    "id",
    "name",
    "provider",
    "provider_id",
    "kind",
    "visibility",
    "status",
    "telephone",
    "email",
    "url",
    "hours",
    "description",
    "eligibility",
    "minimum_age",
    "maximum_age",
    "languages",
    "areas",
    *CODES,
    "interpretation",
    "fees",
    "alert",
    "municipality",
    "address",
    "source",
    "verified_on",
)
SHOWN_ONLY = ("municipality", "address", "source", "verified_on")
"""Columns that are there to read; a change in them is not taken over."""


def to_csv(documents: Iterable[Document]) -> bytes:
    """The table, in the order of the ids."""
    rows = (_row(item) for item in sorted(documents, key=lambda item: item.record.id))
    return cells.written(COLUMNS, rows)


def _row(item: Document) -> dict[str, str]:
    record = item.record
    places = [place.location for place in record.places]
    assured = item.history.assured_on
    return {
        **{name: getattr(record, name) for name in (*PLAIN, "kind", "visibility", "status", "email", "url")},
        "id": str(record.id),
        "provider": record.provider.name,
        "provider_id": str(record.provider.id),
        "telephone": BETWEEN.join(phone.number for phone in record.phones),
        "minimum_age": "" if record.minimum_age is None else str(record.minimum_age),
        "maximum_age": "" if record.maximum_age is None else str(record.maximum_age),
        "languages": BETWEEN.join(language.code for language in record.languages),
        "areas": BETWEEN.join(f"{area.kind}:{area.code}" for area in record.areas),
        **{column: BETWEEN.join(sorted(record.of(taxonomy))) for column, taxonomy in CODES.items()},
        "municipality": BETWEEN.join(place.municipality for place in places if place.municipality),
        "address": BETWEEN.join(
            f"{p.address.address_1}, {p.address.postal_code} {p.address.city}" for p in places if p.address
        ),
        "source": record.source.name,
        "verified_on": assured.isoformat() if assured else "",
    }


def from_csv(content: bytes, origin: Origin) -> list[Read]:
    """The services of a table. Raises UnreadableError with the line."""
    return [_read(row, f"line {line}", origin) for line, row in cells.read(content, "file")]


def _read(row: dict[str, str], where: str, origin: Origin) -> Read:
    given = Given(row, where)
    provider, name = given.text("provider"), given.text("name")
    if not name or not provider:
        raise UnreadableError(f"{where}, {'provider' if name else 'name'}", "expected a name")
    values: dict[str, Any] = {column: given.text(column) for column in PLAIN}
    values |= {"email": given.email("email"), "url": given.link("url")}
    values |= {column: _known(given, column, codes) for column, codes in _KNOWN.items()}
    values |= {column: _age(given, column) for column in ("minimum_age", "maximum_age")}
    values |= {
        column: tuple(make(part, where) for part in _parts(given, name)) for column, (name, make) in _LISTS.items()
    }
    values["codes"] = frozenset(
        (taxonomy, code) for column, taxonomy in CODES.items() for code in _parts(given, column)
    )
    given.passed(*SHOWN_ONLY)
    told = frozenset(
        {"name", "provider"} | {field for field, value in values.items() if value not in ("", None, (), frozenset())}
    )
    try:
        record = ServiceRecord(
            id=_id(given, "id", "service", provider, name),
            provider=ProviderRecord(id=_id(given, "provider_id", "provider", provider), name=provider),
            source=SourceRecord(name=origin.name, checked_on=origin.on),
            country=origin.country,
            language=origin.language,
            **{**values, **{column: values[column] or standard for column, standard in _STANDARD.items()}},
        )
    except ValueError as error:
        raise UnreadableError(where, f"expected codes of the profile: {error}") from None
    return Read(Document(record=record), told, tuple(given.left()), where, ours=False)


_KNOWN: dict[str, Any] = {"kind": Kind, "visibility": Visibility, "status": ServiceStatus}
_STANDARD = {"kind": Kind.SUPPORT, "visibility": Visibility.PROFESSIONALS, "status": ServiceStatus.ACTIVE}


def _phone(text: str, _where: str) -> PhoneRecord:
    return PhoneRecord(number=text)


def _language(text: str, where: str) -> LanguageRecord:
    if not (text.isascii() and text.isalpha() and len(text) in (2, 3)):
        raise UnreadableError(f"{where}, languages", f"expected codes such as nl; found '{text[:60]}'")
    return LanguageRecord(code=text.lower())


def _area(text: str, where: str) -> AreaRecord:
    kind, colon, code = text.partition(":")
    if not (kind and colon and code):
        raise UnreadableError(f"{where}, areas", f"expected for example municipality:GM0363; found '{text[:60]}'")
    return AreaRecord(kind=kind, code=code)


_LISTS: dict[str, tuple[str, Callable[[str, str], Any]]] = {
    "phones": ("telephone", _phone),
    "languages": ("languages", _language),
    "areas": ("areas", _area),
}
"""Field -> its column, and what makes one of a part of a cell."""


def _parts(given: Given, column: str) -> Iterator[str]:
    yield from (part.strip() for part in given.text(column).split(BETWEEN.strip()) if part.strip())


def _known(given: Given, column: str, codes: Any) -> str:
    found = given.text(column)
    if found and found not in set(codes):
        raise UnreadableError(f"{given.where}, {column}", f"expected one of {', '.join(codes)}; found '{found[:60]}'")
    return found


def _age(given: Given, column: str) -> int | None:
    found = given.text(column)
    if found and not (found.isascii() and found.isdigit() and len(found) < 4):
        raise UnreadableError(f"{given.where}, {column}", f"expected an age in whole years; found '{found[:60]}'")
    return int(found) if found else None


def _id(given: Given, column: str, *names: str) -> uuid.UUID:
    """The id in the row; of a row without one an id that follows from the names, so that a second import is the same."""
    found = given.text(column)
    if not found:
        return id_of("import", *(folded(name) for name in names))
    try:
        return uuid.UUID(found)
    except ValueError:
        raise UnreadableError(f"{given.where}, {column}", f"expected a UUID or nothing; found '{found[:60]}'") from None
