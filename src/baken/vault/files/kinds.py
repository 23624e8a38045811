"""Which kind of file this is, by its first bytes and never by its name; and which kinds are taken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import filetype

from baken.vault.files.reasons import Reason, Unacceptable
from baken.vault.files.sound import starts_as_mp3
from baken.vault.files.text import is_clean_text

HEAD = 8192
"""How many first bytes decide."""
Way = Literal["image", "pdf", "office", "mp4", "mp3", "wav", "opus", "text"]
APART: frozenset[Way] = frozenset({"image", "pdf", "office"})
"""Taken apart in a process of their own; the others are cleaned while they pass by."""


@dataclass(frozen=True)
class Kind:
    """A media type, the ending of its file name, and the way it is cleaned."""

    media_type: str
    ending: str
    way: Way


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
OFFICE = Kind("application/zip", "", "office")
"""Some Office document; which one shows when it is taken apart."""
TEXT = Kind("text/plain", ".txt", "text")
KINDS: Mapping[str, Kind] = {
    kind.media_type: kind
    for kind in (
        Kind("image/jpeg", ".jpg", "image"),
        Kind("image/png", ".png", "image"),
        Kind("image/gif", ".gif", "image"),
        Kind("image/webp", ".webp", "image"),
        Kind("image/bmp", ".bmp", "image"),
        Kind("application/pdf", ".pdf", "pdf"),
        Kind(_OOXML + "wordprocessingml.document", ".docx", "office"),
        Kind(_OOXML + "spreadsheetml.sheet", ".xlsx", "office"),
        Kind(_OOXML + "presentationml.presentation", ".pptx", "office"),
        Kind(_ODF + "text", ".odt", "office"),
        Kind(_ODF + "spreadsheet", ".ods", "office"),
        Kind(_ODF + "presentation", ".odp", "office"),
        Kind("video/mp4", ".mp4", "mp4"),
        Kind("video/quicktime", ".mov", "mp4"),
        Kind("video/3gpp", ".3gp", "mp4"),
        Kind("audio/mp4", ".m4a", "mp4"),
        Kind("audio/mpeg", ".mp3", "mp3"),
        Kind("audio/wav", ".wav", "wav"),
        Kind("audio/ogg", ".ogg", "opus"),
        TEXT,
    )
}

_BRANDS: tuple[tuple[bytes, str], ...] = (
    (b"qt  ", "video/quicktime"),
    (b"M4A", "audio/mp4"),
    (b"M4B", "audio/mp4"),
    (b"3g", "video/3gpp"),
    (b"mp4", "video/mp4"),
    (b"iso", "video/mp4"),
    (b"avc1", "video/mp4"),
    (b"M4V", "video/mp4"),
    (b"MSNV", "video/mp4"),
    (b"dash", "video/mp4"),
)
_PHONE_PICTURES = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
_ARCHIVES = frozenset(
    "application/" + name
    for name in (
        "zip",
        "epub+zip",
        "gzip",
        "x-7z-compressed",
        "x-ar",
        "x-brotli",
        "x-bzip2",
        "x-compress",
        "x-lz4",
        "x-lzip",
        "x-lzop",
        "x-rar-compressed",
        "x-tar",
        "x-unix-archive",
        "x-xz",
        "zstd",
        "vnd.ms-cab-compressed",
    )
)
_PROGRAMS = frozenset(
    "application/" + name
    for name in (
        "x-msdownload",
        "x-executable",
        "wasm",
        "x-deb",
        "x-rpm",
        "x-google-chrome-extension",
        "x-shockwave-flash",
        "x-nintendo-nes-rom",
    )
)
# Two letters decide about these; a sentence may begin with them too.
_WEAK = frozenset({"image/bmp", "audio/mpeg", "application/x-msdownload", "application/x-brotli"})
_MARKUP = re.compile(rb"[\s\x00]*<[A-Za-z!?]")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ALIASES = {"image/apng": "image/png", "image/x-ms-bmp": "image/bmp"}


def detect(head: bytes) -> Kind:
    """The kind of a file by its first `HEAD` bytes, or Unacceptable with a reason that helps."""
    if not head:
        raise Unacceptable(Reason.EMPTY)
    found = _by_own_marks(head) or _by_table(head)
    if found is not None:
        return found
    return _as_text(head)


def _by_own_marks(head: bytes) -> Kind | None:
    """Kinds that the table tells less exactly than we need."""
    if head[4:8] == b"ftyp":
        return _by_brand(head[8:12])
    if head.startswith(b"PK\x03\x04"):
        return OFFICE
    if head.startswith(_OLD_OFFICE):
        raise Unacceptable(Reason.OLD_OFFICE)
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return KINDS["audio/wav"]
    if head.startswith(b"OggS") and head[28:36] == b"OpusHead":
        return KINDS["audio/ogg"]
    if starts_as_mp3(head):
        return KINDS["audio/mpeg"]
    return None


def _by_brand(brand: bytes) -> Kind:
    if brand in _PHONE_PICTURES:
        raise Unacceptable(Reason.PHONE_PICTURE)
    for start, media_type in _BRANDS:
        if brand.startswith(start):
            return KINDS[media_type]
    raise Unacceptable(Reason.UNKNOWN)


def _by_table(head: bytes) -> Kind | None:
    guess = filetype.guess(head)
    if guess is None or (guess.mime in _WEAK and is_clean_text(head)):
        return None
    media_type = _ALIASES.get(guess.mime, guess.mime)
    if media_type in KINDS and KINDS[media_type].way in ("image", "pdf"):
        return KINDS[media_type]
    if media_type in _ARCHIVES:
        raise Unacceptable(Reason.ARCHIVE)
    raise Unacceptable(Reason.PROGRAM if media_type in _PROGRAMS else Reason.UNKNOWN)


def _as_text(head: bytes) -> Kind:
    if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise Unacceptable(Reason.MARKUP)
    if head.startswith(b"#!"):
        raise Unacceptable(Reason.PROGRAM)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unacceptable(Reason.NOT_UTF8)
    if is_clean_text(head):
        return TEXT
    # Letters of an older encoding, or no text at all?
    raise Unacceptable(Reason.UNKNOWN if b"\x00" in head else Reason.NOT_UTF8)
