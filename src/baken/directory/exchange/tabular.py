"""HSDS as a Tabular Data Package: a zip of tables and ``datapackage.json``, always with the same bytes. Pure.

The tables follow from the nested form and lead back to it: each object becomes a row with the id of what it belongs to.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from baken.directory.exchange import cells
from baken.directory.exchange.given import UnreadableError
from baken.directory.exchange.hsds import encoded, parsed
from baken.directory.exchange.profile import profiled

INDEX = "datapackage.json"
DAY_ONE = (1980, 1, 1, 0, 0, 0)
"""The moment on every file in the zip: the real one would make two equal exports differ."""
MOST_BYTES = 400_000_000
"""Of all tables together, unpacked."""
MOST_TIMES = 200
"""A table that unpacks to so many times its size was made to fill a disk."""
CHUNK = 1_000_000


@dataclass(frozen=True, slots=True)
class Link:
    """``key`` of an object of ``parent`` holds objects of ``child``, whose rows name it in ``column``."""

    parent: str
    key: str
    child: str
    column: str
    many: bool = True


LINKS = (
    Link("service", "organization", "organization", "organization_id", many=False),
    Link("service", "phones", "phone", "service_id"),
    Link("service", "schedules", "schedule", "service_id"),
    Link("service", "service_areas", "service_area", "service_id"),
    Link("service", "service_at_locations", "service_at_location", "service_id"),
    Link("service", "languages", "language", "service_id"),
    Link("service", "cost_options", "cost_option", "service_id"),
    Link("service", "required_documents", "required_document", "service_id"),
    Link("service", "capacities", "service_capacity", "service_id"),
    Link("service", "metadata", "metadata", "resource_id"),
    Link("service_capacity", "unit", "unit", "unit_id", many=False),
    Link("organization", "organization_identifiers", "organization_identifier", "organization_id"),
    Link("service_at_location", "location", "location", "location_id", many=False),
    Link("service_at_location", "phones", "phone", "service_at_location_id"),
    Link("service_at_location", "schedules", "schedule", "service_at_location_id"),
    Link("location", "addresses", "address", "location_id"),
    Link("location", "accessibility", "accessibility", "location_id"),
    Link("phone", "languages", "language", "phone_id"),
    *(
        Link(owner, "attributes", "attribute", "link_id")
        for owner in ("service", "phone", "service_area", "cost_option", "service_at_location", "location")
    ),
    Link("attribute", "taxonomy_term", "taxonomy_term", "taxonomy_term_id", many=False),
)
IRREGULAR = {
    "metadata": "metadata",
    "accessibility": "accessibility",
    "address": "addresses",
    "service_capacity": "service_capacities",
    "unit": "units",
    "taxonomy_term": "taxonomy_terms",
}
Row = dict[str, Any]
Tables = dict[str, dict[str, Row]]
"""Object -> id -> row."""


def file_of(name: str) -> str:
    """The file of an object's table."""
    return f"{IRREGULAR.get(name, f'{name}s')}.csv"


def to_package(services: Iterable[Row]) -> bytes:
    """Services in nested form as one zip."""
    tables: Tables = {}
    for service in services:
        _flatten("service", service, {}, tables)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        columns = {name: _columns(name, rows.values()) for name, rows in sorted(tables.items())}
        _add(archive, INDEX, encoded(_index(columns)))
        for name, found in columns.items():
            rows = ({column: _cell(row.get(column)) for column in found} for _key, row in sorted(tables[name].items()))
            _add(archive, file_of(name), cells.written(found, rows))
    return out.getvalue()


def from_package(content: bytes) -> list[Row]:
    """The services of a package in nested form. Raises UnreadableError."""
    tables = _read(content)
    if not tables.get("service"):
        raise UnreadableError("services.csv", "expected at least one service")
    children: dict[tuple[str, str, str], list[Row]] = {}
    for child, column in {(link.child, link.column) for link in LINKS if link.many}:
        for row in tables.get(child, {}).values():
            if column in row:
                children.setdefault((child, column, str(row[column])), []).append(row)
    return [_nested("service", row, tables, children) for row in tables["service"].values()]


def _flatten(name: str, data: Row, belongs: Row, tables: Tables) -> None:
    own = {key: value for key, value in data.items() if not isinstance(value, list | dict)} | belongs
    for link in LINKS:
        if link.parent != name or link.key not in data:
            continue
        if not link.many:
            own[link.column] = data[link.key]["id"]
            _flatten(link.child, data[link.key], {}, tables)
            continue
        for position, item in enumerate(data[link.key]):
            more: Row = {link.column: own["id"], "position": position}
            _flatten(link.child, item, more, tables)
    tables.setdefault(name, {})[str(own["id"])] = own


def _nested(name: str, row: Row, tables: Tables, children: dict[tuple[str, str, str], list[Row]]) -> Row:
    made = dict(row)
    made.pop("position", None)
    for link in LINKS:
        if link.parent != name:
            continue
        if link.many:
            found = children.get((link.child, link.column, str(row.get("id", ""))), [])
            if found:
                ordered = sorted(found, key=lambda item: int(item.get("position") or 0))
                made[link.key] = [_nested(link.child, item, tables, children) for item in ordered]
        elif link.column in row:
            other = tables.get(link.child, {}).get(str(row[link.column]))
            if other is not None:
                made[link.key] = _nested(link.child, other, tables, children)
                made.pop(link.column)
    return made


def _columns(name: str, rows: Iterable[Row]) -> list[str]:
    """``id`` first, then in the order of the schema, then what links the table to others."""
    known = list(profiled()[name]["properties"])
    found = {column for row in rows for column in row}
    return [column for column in known if column in found] + sorted(found - set(known))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return json.dumps(value) if isinstance(value, bool | int | float) else str(value)


def _index(columns: dict[str, list[str]]) -> Row:
    """What the tables hold, as frictionless tools read it."""
    return {
        "name": "hsds-nl-mh",
        "profile": "tabular-data-package",
        "resources": [
            {
                "name": name,
                "path": file_of(name),
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [{"name": column, "type": _type(name, column)} for column in found],
                    "primaryKey": "id",
                    "foreignKeys": _foreign(name, found, columns),
                },
            }
            for name, found in columns.items()
        ],
    }


def _type(name: str, column: str) -> str:
    kind = profiled()[name]["properties"].get(column, {}).get("type", "string")
    return "integer" if column == "position" else str(kind)


def _foreign(name: str, found: list[str], columns: dict[str, list[str]]) -> list[Row]:
    pairs = dict.fromkeys(
        (link.column, link.child if link.parent == name else link.parent)
        for link in LINKS
        if link.column != "link_id"
        and link.column in found
        and ((link.many and link.child == name) or (not link.many and link.parent == name))
    )
    return [
        {"fields": column, "reference": {"resource": other, "fields": "id"}}
        for column, other in pairs
        if other in columns
    ]


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, DAY_ONE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)


def _read(content: bytes) -> Tables:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        raise UnreadableError("file", "expected a zip with tables and datapackage.json") from None
    names = {file_of(name): name for name in (*{link.child for link in LINKS}, "service")}
    tables: Tables = {}
    left = MOST_BYTES
    for entry in archive.infolist():
        name = names.get(entry.filename.rpartition("/")[2])
        if name is None or name in tables:
            continue
        text = _unpacked(archive, entry, left)
        left -= len(text)
        tables[name] = {row["id"]: row for row in _rows(name, text, entry.filename)}
    return tables


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """A table, refused as soon as it is larger than it may be, whatever the zip says of its size."""
    found = bytearray()
    limit = min(most, max(CHUNK, entry.compress_size * MOST_TIMES))
    try:
        with archive.open(entry) as file:
            while piece := file.read(CHUNK):
                found += piece
                if len(found) > limit:
                    raise UnreadableError(entry.filename, "expected a table; this one unpacks to far too much")
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
        raise UnreadableError(entry.filename, "expected a zip without a password and without damage") from None
    return bytes(found)


def _rows(name: str, text: bytes, file: str) -> Iterable[Row]:
    properties = profiled()[name]["properties"]
    for line, row in cells.read(text, file):
        if not row.get("id"):
            raise UnreadableError(f"{file}, line {line}", "expected an id")
        yield {
            column: _value(
                cell, str(properties.get(column, {}).get("type", "string")), f"{file}, line {line}, {column}"
            )
            for column, cell in row.items()
            if cell != ""
        }


def _value(cell: str, kind: str, where: str) -> Any:
    if kind not in ("number", "integer"):
        return cell
    try:
        number = parsed(cell.encode())
    except UnreadableError:
        number = None
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise UnreadableError(where, f"expected a number; found '{cell[:60]}'")
    return number
