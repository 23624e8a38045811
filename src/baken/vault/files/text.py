"""Plain text: only as UTF-8, and only letters and line ends, so that it is nothing else at the same time."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from baken.vault.files.reading import Peekable
from baken.vault.files.reasons import Reason, Unacceptable

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")


def is_clean_text(head: bytes) -> bool:
    """May this be the beginning of a text? A letter may be cut in two at the end."""
    try:
        return not _CONTROL.search(codecs.getincrementaldecoder("utf-8")().decode(head))
    except UnicodeDecodeError:
        return False


def clean_text(source: Peekable) -> Iterator[bytes]:
    """The same bytes. NOT_UTF8 when they are no text after all."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in source.pieces():
            if _CONTROL.search(decoder.decode(piece)):
                raise Unacceptable(Reason.NOT_UTF8)
            yield piece
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise Unacceptable(Reason.NOT_UTF8) from None
