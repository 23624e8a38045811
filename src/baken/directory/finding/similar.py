"""Words that look like what was typed: by what they share in threes of letters, and by the edits between them. Pure.

The threes stand in the index per *word*, not per document: a word that looks like what was typed leads to documents by its own
token. So the answer cannot differ between databases, and the index of threes stays as small as the vocabulary.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

SHORTEST = 4
"""A shorter word looks like everything."""
LEAST = 0.55
"""Similarity from which a word counts."""
MOST = 16
"""Words that look alike, for one typed word."""
MOST_TYPOS = 8
_LONG = 8
"""From so many letters on two edits are a typo, below it one."""


def grams(form: str) -> tuple[str, ...]:
    """Threes of letters, with the edges of the word marked."""
    padded = f"_{form}_"
    return tuple(dict.fromkeys(padded[place : place + 3] for place in range(len(padded) - 2)))


def shared(form: str, by_gram: Mapping[str, Sequence[str]]) -> Counter[str]:
    """How many threes each known word shares with this one."""
    counter: Counter[str] = Counter()
    for gram in grams(form):
        counter.update(by_gram.get(gram, ()))
    return counter


def alike(form: str, sharing: Mapping[str, int]) -> list[tuple[str, float]]:
    """The words most like this one, with a number up to 1. One that holds the other counts as much as one that resembles it."""
    own = len(grams(form))
    least = LEAST * min(own, SHORTEST)
    found = []
    for word, count in sharing.items():
        if count < least or len(word) < SHORTEST:
            continue
        likeness = _likeness(count, own, len(word))
        if likeness >= LEAST:
            found.append((word, likeness))
    found.sort(key=lambda item: (-item[1], item[0]))
    return found[:MOST]


def _likeness(count: int, own: int, theirs: int) -> float:
    """Threes in common; ``theirs`` is the length of the word, which is how many threes it has, but for repeated ones."""
    count = min(count, theirs)
    return round(max(0.95 * count / own, 0.85 * count / theirs, count / (own + theirs - count)), 4)


def typos(form: str, known: Iterable[str]) -> list[tuple[str, int]]:
    """The known words nearest to this one, with their number of edits: one in a short word, up to two in a long one."""
    if len(form) < SHORTEST:
        return []
    most = 2 if len(form) >= _LONG else 1
    found = process.extract(
        form, list(known), scorer=DamerauLevenshtein.distance, score_cutoff=most, processor=None, limit=None
    )
    nearest = min((distance for _word, distance, _place in found), default=0)
    words = sorted(word for word, distance, _place in found if distance == nearest)
    return [(word, int(nearest)) for word in words[:MOST_TYPOS]]
