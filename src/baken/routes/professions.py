"""Choosing your own work on the pages that differ by profession."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from baken.packs.pack import Pack


def choice_context(pack: Pack, chosen: str, *, wrong: bool) -> dict[str, Any]:
    """Context of ``routes/_choose_profession.html``. ``wrong``: nothing usable was chosen."""
    return {
        "professions": [(code, item.name) for code, item in pack.professions.items()],
        "chosen": chosen,
        "errors": {"profession": _("Choose your work from the list.")} if wrong else {},
    }
