"""Start-up checks."""

from __future__ import annotations

from typing import Any

from django.core import checks

from baken.audience import MEMBERS, PUBLIC, SIGN_IN, declared_urls
from baken.packs.errors import PackError
from baken.packs.loader import countries, load_pack
from baken.people.permissions import Permission


def every_url_declares_its_audience(**_: Any) -> list[checks.CheckMessage]:
    """Default deny: an error for each URL that does not declare who may use it."""
    known = {PUBLIC, SIGN_IN, MEMBERS, *Permission}
    return [
        checks.Error(
            f"URL '{url.pattern}' ({url.name}) does not say who may use it.",
            hint="Put @public from baken.audience on the view, or name a permission.",
            id="baken.E001",
        )
        for url in declared_urls()
        if url.audience not in known
    ]


def packs_can_be_read(**_: Any) -> list[checks.CheckMessage]:
    """An error for each thing that is wrong in a country pack."""
    found: list[checks.CheckMessage] = []
    for country in countries():
        try:
            load_pack(country)
        except PackError as error:
            found += [checks.Error(str(problem), id="baken.E002") for problem in error.problems]
    return found
