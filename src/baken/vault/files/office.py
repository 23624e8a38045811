"""Office documents (OOXML and ODF): a new zip with the same pages, without who made it, with what, and without macros."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping

from baken.vault.files import office_parts
from baken.vault.files.kinds import HEAD, detect
from baken.vault.files.reasons import Reason, Unacceptable

MOST_UNFOLDED = 200 * 1024 * 1024
MOST_PARTS = 5000
_DEEPEST = 2
_MAIN = re.compile(
    rb'ContentType="application/vnd\.openxmlformats-officedocument\.'
    rb'(wordprocessingml\.document|spreadsheetml\.sheet|presentationml\.presentation)\.main\+xml"'
)
_OOXML_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/|docProps/|customXml/|word/|xl/|ppt/|customUI/|docMetadata/|media/"
)
_ODF_TYPES = tuple(f"application/vnd.oasis.opendocument.{name}" for name in ("text", "spreadsheet", "presentation"))
_MACRO_PARTS = re.compile(r"(?i)(^|/)(vbaProject|vbaData|activeX|macrosheets)|^(Basic|Scripts|Dialogs)/")
_MACRO_WORDS = re.compile(rb"(?i)macroEnabled|vbaProject|activeX\+xml")

Parts = Mapping[str, bytes]


def clean_office(raw: bytes, *, depth: int = 0) -> tuple[str, bytes]:
    """Media type and bytes of the cleaned document, or Unacceptable. ARCHIVE when the zip is no document."""
    try:
        parts = _unfolded(raw)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError):
        raise Unacceptable(Reason.DAMAGED) from None
    if any(_MACRO_PARTS.search(name) for name in parts):
        raise Unacceptable(Reason.MACROS)
    if "[Content_Types].xml" in parts:
        return _clean_ooxml(parts, depth)
    if "mimetype" in parts:
        return _clean_odf(parts, depth)
    raise Unacceptable(Reason.ARCHIVE)


def _unfolded(raw: bytes) -> dict[str, bytes]:
    """Every part by its name, in their order. Counts what comes out, because a zip may lie about it."""
    parts: dict[str, bytes] = {}
    left = MOST_UNFOLDED
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNFOLDED:
            raise Unacceptable(Reason.TOO_MUCH_INSIDE)
        for entry in entries:
            if entry.flag_bits & 1:
                raise Unacceptable(Reason.PROTECTED)
            if entry.filename in parts or not _plain_path(entry.filename):
                raise Unacceptable(Reason.DAMAGED)
            with archive.open(entry) as part:
                content = part.read(left + 1)
            left -= len(content)
            if left < 0:
                raise Unacceptable(Reason.TOO_MUCH_INSIDE)
            parts[entry.filename] = content
    return parts


def _plain_path(name: str) -> bool:
    return not (name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"))


def _clean_ooxml(parts: Parts, depth: int) -> tuple[str, bytes]:
    types = parts["[Content_Types].xml"]
    if _MACRO_WORDS.search(types):
        raise Unacceptable(Reason.MACROS)
    found = _MAIN.search(types)
    if found is None:
        raise Unacceptable(Reason.ARCHIVE)
    kept: dict[str, bytes] = {}
    for name, content in parts.items():
        if not _OOXML_PARTS.match(name):
            raise Unacceptable(Reason.EMBEDDED)
        if office_parts.is_dropped(name):
            continue
        kept[name] = (
            office_parts.clean_ooxml_part(name, content) if _is_xml(name) else _clean_inner(name, content, depth)
        )
    media_type = "application/vnd.openxmlformats-officedocument." + found.group(1).decode("ascii")
    return media_type, _folded(kept)


def _clean_odf(parts: Parts, depth: int) -> tuple[str, bytes]:
    media_type = parts["mimetype"].decode("ascii", "replace")
    if media_type not in _ODF_TYPES or "content.xml" not in parts:
        raise Unacceptable(Reason.ARCHIVE)
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Unacceptable(Reason.PROTECTED)
    kept: dict[str, bytes] = {"mimetype": parts["mimetype"]}
    for name, content in parts.items():
        if name == "mimetype" or office_parts.is_dropped(name):
            continue
        clean = office_parts.clean_odf_part(name, content) if _is_xml(name) else _clean_inner(name, content, depth)
        kept[name] = clean
    return media_type, _folded(kept)


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml", ".rdf"))


def _clean_inner(name: str, content: bytes, depth: int) -> bytes:
    """A picture, a film or a document inside the document."""
    if office_parts.is_drawing(name, content):
        return office_parts.clean_drawing(content)
    if not content or office_parts.is_printer(name):
        return bytes(len(content))
    try:
        kind = detect(content[:HEAD])
    except Unacceptable as refused:
        raise Unacceptable(Reason.EMBEDDED) from refused
    if kind.way == "office":
        if depth >= _DEEPEST:
            raise Unacceptable(Reason.TOO_MUCH_INSIDE)
        return clean_office(content, depth=depth + 1)[1]
    return office_parts.clean_media(kind, content)


def _folded(parts: Parts) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            # A fixed moment: when a part was saved is told by accident too.
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return target.getvalue()
