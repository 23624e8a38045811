"""The pack that this installation shows, in the language of the reader."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language

from baken.packs.loader import DEMO, load_pack
from baken.packs.pack import Pack


def current_pack(language: str | None = None) -> Pack:
    """The installation's country pack in ``language``, or in that of the page being made."""
    overlays = (*settings.BAKEN_LOCAL_PACKS, *((DEMO,) if settings.BAKEN_DEMO else ()))
    return load_pack(settings.BAKEN_COUNTRY, language or get_language() or settings.LANGUAGE_CODE, overlays=overlays)
