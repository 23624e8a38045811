"""A map of tiles for any statement about municipalities that has at most five answers. Pure.

Each answer has a look that differs in shape, so that the map can be read in black and white and by who sees no colours. No
look means "many" or "bad". The picture has the same content as the table beside it, which is what a screen reader reads.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from baken.directory.tile_drawing import drawing_of
from baken.directory.tile_names import Name
from baken.packs.loader import load_pack


class Look(StrEnum):
    """How the tiles of one answer look."""

    FULL = "full"
    STRIPES = "stripes"
    DOT = "dot"
    QUESTION = "question"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the answers that a map shows: its code in the data, its words in the reader's language, and its look."""

    code: str
    label: str
    look: Look


@dataclass(frozen=True, slots=True)
class Shown:
    """One tile: its middle, and what stands there when a pointer rests on it."""

    x: int
    y: int
    title: str


@dataclass(frozen=True, slots=True)
class Group:
    """All tiles of one answer."""

    answer: Answer
    tiles: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer in one province: the names of the municipalities, by alphabet."""

    answer: Answer
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One province in the table, with a cell for each answer."""

    name: str
    cells: tuple[Cell, ...]

    @property
    def municipalities(self) -> int:
        """How many there are."""
        return sum(len(cell.places) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class TileMap:
    """What ``directory/_tile_map.html`` and ``directory/_tile_table.html`` show."""

    key: str
    title: str
    about: str
    view_box: str
    groups: tuple[Group, ...]
    borders: str
    names: tuple[Name, ...]
    here: Shown | None
    rows: tuple[Row, ...]

    @property
    def municipalities(self) -> int:
        """How many there are."""
        return sum(len(group.tiles) for group in self.groups)


def tile_map(
    *,
    key: str,
    title: str,
    about: str,
    answers: Sequence[Answer],
    by_municipality: Mapping[str, str],
    here: str | None = None,
    country: str = "nl",
) -> TileMap:
    """The map of one statement, such as "Who has a care coordinator".

    ``key`` makes the ids in the page its own: small letters, digits and hyphens. ``about`` is one sentence for who cannot see
    the picture. ``by_municipality`` gives the code of an answer for every municipality of the country. ``here`` is the code of
    the municipality that the reader asked about; it gets a ring. Raises ValueError when an answer or a municipality is missing.
    """
    places = load_pack(country).places.municipalities
    _check(key, answers, by_municipality, places)
    drawing = drawing_of(country)
    labels = {answer.code: answer.label for answer in answers}
    shown = {
        code: Shown(*drawing.spots[code], f"{item.name}: {labels[by_municipality[code]]}")
        for code, item in sorted(places.items(), key=lambda item: item[1].name)
    }
    groups = tuple(
        Group(answer, tuple(tile for code, tile in shown.items() if by_municipality[code] == answer.code))
        for answer in answers
    )
    return TileMap(
        key=key,
        title=title,
        about=about,
        view_box=drawing.view_box,
        groups=groups,
        borders=drawing.borders,
        names=drawing.names,
        here=shown[here] if here is not None else None,
        rows=_rows(answers, by_municipality, country),
    )


def _check(key: str, answers: Sequence[Answer], by_municipality: Mapping[str, str], places: Collection[str]) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9-]*", key):
        raise ValueError(f"key: expected small letters, digits and hyphens; found '{key}'")
    looks = {answer.look for answer in answers}
    if len(looks) < len(answers):
        raise ValueError(f"answers: expected a look of its own for each, at most {len(Look)}")
    codes = {answer.code for answer in answers}
    if wrong := sorted(code for code in places if by_municipality.get(code) not in codes):
        raise ValueError(f"by_municipality: expected one of {', '.join(sorted(codes))} for {wrong[0]}")


def _rows(answers: Sequence[Answer], by_municipality: Mapping[str, str], country: str) -> tuple[Row, ...]:
    places = sorted(load_pack(country).places.municipalities.values(), key=lambda item: item.name)
    provinces = sorted({item.province for item in places})
    return tuple(
        Row(
            province,
            tuple(
                Cell(
                    answer,
                    tuple(
                        item.name
                        for item in places
                        if item.province == province and by_municipality[item.code] == answer.code
                    ),
                )
                for answer in answers
            ),
        )
        for province in provinces
    )
