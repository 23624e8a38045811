"""A file of somebody else, in whichever of the forms it is. Pure."""

from __future__ import annotations

import io
import zipfile

from baken.directory.exchange.given import UnreadableError
from baken.directory.exchange.hsds import MOST_BYTES, from_hsds
from baken.directory.exchange.plain_csv import from_csv
from baken.directory.exchange.reading import Origin, Read, read_service
from baken.directory.exchange.tabular import from_package

BRACKETS = (b"{", b"[")


def read_file(content: bytes, origin: Origin) -> list[Read]:
    """The services of a file: a zip, JSON, or else a table. Raises UnreadableError with where and what was expected."""
    if len(content) > MOST_BYTES:
        raise UnreadableError("file", f"expected at most {MOST_BYTES // 1_000_000} MB; split the file")
    if not content.strip():
        raise UnreadableError("file", "expected services; the file is empty")
    if zipfile.is_zipfile(io.BytesIO(content)):
        return [read_service(item, origin, f"service {at}") for at, item in enumerate(from_package(content), start=1)]
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(BRACKETS):
        return from_hsds(content, origin)
    return from_csv(content, origin)
