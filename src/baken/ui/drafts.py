"""Is a reader looking at draft translations? The catalogues say so in a header that compiling them writes."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from django.conf import settings

from baken.packs.catalogues import counts_drafts
from baken.packs.catalogues import has_drafts as has_drafts_of_pack
from baken.packs.loader import ROOT, SHARED, load_pack


@cache
def has_drafts(language: str) -> bool:
    """True where any text of the pages in this language has not been checked by a person yet.

    Not in the language that the pack is written in: in doubt, that is the text that counts.
    """
    if language == load_pack(settings.BAKEN_COUNTRY).info.source_language:
        return False
    interface = [Path(directory) / language / "LC_MESSAGES" / "django.mo" for directory in settings.LOCALE_PATHS]
    return any(_drafts(path) for path in interface if path.exists()) or any(
        has_drafts_of_pack(ROOT / name, language) for name in (settings.BAKEN_COUNTRY, SHARED)
    )


def _drafts(path: Path) -> bool:
    with path.open("rb") as handle:
        return counts_drafts(gettext.GNUTranslations(handle))
