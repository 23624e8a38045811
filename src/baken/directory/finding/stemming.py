"""Stems: the part of a word that stays when it is inflected. Pure.

Dutch, English and Hungarian by Snowball. Snowball knows no Bulgarian or Macedonian, so these have a short list of endings here,
written for the skeleton of :mod:`baken.directory.finding.folding`: the article at the end, gender and plural, and the commonest
endings of adjectives and verbs.
"""

from __future__ import annotations

import threading
from functools import lru_cache

import snowballstemmer

from baken.directory.finding.folding import fold, is_cyrillic, latin_forms

SNOWBALL = {"nl": "dutch", "en": "english", "hu": "hungarian"}
SLAVIC = ("bg", "mk")
LANGUAGES = (*SNOWBALL, *SLAVIC)
_SHORTEST = 4
_ENDINGS = {
    "bg": (
        "ovete evete iata iaat skata skoto skite skiat nata noto nite niat ata oto ete ite iat ove eve nia "
        "ska sko ski ost osti ane enie anie eneto aneto enieto anieto vam vat vas "
        "ta to te at ut it na no ni va am as im is en a e i o u ia"
    ),
    "mk": (
        "ovite evite inata skata skoto skite nata noto nite niot ata oto ite iot iov ion ovi evi ina nia "
        "ska sko ski ost osta osti ane ene aneto eneto uvane uvaneto vam vat vas "
        "ta to te ot ov on va na no ni am as im is en a e i o u ia"
    ),
}
_BY_LENGTH = {
    language: tuple(sorted(set(endings.split()), key=lambda ending: (-len(ending), ending)))
    for language, endings in _ENDINGS.items()
}
_ROUNDS = 2
_own = threading.local()


@lru_cache(maxsize=131_072)
def stems(word: str, language: str) -> tuple[str, ...]:
    """The stems of a written word in this language, in Latin letters. For a word without accents too, as many people type."""
    if is_cyrillic(word):
        slavic = language if language in SLAVIC else "bg"
        return tuple(dict.fromkeys(slavic_stem(form, slavic) for form in latin_forms(word)))
    if language in SLAVIC:
        # A name or a loan word in Latin letters, in a Cyrillic text.
        language = "en"
    if language not in SNOWBALL:
        return latin_forms(word)
    found = (fold(_snowball(word, language)), _snowball(fold(word), language))
    return tuple(dict.fromkeys(stem for stem in found if stem))


def slavic_stem(form: str, language: str) -> str:
    """The stem of a skeleton in Bulgarian or Macedonian."""
    for _round in range(_ROUNDS):
        form = _without_ending(form, language)
    # чужденец and чужденци, работник and работници: one stem.
    if form.endswith("ec") and len(form) > _SHORTEST:
        form = form[:-2] + "c"
    return form[:-1] + "k" if form.endswith("c") and len(form) > _SHORTEST else form


def _without_ending(form: str, language: str) -> str:
    for ending in _BY_LENGTH[language]:
        # Of a short word only a vowel goes: жена and жени are one, and that leaves three letters.
        least = _SHORTEST if len(ending) > 1 else _SHORTEST - 1
        if form.endswith(ending) and len(form) - len(ending) >= least:
            return form[: -len(ending)]
    return form


def _snowball(word: str, language: str) -> str:
    """A stemmer keeps its word in itself, so each thread has its own."""
    kept: dict[str, snowballstemmer.stemmer] | None = getattr(_own, "stemmers", None)
    if kept is None:
        kept = _own.stemmers = {}
    if language not in kept:
        kept[language] = snowballstemmer.stemmer(SNOWBALL[language])
    return str(kept[language].stemWord(word))
