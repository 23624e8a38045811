"""Where a document is, as tokens: squares on the plane. Pure.

A document has the square it lies in for each size. A circle is covered by at most nine squares of the smallest size that is not
smaller than its radius; what lies in the squares and not in the circle goes out by its exact distance.
"""

from __future__ import annotations

from baken.directory.finding.documents import Point

SIZES = (5_000, 10_000, 20_000, 40_000, 80_000, 160_000)
"""Metres."""
ANYWHERE = "c:none"


def tokens(point: Point | None) -> list[str]:
    """The squares of a document; one token of its own when it has no point."""
    if point is None:
        return [ANYWHERE]
    return [_token(size, point.x // size, point.y // size) for size in SIZES]


def tokens_within(point: Point, metres: int) -> list[str]:
    """The squares that together hold the circle; nothing when the circle is larger than squares are good for."""
    size = next((size for size in SIZES if size >= metres), None)
    if size is None:
        return []
    columns = range((point.x - metres) // size, (point.x + metres) // size + 1)
    rows = range((point.y - metres) // size, (point.y + metres) // size + 1)
    return [ANYWHERE, *(_token(size, column, row) for column in columns for row in rows)]


def _token(size: int, column: int, row: int) -> str:
    """West and south of the origin get a letter of their own: a token has no minus sign."""
    return f"c:{size // 1000}{_signed(column)}{_signed(row)}"


def _signed(number: int) -> str:
    return f"n{-number}" if number < 0 else f"p{number}"
