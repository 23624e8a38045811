"""Sizes and places of tiles in the drawing, in whole units of its view box. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from baken.directory.tiles import Tile

HALF, ROW, SIDE, TIP = 10, 18, 6, 12
"""Half the width of a tile, the step between rows, and how far above its middle the side and the tip of a tile are."""
CORNERS = ((HALF, -SIDE), (HALF, SIDE), (0, TIP), (-HALF, SIDE), (-HALF, -SIDE), (0, -TIP))
"""Clockwise; edge n, from corner n to the next, touches neighbour n of a tile."""


class Spot(NamedTuple):
    """A place in the drawing."""

    x: int
    y: int


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle in the drawing, by its edges."""

    left: int
    top: int
    right: int
    bottom: int

    def touches(self, other: Box) -> bool:
        """Do they overlap?"""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def nearest(self, spot: Spot) -> Spot:
        """The place in the box that is nearest to a place."""
        return Spot(min(max(spot.x, self.left), self.right), min(max(spot.y, self.top), self.bottom))


def middle(tile: Tile) -> Spot:
    """The middle of a tile."""
    return Spot((2 * tile.column + tile.row % 2 + 1) * HALF, tile.row * ROW + TIP)


def around(tile: Tile) -> Box:
    """The rectangle in which a tile lies."""
    at = middle(tile)
    return Box(at.x - HALF, at.y - TIP, at.x + HALF, at.y + TIP)
