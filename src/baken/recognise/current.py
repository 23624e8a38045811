"""The pack that this installation shows, in the language of the reader."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language

from baken.packs.loader import load_pack, overlays
from baken.packs.pack import Pack


def current_pack(language: str | None = None) -> Pack:
    """The installation's country pack in ``language``, or in that of the page being made."""
    over = overlays(settings.BAKEN_LOCAL_PACKS, demo=settings.BAKEN_DEMO)
    return load_pack(settings.BAKEN_COUNTRY, language or get_language() or settings.LANGUAGE_CODE, overlays=over)


def site_languages() -> tuple[str, ...]:
    """Languages that every page and the API speak; the page for people who need help themselves speaks more."""
    return tuple(code for code, _name in settings.LANGUAGES if code not in settings.BAKEN_HELP_LANGUAGES)
