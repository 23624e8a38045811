"""References of reports as people type them. Pure."""

from __future__ import annotations

from baken.vault.codes import read_code, write_code
from baken.vault.errors import UnreadableCode

BITS = 35


def reference_of(typed: str) -> str | None:
    """The reference as it is kept, from one typed in whatever case and grouping; None when it is none."""
    try:
        number = read_code(typed, BITS)
    except UnreadableCode:
        return None
    with number as secret:
        return write_code(int.from_bytes(secret.reveal(), "big"), BITS)
