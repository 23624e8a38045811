"""Cells of a table that opens in a spreadsheet without becoming a program, and come back as they were. Pure.

The same rule as for reports: a cell that a spreadsheet would take for a formula gets an apostrophe in front, and one that
begins with an apostrophe one more.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from baken.directory.exchange.given import UnreadableError

BOM = "\ufeff"
"""Without it a spreadsheet on Windows reads Dutch and Bulgarian letters wrongly."""
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", BOM, "＝", "＋", "－", "＠", "'")
MOST_ROWS = 500_000
MOST_COLUMNS = 200


def safe(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) or text.lstrip().startswith(DANGEROUS[:4]) else text


def plain(text: str) -> str:
    """The text as it was before ``safe``."""
    return text[1:] if text.startswith("'") else text


def written(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """A table in CSV: every cell in quotes, so that an empty one and one with a line end read back the same."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe(row.get(name, "")) for name in columns] for row in rows)
    return (BOM + out.getvalue()).encode("utf-8")


def read(content: bytes, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Line and cells of each row that holds something. Raises UnreadableError with the line and what to do."""
    reader = csv.reader(io.StringIO(_decoded(content, name), newline=""), strict=True)
    columns: list[str] = []
    try:
        for number, row in enumerate(reader):
            if number > MOST_ROWS:
                raise UnreadableError(name, f"expected at most {MOST_ROWS} rows; split the file")
            if number == 0:
                columns = _columns(row, name)
            elif len(row) > len(columns):
                raise UnreadableError(
                    f"{name}, line {reader.line_num}",
                    f"expected {len(columns)} cells; found {len(row)}. Put quotes around commas",
                )
            elif any(cell.strip() for cell in row):
                yield reader.line_num, {column: plain(cell) for column, cell in zip(columns, row, strict=False)}
    except csv.Error as error:
        raise UnreadableError(f"{name}, line {reader.line_num}", f"expected CSV: {error}") from None


def _columns(row: Sequence[str], name: str) -> list[str]:
    columns = [plain(cell.strip()) for cell in row]
    if not columns or len(columns) > MOST_COLUMNS:
        raise UnreadableError(f"{name}, line 1", f"expected the names of at most {MOST_COLUMNS} columns")
    if len(set(columns)) != len(columns):
        twice = next(column for column in columns if columns.count(column) > 1)
        raise UnreadableError(f"{name}, line 1", f"expected each column once; found '{twice[:60]}' twice")
    return columns


def _decoded(content: bytes, name: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableError(
            f"{name}, line {line}", "expected UTF-8; save the file as 'CSV UTF-8' and try again"
        ) from None
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise UnreadableError(f"{name}, line {line}", "expected text; found a null character")
    return text
