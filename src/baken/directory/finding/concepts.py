"""What somebody may have meant by each word that they typed. Pure.

A typed word becomes a :class:`Concept`: tokens that answer it, each with a number up to 1 that says how well. Which of them exist,
and which words look alike, is asked from a :class:`Vocabulary`, twice at most.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from baken.directory.finding import similar
from baken.directory.finding.analyser import PART, STEM, WORD
from baken.directory.finding.compounds import parts
from baken.directory.finding.folding import fold, is_cyrillic, latin_forms, typed_forms, words
from baken.directory.finding.stemming import SLAVIC, SNOWBALL, slavic_stems, stems
from baken.directory.finding.stopwords import ALL

MOST_WORDS = 8
"""Typed words that count."""

_EXACT, _MEANT = 1.0, 0.95
_STEM, _OTHER_STEM, _TYPED_STEM = 0.9, 0.75, 0.8
_IN_COMPOUND = 0.7
_EDITS = {1: 0.75, 2: 0.6}


class Vocabulary(Protocol):
    """What an index knows of its words."""

    def counts(self, tokens: Iterable[str]) -> Mapping[str, int]:
        """How many documents have each of these tokens; those that none has are left out."""

    def sharing(self, grams: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """The words that have each of these threes of letters."""


class Concept(NamedTuple):
    """One typed word.

    ``answers`` are tokens with how well they answer. ``parts`` has the same for each part of a compound; together they answer
    too. ``alike`` are the tokens of words that look like it. ``weight`` is higher for a word that few documents have, and
    ``documents`` says how many have each token of the answers and the parts.
    """

    answers: Mapping[str, float]
    parts: tuple[Mapping[str, float], ...]
    alike: Mapping[str, float]
    weight: float
    documents: Mapping[str, int]


def concepts(text: str, language: str, vocabulary: Vocabulary, documents: int) -> list[Concept]:
    """The concepts of a typed text, in order; a word that nothing answers is left out. ``documents`` is how many there are."""
    typed = _asked(text)
    direct = [_direct(word, language) for word in typed]
    split = [_split(word) for word in typed]
    counts = dict(
        vocabulary.counts(
            {token for answers in direct for token in answers}
            | {token for groups in split for answers in groups for token in answers}
        )
    )
    forms = [
        _forms(word, known=any(token in counts for token in answers))
        for word, answers in zip(typed, direct, strict=True)
    ]
    by_gram = vocabulary.sharing({gram for group in forms for form in group for gram in similar.grams(form)})
    looks = [_looks(group, by_gram) for group in forms]
    for answers, (nearest, _alike) in zip(direct, looks, strict=True):
        if nearest and not any(token in counts for token in answers):
            answers.update(_corrected(nearest, language))
    counts |= vocabulary.counts({token for answers in direct for token in answers} - counts.keys())
    found = [
        Concept(
            answers=_known(answers, counts),
            parts=tuple(_known(group, counts) for group in groups),
            alike={WORD + word: likeness for word, likeness in alike},
            weight=_weight(answers, counts, documents),
            documents={
                token: counts[token] for token in (*answers, *(t for part in groups for t in part)) if token in counts
            },
        )
        for answers, groups, (_nearest, alike) in zip(direct, split, looks, strict=True)
    ]
    return [concept for concept in found if concept.answers or concept.alike or any(concept.parts)]


def _asked(text: str) -> list[str]:
    """The typed words that say something; all of them when none does."""
    found = [word for word in dict.fromkeys(words(text)) if fold(word)]
    saying = [word for word in found if latin_forms(word)[0] not in ALL]
    return (saying or found)[:MOST_WORDS]


def _direct(word: str, language: str) -> dict[str, float]:
    """Tokens of the word itself, as each language would have it: nobody must type in the language of the page."""
    found: dict[str, float] = {}
    for form in latin_forms(word):
        _better(found, WORD + form, _EXACT)
        _better(found, STEM + form, _OTHER_STEM)
    cyrillic = is_cyrillic(word)
    for tongue in SLAVIC[:1] if cyrillic else SNOWBALL:
        for stem in stems(word, tongue):
            _better(found, STEM + stem, _STEM if cyrillic or tongue == language else _OTHER_STEM)
            if tongue == "nl":
                _better(found, PART + stem, _IN_COMPOUND)
    for form in typed_forms(word):
        _better(found, WORD + form, _MEANT)
        for stem in slavic_stems(form):
            _better(found, STEM + stem, _TYPED_STEM)
    return found


def _split(word: str) -> list[dict[str, float]]:
    """The tokens of each part when the word is a Dutch compound."""
    return [
        {
            token: strength
            for stem in stems(part, "nl")
            for token, strength in ((STEM + stem, _STEM), (PART + stem, _IN_COMPOUND))
        }
        for part in parts(fold(word))
    ]


def _forms(word: str, *, known: bool) -> tuple[str, ...]:
    """The forms to look for words alike. What nobody knows may be Cyrillic that was typed in Latin letters."""
    plain = latin_forms(word)[:1]
    forms = plain if known else dict.fromkeys((*plain, *typed_forms(word)))
    return tuple(form for form in forms if len(form) >= similar.SHORTEST)


def _looks(
    forms: tuple[str, ...], by_gram: Mapping[str, Sequence[str]]
) -> tuple[list[tuple[str, int]], list[tuple[str, float]]]:
    """The words a typo away from these forms, and the words that look like them."""
    nearest: dict[str, int] = {}
    alike: dict[str, float] = {}
    for form in forms:
        sharing = similar.shared(form, by_gram)
        for word, edits in similar.typos(form, sharing):
            nearest[word] = min(edits, nearest.get(word, edits))
        for word, likeness in similar.alike(form, sharing):
            alike[word] = max(likeness, alike.get(word, 0))
    fewest = min(nearest.values(), default=0)
    return (
        sorted((word, edits) for word, edits in nearest.items() if edits == fewest),
        sorted(alike.items(), key=lambda item: (-item[1], item[0]))[: similar.MOST],
    )


def _corrected(nearest: list[tuple[str, int]], language: str) -> dict[str, float]:
    """The tokens of the words that were probably meant."""
    found: dict[str, float] = {}
    for word, edits in nearest:
        for token, strength in _direct(word, language).items():
            _better(found, token, strength * _EDITS.get(edits, _EXACT))
    return found


def _known(answers: Mapping[str, float], counts: Mapping[str, int]) -> dict[str, float]:
    return {token: strength for token, strength in answers.items() if token in counts}


def _weight(answers: Mapping[str, float], counts: Mapping[str, int], documents: int) -> float:
    most = max((counts.get(token, 0) for token in answers), default=0)
    return round(math.log(1 + documents / (1 + most)), 6)


def _better(found: dict[str, float], token: str, strength: float) -> None:
    found[token] = max(strength, found.get(token, 0))
