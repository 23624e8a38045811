"""What every page needs: the language and its direction, the emergency number, and whether texts are drafts."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_bidi, get_language_info

from baken.recognise.current import current_pack
from baken.ui.drafts import has_drafts


def alternate_links(request: HttpRequest) -> list[tuple[str, str, str, bool]]:
    """The same page in every language that it speaks: code, native name, address, is it this one."""
    match = request.resolver_match
    on_help = match is not None and match.view_name == "routes:help"
    here = get_language()
    return [
        (code, get_language_info(code)["name_local"], _address_in(code, request.path, here), code == here)
        for code, _name in settings.LANGUAGES
        if on_help or code not in settings.BAKEN_HELP_LANGUAGES
    ]


@lru_cache(maxsize=512)
def _address_in(language: str, path: str, _here: str | None) -> str:
    """The address of a page in another language. Kept, for looking it up took as long as making a small page."""
    return translate_url(path, language)


def page(request: HttpRequest) -> dict[str, Any]:
    """Context for every template."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "LANGUAGE_CODE": language,
        "text_direction": "rtl" if get_language_bidi() else "ltr",
        "emergency_number": current_pack().emergency_number,
        "alternate_links": alternate_links(request),
        "demo": settings.BAKEN_DEMO,
        "help_only": language in settings.BAKEN_HELP_LANGUAGES,
        "draft_translation": has_drafts(language),
    }
