"""Suggest which reports may be about the same person or place. Pure; within one organisation, from what was opened.

Never by nationality, origin, name or language: those are not even passed in. A suggestion carries its reasons and no score;
the order follows from how rare the things in common are among the reports of this organisation. A person decides.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from baken.reports.search import words_of

WINDOW = dt.timedelta(days=180)
MOST = 5
RARE = 0.1
"""A sign or word is rare when at most this share of the reports has it, or at most two reports."""
FEWEST_SIGNS = 3
FEWEST_RARE_SIGNS = 2
FEWEST_WORDS = 2
_POSTCODE = re.compile(r"\b([1-9][0-9]{3})\s?([a-z]{2})\b", re.IGNORECASE)
_EVERYWHERE = frozenset(
    words_of(
        """de het een en van aan in op bij naast achter voor tegenover boven onder naar uit met te tot of om nr huis straat
        weg laan plein wijk buurt hoek kant ergens
        the a an at on near behind opposite above under and street road house corner"""
    )
)
"""Words that stand in any description of a place."""


class Why(StrEnum):
    """What two reports have in common."""

    SIGNS = "signs"
    PLACE_WORDS = "place_words"
    MUNICIPALITY = "municipality"
    FORM = "form"
    TIME = "time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What linking may know of a report. ``place``: where it is, in words; ``municipality``, ``form``, ``signs``: codes."""

    id: str
    received_at: dt.datetime
    signs: frozenset[str] = frozenset()
    place: str = ""
    municipality: str = ""
    form: str = "unknown"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing in common; ``what`` holds codes, words of the place, or the number of days between the two."""

    why: Why
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A report that may be about the same, and why."""

    id: str
    reasons: tuple[Reason, ...]


def place_words(text: str) -> frozenset[str]:
    """The words that tell one place from another: names, house numbers, a postcode as one word."""
    joined = _POSTCODE.sub(r"\1\2", text)
    return frozenset(
        word
        for word in words_of(joined)
        if word not in _EVERYWHERE and (len(word) > 2 or any(letter.isdigit() for letter in word))
    )


def suggest(
    report: Opened, others: Sequence[Opened], *, window: dt.timedelta = WINDOW, most: int = MOST
) -> tuple[Suggestion, ...]:
    """Other reports that may be about the same person or place, the most telling first.

    Either the place has words in common (two, or one that is rare), or the signs do (two rare ones, or three in the same
    municipality). ``others``: reports of the same organisation, opened; the report itself among them does no harm.
    """
    everything = [report, *(item for item in others if item.id != report.id)]
    signs = Counter(sign for item in everything for sign in item.signs)
    words = {item.id: place_words(item.place) for item in everything}
    word_counts = Counter(word for found in words.values() for word in found)
    total = len(everything)
    ranked = []
    for other in everything[1:]:
        if abs(other.received_at - report.received_at) > window:
            continue
        same_signs = sorted(report.signs & other.signs, key=lambda sign: (signs[sign], sign))
        same_words = sorted(_same_place(report, other, words), key=lambda word: (word_counts[word], word))
        same_town = bool(report.municipality) and report.municipality == other.municipality
        rare_signs = sum(_is_rare(signs[sign], total) for sign in same_signs)
        rare_word = any(_is_rare(word_counts[word], total) and not word.isdigit() for word in same_words)
        by_place = rare_word or (len(same_words) >= FEWEST_WORDS and not all(word.isdigit() for word in same_words))
        by_signs = rare_signs >= FEWEST_RARE_SIGNS or (same_town and len(same_signs) >= FEWEST_SIGNS)
        if by_place or by_signs:
            weight = _weight((signs[sign] for sign in same_signs), total) + _weight(
                (word_counts[word] for word in same_words), total
            )
            reasons = _reasons(report, other, same_signs, same_words, same_town)
            ranked.append((-weight, abs(other.received_at - report.received_at), other.id, reasons))
    return tuple(
        Suggestion(found, reasons) for _, _, found, reasons in sorted(ranked, key=lambda item: item[:3])[:most]
    )


def _same_place(report: Opened, other: Opened, words: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Words that both places have. Every town has a church street: in two towns only a postcode makes them one place."""
    same = words[report.id] & words[other.id]
    two_towns = report.municipality and other.municipality and report.municipality != other.municipality
    return same if not two_towns or any(_POSTCODE.fullmatch(word) for word in same) else frozenset()


def _is_rare(count: int, total: int) -> bool:
    return count <= max(2, RARE * total)


def _weight(counts: Iterable[int], total: int) -> float:
    """How telling it is to have these in common: what everybody has says nothing."""
    return sum(math.log((total + 1) / count) for count in counts)


def _reasons(
    report: Opened, other: Opened, same_signs: list[str], same_words: list[str], same_town: bool
) -> tuple[Reason, ...]:
    same_form = report.form == other.form and report.form != "unknown"
    days = abs(other.received_at - report.received_at).days
    found = (
        (Why.PLACE_WORDS, tuple(same_words)),
        (Why.SIGNS, tuple(same_signs)),
        (Why.MUNICIPALITY, (report.municipality,) if same_town else ()),
        (Why.FORM, (report.form,) if same_form else ()),
        (Why.TIME, (str(days),)),
    )
    return tuple(Reason(why, what) for why, what in found if what)
