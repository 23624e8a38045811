"""Search over reports that somebody opened: in memory, for as long as the request lasts. Pure; nothing is kept or logged.

Every word of a query must stand in a report, from its beginning ("schoonm" finds "schoonmaak"). Accents and capitals do
not matter. Facets count what the found reports have in common, so that the next click narrows.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_WORD = re.compile(r"\w+")
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i"})
SHORTEST_PREFIX = 3
"""A shorter word of a query must stand there as a whole, or it would find everything."""
FACETS = ("state", "form", "place", "sign")


def folded(text: str) -> str:
    """The text without accents and capitals, so that José is found as jose."""
    low = text.casefold()
    if low.isascii():
        return low
    apart = unicodedata.normalize("NFKD", low)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold().translate(_LETTERS)


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return _WORD.findall(folded(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Doc:
    """One opened report, as far as it may be searched by whoever opened it."""

    id: str
    received_at: dt.datetime
    state: str = ""
    form: str = ""
    place: str = ""
    """Code of the municipality."""
    signs: frozenset[str] = frozenset()
    reference: str = ""
    texts: tuple[str, ...] = ()
    """Facts, opinion, place in words, messages: everything that was opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for. Empty fields ask nothing; days include their ends, in the zone of ``received_at``."""

    text: str = ""
    signs: frozenset[str] = frozenset()
    """All of these."""
    places: frozenset[str] = frozenset()
    """Any of these; the same for forms and states."""
    forms: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    since: dt.date | None = None
    until: dt.date | None = None

    def takes(self, doc: Doc) -> bool:
        """Does a report fit, apart from its words?"""
        day = doc.received_at.date()
        return (
            self.signs <= doc.signs
            and (not self.places or doc.place in self.places)
            and (not self.forms or doc.form in self.forms)
            and (not self.states or doc.state in self.states)
            and (self.since is None or day >= self.since)
            and (self.until is None or day <= self.until)
        )


@dataclass(frozen=True, slots=True)
class Found:
    """The reports found, newest first, and how many of them have each value."""

    ids: tuple[str, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class Index:
    """The words of some reports. Lives in memory only; whoever made it lets it go with the request."""

    def __init__(self, docs: Iterable[Doc]) -> None:
        self.docs = sorted(docs, key=lambda doc: (doc.received_at, doc.id), reverse=True)
        places: defaultdict[str, set[int]] = defaultdict(set)
        for number, doc in enumerate(self.docs):
            for word in set(words_of("\n".join((doc.reference, *doc.texts)))):
                places[word].add(number)
        self._places = dict(places)
        self._words = sorted(places)

    def find(self, query: Query) -> Found:
        """What fits the query; everything for an empty one."""
        numbers: set[int] | None = None
        for word in dict.fromkeys(words_of(query.text)):
            having = self._having(word)
            numbers = having if numbers is None else numbers & having
            if not numbers:
                return Found((), {name: {} for name in FACETS})
        docs = self.docs if numbers is None else [self.docs[number] for number in sorted(numbers)]
        fitting = [doc for doc in docs if query.takes(doc)]
        return Found(tuple(doc.id for doc in fitting), _facets(fitting))

    def _having(self, word: str) -> set[int]:
        """The numbers of the reports in which a word begins so."""
        if len(word) < SHORTEST_PREFIX:
            return self._places.get(word, set())
        found: set[int] = set()
        for known in self._words[bisect_left(self._words, word) :]:
            if not known.startswith(word):
                break
            found |= self._places[known]
        return found


def _facets(docs: list[Doc]) -> dict[str, dict[str, int]]:
    values: dict[str, Counter[str]] = {
        "state": Counter(doc.state for doc in docs if doc.state),
        "form": Counter(doc.form for doc in docs if doc.form),
        "place": Counter(doc.place for doc in docs if doc.place),
        "sign": Counter(sign for doc in docs for sign in doc.signs),
    }
    return {name: dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))) for name, counts in values.items()}
