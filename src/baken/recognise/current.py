"""The pack that this installation shows, in the language of the reader.

Regions that the installation itself knows (the focal points of organisations that use it) are added here. Rooms above give
them through ``provide_regions``; this room imports nobody's tables.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from baken.packs.loader import load_pack, overlays
from baken.packs.pack import Pack
from baken.packs.schema.info import Region, RegionKind, RegionsFile

KEPT = 16
"""Packs with local regions that are remembered: one per language, and some while an organisation changes."""


@dataclass(frozen=True, slots=True)
class LocalRegions:
    """Regions of this installation; two with the same version hold the same."""

    version: str
    regions: tuple[tuple[RegionKind, str, Region], ...] = field(default=(), compare=False)


Provider = Callable[[], LocalRegions]
NOTHING = LocalRegions("")
_providers: list[Provider] = []


def provide_regions(provider: Provider) -> None:
    """Add regions from ``provider`` to every pack from now on. It is asked for every page: it must be quick and never fail."""
    _providers[:] = [provider]


def provide_nothing() -> None:
    """Show the doors of the pack alone, for a program without a database."""
    _providers.clear()


def local_regions() -> LocalRegions:
    """The regions that this installation adds now."""
    return _providers[0]() if _providers else NOTHING


def current_pack(language: str | None = None) -> Pack:
    """The installation's country pack in ``language``, or in that of the page being made."""
    over = overlays(settings.BAKEN_LOCAL_PACKS, demo=settings.BAKEN_DEMO)
    language = language or get_language() or settings.LANGUAGE_CODE
    added = local_regions()
    if not added.regions:
        return load_pack(settings.BAKEN_COUNTRY, language, overlays=over)
    return _with_regions(settings.BAKEN_COUNTRY, language, over, added)


@lru_cache(maxsize=KEPT)
def _with_regions(country: str, language: str, over: tuple[Path, ...], added: LocalRegions) -> Pack:
    pack = load_pack(country, language, overlays=over)
    merged: dict[RegionKind, dict[str, Region]] = {}
    for kind, code, region in added.regions:
        merged.setdefault(kind, {})[code] = region
    for kind, regions in pack.regions_file.regions.items():
        merged[kind] = {**merged.get(kind, {}), **regions}
    return replace(pack, regions_file=RegionsFile(regions=merged))


def site_languages() -> tuple[str, ...]:
    """Languages that every page and the API speak; the page for people who need help themselves speaks more."""
    return tuple(code for code, _name in settings.LANGUAGES if code not in settings.BAKEN_HELP_LANGUAGES)
