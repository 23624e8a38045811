"""What in a text may point to a person or a place, so that a focal point takes it out before asking an expert. Pure.

Only a help for the eye: whoever sends it decides, and sees exactly what will be seen. What is not marked may still point
to somebody.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from baken.recognise.personal_data import find_personal_data

GAP = "[…]"
_BETWEEN = re.compile(r"(?<=[.!?])\s+|\n+")
_NAME = re.compile(r"(?<![.!?\n]\s)(?<!^)\b[^\W\d_a-zа-яģ][\w'’-]+", re.MULTILINE)
_NUMBER = re.compile(r"\b\d[\d ./:-]{2,}\d\b|\b\d{3,}\b|\b\d{4}\s?[A-Za-z]{2}\b")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a passage; ``marked`` when it may point to a person or a place."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, to be chosen or not."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """As it was written."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def masked(self) -> str:
        """With a gap for everything that is marked."""
        return "".join(GAP if piece.marked else piece.text for piece in self.pieces)

    @property
    def is_marked(self) -> bool:
        """Is there anything to look at?"""
        return any(piece.marked for piece in self.pieces)


def passages(text: str, places: Collection[str] = (), *, region: str = "NL") -> tuple[Passage, ...]:
    """The sentences of a text, with what may point to somebody marked. ``places``: names that count wherever they stand."""
    found = (sentence.strip() for sentence in _BETWEEN.split(text))
    return tuple(Passage(_pieces(sentence, places, region)) for sentence in found if sentence)


def _pieces(sentence: str, places: Collection[str], region: str) -> tuple[Piece, ...]:
    spans = [(item.start, item.end) for item in find_personal_data(sentence, region=region)]
    spans += [match.span() for pattern in (_NAME, _NUMBER) for match in pattern.finditer(sentence)]
    first = re.match(r"[\w'’-]+(?: [\w'’-]+){0,3}", sentence)
    words = first.group().split(" ") if first else []
    for count in range(len(words), 0, -1):
        if " ".join(words[:count]) in places:
            spans.append((0, len(" ".join(words[:count]))))
            break
    pieces: list[Piece] = []
    at = 0
    for start, end in _merged(spans):
        if start > at:
            pieces.append(Piece(sentence[at:start]))
        pieces.append(Piece(sentence[start:end], marked=True))
        at = end
    if at < len(sentence):
        pieces.append(Piece(sentence[at:]))
    return tuple(pieces)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
