"""The hours of one day as somebody types them on one line, and back. Pure."""

from __future__ import annotations

import re

from baken.directory.hours_rows import MIDNIGHT, PARTS, Parts, clock

_RANGE = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|—|tot|to|do)\s*(\d{1,2})(?:[:.](\d{2}))?", re.ASCII)
_BETWEEN = re.compile(r"\s*[,;&+]\s*|\s+(?:en|and)\s+")
LAST_MINUTE = 59


class UnreadableDayError(ValueError):
    """What somebody typed for a day is no time, or not in order."""


def shown_day(parts: Parts) -> str:
    """A day as it stands on its line: ``09:00-12:30, 13:30-17:00``."""
    return ", ".join(f"{clock(start)}-{clock(end)}" for start, end in parts)


def typed_day(text: str) -> Parts:
    """What somebody typed: ``9-17``, ``9.00 – 12.30, 13.30 – 17.00``; nothing is closed. Raises UnreadableDayError."""
    found: list[tuple[int, int]] = []
    for part in filter(None, _BETWEEN.split(text.strip())):
        match = _RANGE.fullmatch(part.strip())
        if match is None:
            raise UnreadableDayError(part)
        start, end = _minutes(match[1], match[2]), _minutes(match[3], match[4])
        if not 0 <= start < end <= MIDNIGHT or (found and start <= found[-1][1]) or len(found) == PARTS:
            raise UnreadableDayError(part)
        found.append((start, end))
    return tuple(found)


def _minutes(hours: str, minutes: str | None) -> int:
    if minutes is not None and int(minutes) > LAST_MINUTE:
        raise UnreadableDayError(minutes)
    return int(hours) * 60 + int(minutes or 0)
