"""Translations of pack texts: one gettext catalogue per pack and language, keyed by the path of the text.

The context of an entry is the path of the text, its id the source text. So a changed source text no longer finds its old
translation: the reader gets the source, and ``baken pack messages --check`` fails until somebody has looked.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from baken.packs.texts import Lookup, same_text

SHARED_SOURCE = "nl"
"""Source language of the shared signs and instruments."""


DRAFTS_HEADER = "X-Baken-Drafts"
"""Header of a compiled catalogue: how many of its texts nobody has checked, so that a reader can be told."""


def catalogue_path(directory: Path, language: str) -> Path:
    """The catalogue of a pack in one language."""
    return directory / "locale" / f"{language}.po"


@cache
def _compiled(directory: Path, language: str) -> gettext.NullTranslations:
    path = catalogue_path(directory, language).with_suffix(".mo")
    if not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as handle:
        return gettext.GNUTranslations(handle)


def lookup(directory: Path, language: str, source_language: str) -> Lookup:
    """A function from (path, source text) to the text in ``language``."""
    if language == source_language:
        return same_text
    return _compiled(directory, language).pgettext


def has_drafts(directory: Path, language: str) -> bool:
    """Has any translation of a pack in this language not been checked by a person yet?"""
    return counts_drafts(_compiled(directory, language))


def counts_drafts(compiled: gettext.NullTranslations) -> bool:
    """Does the header of a compiled catalogue count drafts?"""
    return compiled.info().get(DRAFTS_HEADER.lower(), "0") != "0"
