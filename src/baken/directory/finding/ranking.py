"""What comes first: one formula, whatever database found the candidates. Pure.

Two lists over the same candidates: how well the words answer (``answers``, ``parts``) and how much words look alike. They are
merged by reciprocal rank; when somebody named a place, nearness is a third list. Equal is ordered by distance, then by key.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from baken.directory.finding.analyser import content_words, word_tokens
from baken.directory.finding.concepts import Concept
from baken.directory.finding.documents import Point

RECIPROCAL = 60
"""The usual constant: how little the first places differ from each other."""
_NAME, _KEYWORDS, _DESCRIPTION = 1.0, 0.8, 0.6
_TOGETHER = 0.85
"""The parts of a compound, beside the compound itself."""
MOST_WORDS = 3
"""Words that explain why something was found."""


class Candidate(NamedTuple):
    """What an index gives of a document that has what was asked."""

    number: int
    key: str
    x: int | None
    y: int | None
    name_end: int
    keywords_end: int
    tokens: str


class Ranked(NamedTuple):
    """A candidate in its place. ``because`` are the tokens that answered, at most one per concept."""

    candidate: Candidate
    score: float
    distance: int | None
    because: tuple[str, ...]


def distance(near: Point | None, x: int | None, y: int | None) -> int | None:
    """Whole metres on the plane; None when either has no place."""
    if near is None or x is None or y is None:
        return None
    return math.isqrt((x - near.x) ** 2 + (y - near.y) ** 2)


def rank(candidates: Iterable[Candidate], concepts: Sequence[Concept], near: Point | None) -> list[Ranked]:
    """All candidates, best first."""
    rows = sorted(candidates, key=lambda candidate: candidate.key)
    far = [distance(near, row.x, row.y) for row in rows]
    lists = []
    because: list[tuple[str, ...]] = [()] * len(rows)
    if concepts:
        judged = [_judged(row, concepts) for row in rows]
        because = [tokens for _words, _looks, tokens in judged]
        lists = [_places([-words for words, _l, _b in judged]), _places([-looks for _w, looks, _b in judged])]
    if near is not None:
        lists.append(_places([math.inf if metres is None else metres for metres in far]))
    ranked = [
        Ranked(row, round(sum(1 / (RECIPROCAL + places[at]) for places in lists), 9), far[at], because[at])
        for at, row in enumerate(rows)
    ]
    ranked.sort(
        key=lambda item: (-item.score, math.inf if item.distance is None else item.distance, item.candidate.key)
    )
    return ranked


def _places(values: Sequence[float]) -> list[int]:
    """The place of each value, from 1; equal values share one."""
    order = {value: place for place, value in enumerate(sorted(set(values)), start=1)}
    return [order[value] for value in values]


def _judged(row: Candidate, concepts: Sequence[Concept]) -> tuple[float, float, tuple[str, ...]]:
    """How well the words answer, how much they look alike, and by which tokens."""
    answered = alike = 0.0
    because = []
    for concept in concepts:
        direct, token = _best(row, concept.answers)
        if concept.parts:
            parts = [_best(row, part) for part in concept.parts]
            together = _TOGETHER * sum(strength for strength, _token in parts) / len(parts)
            if together > direct:
                direct, token = together, max(parts)[1]
        looks, similar = _best(row, concept.alike)
        answered += concept.weight * direct
        alike += concept.weight * max(looks, direct)
        if token or similar:
            because.append(token or similar)
    return round(answered, 6), round(alike, 6), tuple(because)


def _best(row: Candidate, answers: Mapping[str, float]) -> tuple[float, str]:
    """The token that answers best where it stands, and how well."""
    best, by = 0.0, ""
    for token, strength in answers.items():
        if strength <= best:
            continue
        place = row.tokens.find(f" {token} ")
        if place >= 0:
            value = strength * _standing(row, place)
            if value > best:
                best, by = value, token
    return best, by


def _standing(row: Candidate, place: int) -> float:
    if place + 1 < row.name_end:
        return _NAME
    return _KEYWORDS if place + 1 < row.keywords_end else _DESCRIPTION


def found_by(because: Sequence[str], texts: str) -> tuple[str, ...]:
    """The words of the document behind these tokens, as they are written there."""
    wanted = list(dict.fromkeys(because))[:MOST_WORDS]
    found: dict[str, str] = {}
    for language, text in json.loads(texts):
        for word in content_words(text, language):
            has = word_tokens(word, language)
            for token in wanted:
                if token not in found and token in has:
                    found[token] = word
            if len(found) == len(wanted):
                return tuple(dict.fromkeys(found[token] for token in wanted))
    return tuple(dict.fromkeys(found[token] for token in wanted if token in found))
