"""Where tiles, borders of provinces and their names stand in the drawing. Whole units, so that the SVG stays small. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from baken.directory.tile_names import Name, named
from baken.directory.tile_shapes import CORNERS, Box, Spot, around, middle
from baken.directory.tiles import Tile, tiles_of
from baken.packs.loader import load_pack


@dataclass(frozen=True)
class Drawing:
    """Everything that is the same whatever the map shows."""

    spots: Mapping[str, Spot]
    """Municipality -> the middle of its tile."""
    borders: str
    """Path data of all provinces, each with its border all around."""
    names: tuple[Name, ...]
    box: Box

    @property
    def view_box(self) -> str:
        """For the attribute ``viewBox``."""
        box = self.box
        return f"{box.left} {box.top} {box.right - box.left} {box.bottom - box.top}"


def drawn(tiles: Mapping[str, Tile], groups: Mapping[str, str]) -> Drawing:
    """The drawing of a layout; ``groups``: municipality -> name of its province."""
    by_group: dict[str, list[Tile]] = {}
    for code, tile in sorted(tiles.items()):
        by_group.setdefault(groups[code], []).append(tile)
    names = tuple(named(by_group))
    boxes = [around(tile) for tile in tiles.values()] + [name.box for name in names]
    box = Box(
        min((box.left for box in boxes), default=0) - 2,
        min((box.top for box in boxes), default=0) - 2,
        max((box.right for box in boxes), default=0) + 2,
        max((box.bottom for box in boxes), default=0) + 2,
    )
    borders = "".join(_border(set(members)) for _, members in sorted(by_group.items()))
    return Drawing({code: middle(tile) for code, tile in tiles.items()}, borders, names, box)


def _border(tiles: set[Tile]) -> str:
    """Path data around a set of tiles. Three tiles meet in a corner, so at each corner there is one way to go on."""
    onward: dict[Spot, Spot] = {}
    for tile in sorted(tiles):
        at = middle(tile)
        corners = [Spot(at.x + x, at.y + y) for x, y in CORNERS]
        for number, near in enumerate(tile.neighbours):
            if near not in tiles:
                onward[corners[number]] = corners[(number + 1) % 6]
    path = []
    while onward:
        start = here = min(onward)
        steps = []
        while here in onward:
            there = onward.pop(here)
            steps.append(f"{there.x - here.x} {there.y - here.y}")
            here = there
        path.append(f"M{start.x} {start.y}l{' '.join(steps[:-1])}z".replace(" -", "-"))
    return "".join(path)


@cache
def drawing_of(country: str) -> Drawing:
    """The drawing of a country, made once per process; it takes about a second."""
    municipalities = load_pack(country).places.municipalities
    return drawn(tiles_of(country), {code: item.province for code, item in municipalities.items()})
