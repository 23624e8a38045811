"""Stems: the part of a word that stays when it is inflected. Pure.

Dutch, English and Hungarian by Snowball. Snowball knows no Bulgarian or Macedonian, so these have a short list of endings here,
written for the skeleton of :mod:`baken.directory.finding.folding`: the article at the end, plural and gender. One list serves both,
so that nobody must say which of the two they typed.
"""

from __future__ import annotations

import re
import threading
from functools import lru_cache

import snowballstemmer

from baken.directory.finding.folding import fold, is_cyrillic, latin_forms

SNOWBALL = {"nl": "dutch", "en": "english", "hu": "hungarian"}
SLAVIC = ("bg", "mk")
LANGUAGES = (*SNOWBALL, *SLAVIC)
_SHORTEST = 4
"""A stem so short keeps its last consonant."""
_AFTER_VOWEL = re.compile(r"(?<=..[aeio])(?:ta|to|te)$")
"""The article on a word that ends in a vowel: жена-та, дете-то, жени-те."""
_AFTER_CONSONANT = re.compile(r"(?<=....)(?:iat|iot|at|ut|ot|it)$")
"""The article on a word that ends in a consonant, in both languages. Or no article at all: адвокат."""
_PLURAL = re.compile(r"(?<=...)(?:ove|eve|ovi|evi)$")
_VOWELS = re.compile(r"(?<=...)[aeiou]+$")
_ADJECTIVE = re.compile(r"(?<=....)e?n$")
"""бесплатен and бесплатна."""
_own = threading.local()


@lru_cache(maxsize=131_072)
def stems(word: str, language: str) -> tuple[str, ...]:
    """The stems of a written word in this language, in Latin letters. For a word without accents too, as many people type."""
    if is_cyrillic(word):
        return tuple(dict.fromkeys(stem for form in latin_forms(word) for stem in slavic_stems(form)))
    if language in SLAVIC:
        # A name or a loan word in Latin letters, in a Cyrillic text.
        language = "en"
    if language not in SNOWBALL:
        return latin_forms(word)
    found = (fold(_snowball(word, language)), _snowball(fold(word), language))
    return tuple(dict.fromkeys(stem for stem in found if stem))


def slavic_stems(form: str) -> tuple[str, ...]:
    """The stems of a skeleton in Bulgarian or Macedonian: a careful one, and one that takes off what may be no ending.

    Two words are one when they share either: адвокат is careful about its last letters, адвокатът cannot be.
    """
    bold = _ADJECTIVE.sub("", _without_vowels(_AFTER_CONSONANT.sub("", form)))
    return tuple(dict.fromkeys((_even(_without_vowels(form)), _even(bold))))


def _without_vowels(form: str) -> str:
    """Without article, plural and gender."""
    return _VOWELS.sub("", _PLURAL.sub("", _AFTER_VOWEL.sub("", form)))


def _even(stem: str) -> str:
    """One consonant for those that change before an ending: работник and работници, психолог and психолози."""
    if len(stem) <= _SHORTEST:
        return stem
    stem = stem[:-2] + "c" if stem.endswith("ec") else stem
    return stem[:-1] + {"c": "k", "z": "g"}.get(stem[-1], stem[-1])


def _snowball(word: str, language: str) -> str:
    """A stemmer keeps its word in itself, so each thread has its own."""
    kept: dict[str, snowballstemmer.stemmer] | None = getattr(_own, "stemmers", None)
    if kept is None:
        kept = _own.stemmers = {}
    if language not in kept:
        kept[language] = snowballstemmer.stemmer(SNOWBALL[language])
    return str(kept[language].stemWord(word))
