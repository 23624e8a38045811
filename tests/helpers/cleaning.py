"""What comes of a file that is cleaned: its kind and content, or the reason why it is refused."""

from __future__ import annotations

import io

import pytest

from baken.vault.files.cleaning import clean
from baken.vault.files.reasons import Reason, Unacceptable


def cleaned(raw: bytes) -> tuple[str, bytes]:
    """Media type and content after cleaning."""
    found = clean(io.BytesIO(raw), len(raw))
    return found.kind.media_type, b"".join(found.pieces)


def refused(raw: bytes) -> Reason:
    """Why it is refused; fails when it is not."""
    with pytest.raises(Unacceptable) as caught:
        cleaned(raw)
    return caught.value.reason
