"""One analyser for every database: from a text to the tokens that stand in the index. Pure.

A token begins with its kind: ``w`` a word in Latin letters, ``s`` a stem, ``p`` the stem of a part of a compound. Tokens are made
of the letters a to z and digits alone, so that no database has anything left to decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from baken.directory.finding.compounds import parts
from baken.directory.finding.folding import latin_forms, words
from baken.directory.finding.stemming import stems
from baken.directory.finding.stopwords import STOP_WORDS

WORD, STEM, PART = "w", "s", "p"


def tokens(text: str, language: str) -> list[str]:
    """The tokens of a text, in order, each once."""
    return list(dict.fromkeys(token for word in content_words(text, language) for token in word_tokens(word, language)))


def content_words(text: str, language: str) -> Iterator[str]:
    """The words of a text that say something about it, as they were written, in small letters."""
    stop = STOP_WORDS.get(language, frozenset())
    for word in words(text):
        forms = latin_forms(word)
        if forms and forms[0] not in stop:
            yield word


@lru_cache(maxsize=131_072)
def word_tokens(word: str, language: str) -> tuple[str, ...]:
    """The tokens of one written word."""
    forms = latin_forms(word)
    found = [WORD + form for form in forms] + [STEM + stem for stem in stems(word, language)]
    if language == "nl":
        for part in (part for form in forms for part in parts(form)):
            found += [PART + stem for stem in stems(part, "nl")]
    return tuple(dict.fromkeys(found))
