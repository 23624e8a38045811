"""Registration records as JSON and as CSV, and back. Pure.

CSV opens in a spreadsheet, where a cell that begins with ``=`` is a program. Such a cell gets an apostrophe in front, and
a cell that begins with an apostrophe one more, so that reading gives back exactly what was written. The file begins with
a byte-order mark: without it a spreadsheet on Windows reads Dutch and Bulgarian letters wrongly.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from baken.reports.htcds import MANY, Record, Value

BETWEEN = ";"
BOM = "\ufeff"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", BOM, "＝", "＋", "－", "＠", "'")
TRUTH = {"true": True, "false": False}
TRUE_OR_FALSE = ("bkn_Minor", "con_Consent")


def safe_cell(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) or text.lstrip().startswith(DANGEROUS[:4]) else text


def plain_cell(text: str) -> str:
    """The text as it was before ``safe_cell``."""
    return text[1:] if text.startswith("'") else text


def to_json(records: Iterable[Record]) -> str:
    """The records as a JSON list; several values as a list."""
    return json.dumps([dict(record) for record in records], ensure_ascii=False, indent=2)


def from_json(text: str) -> list[Record]:
    """The records of ``to_json``. Raises ValueError for anything else."""
    return [
        {name: tuple(value) if isinstance(value, list) else value for name, value in record.items()}
        for record in json.loads(text)
    ]


def to_csv(records: Iterable[Record]) -> bytes:
    """The records as CSV in UTF-8 with a byte-order mark: one row each, one column per field that any of them has."""
    rows = list(records)
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([safe_cell(_cell(row.get(name, ""))) for name in names] for row in rows)
    return (BOM + out.getvalue()).encode("utf-8")


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else BETWEEN.join(value)


def from_csv(content: bytes) -> list[Record]:
    """The records of ``to_csv``. Raises UnicodeDecodeError, csv.Error."""
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [
        {name: _value(name, plain_cell(cell)) for name, cell in row.items() if cell and name is not None}
        for row in reader
    ]


def _value(name: str, text: str) -> Value:
    if name in MANY:
        return tuple(text.split(BETWEEN))
    return TRUTH[text] if name in TRUE_OR_FALSE else text
