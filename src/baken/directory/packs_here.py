"""The pack of the country in which a service is, in the language of the reader."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language

from baken.packs.loader import UnknownPackError, load_pack
from baken.packs.pack import Pack
from baken.recognise.current import current_pack


def pack_of(country: str) -> Pack | None:
    """The pack of this country with what this installation adds to it; None where there is no pack."""
    if country.lower() == settings.BAKEN_COUNTRY:
        return current_pack()
    try:
        return load_pack(country.lower(), get_language() or settings.LANGUAGE_CODE)
    except UnknownPackError:
        return None
