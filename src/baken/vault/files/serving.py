"""Give a file back: only as a download, in a sandbox, and broken off when a byte of it was changed."""

from __future__ import annotations

import re
import unicodedata

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from baken.vault.files.keeping import clear_size, open_file
from baken.vault.files.kinds import KINDS, TEXT
from baken.vault.models import Sealed
from baken.vault.secret import KeyPair

LONGEST_NAME = 100
_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_FORBIDDEN = re.compile(r'[/\\:*?"<>|%;\x00-\x1f\x7f]+')
_SAME_ENDING = {".jpeg": ".jpg", ".oga": ".ogg", ".opus": ".ogg", ".qt": ".mov", ".m4v": ".mp4"}


def download(sealed: Sealed, pair: KeyPair, *, media_type: str, filename: str) -> StreamingHttpResponse:
    """The clear file for the owner of ``pair``. A VaultError when it does not open; the caller records the read first.

    ``filename`` is what was typed; it is made harmless here, and its ending is that of the media type.
    """
    pieces = open_file(sealed, pair)
    known = media_type if media_type in KINDS else "application/octet-stream"
    charset = "; charset=utf-8" if known == TEXT.media_type else ""
    response = StreamingHttpResponse(pieces, content_type=known + charset)
    response["Content-Length"] = str(clear_size(sealed))
    # Compressed by us it would have no length, and a download that was broken off would look whole.
    response["Content-Encoding"] = "identity"
    response["Content-Disposition"] = content_disposition_header(True, safe_name(filename, media_type)) or "attachment"
    response["Content-Security-Policy"] = _POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "no-referrer"
    return response


def safe_name(typed: str, media_type: str) -> str:
    """A name that no system reads as a path, a command or another kind of file."""
    ending = KINDS[media_type].ending if media_type in KINDS else ".bin"
    letters = "".join(" " if unicodedata.category(letter).startswith(("C", "Z")) else letter for letter in typed)
    name = _FORBIDDEN.sub(" ", letters.replace("\\", "/").rpartition("/")[2])
    stem, dot, last = name.rpartition(".")
    typed_ending = f".{last.strip().lower()}"
    if not dot or _SAME_ENDING.get(typed_ending, typed_ending) != ending:
        stem = name
    stem = " ".join(stem.split()).strip(" .-~")[:LONGEST_NAME].rstrip(" .")
    return f"{stem or 'file'}{ending}"
