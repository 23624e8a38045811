"""The words that a Dutch compound is built of, so that *opvang* finds *vrouwenopvang*. Pure.

The list is chosen from the word list of OpenTaal (``data/LICENCE-OpenTaal.txt``) by ``scripts/compound_parts.py``, with a few
words of this field that it lacks. A word that stands in the list is one word and stays whole.
"""

from __future__ import annotations

import gzip
from functools import cache, lru_cache
from importlib import resources

LINKS = ("", "s", "en", "e", "er")
"""What stands between two words of a compound."""
SHORTEST = 4
MOST_PARTS = 4
OWN = frozenset({"dakloze", "daklozen", "dakloos", "gedwongen", "sekswerk", "sekswerker", "zwanger", "zwangeren"})


@cache
def _words() -> frozenset[str]:
    packed = resources.files("baken.directory.finding").joinpath("data/nl_parts.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode().split("\n")) | OWN


@lru_cache(maxsize=65_536)
def parts(word: str) -> tuple[str, ...]:
    """The words that this folded Dutch word is built of, first to last; nothing when it is one word. The fewest words win."""
    if len(word) < 2 * SHORTEST or word in _words():
        return ()
    for count in range(2, MOST_PARTS + 1):
        found = _split(word, count)
        if found:
            return found
    return ()


def _split(word: str, count: int) -> tuple[str, ...]:
    """The word as this many words. The last may be long: *schuldhulpverlening* ends in *hulpverlening*."""
    known = _words()
    if count == 1:
        return (word,) if word in known else ()
    for place in range(len(word) - SHORTEST, SHORTEST - 1, -1):
        for link in LINKS:
            begin = word[:place].removesuffix(link)
            if not word[:place].endswith(link) or len(begin) < SHORTEST or begin not in known:
                continue
            rest = _split(word[place:], count - 1)
            if rest:
                return (begin, *rest)
    return ()
