"""The pack that this installation shows, in the language of the reader.

Regions that the installation itself knows (the focal points of organisations that use it) are added here, and facts of doors
that the social map corrected or confirmed come before those of the pack. Rooms above give them through ``provide_regions`` and
``provide_doors``; this room imports nobody's tables.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from baken.packs.loader import load_pack, overlays
from baken.packs.pack import Pack
from baken.packs.schema.doors import DoorsFile
from baken.packs.schema.info import Region, RegionKind, RegionsFile

KEPT = 16
"""Packs with local regions that are remembered: one per language, and some while an organisation changes."""


@dataclass(frozen=True, slots=True)
class LocalRegions:
    """Regions of this installation; two with the same version hold the same."""

    version: str
    regions: tuple[tuple[RegionKind, str, Region], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class LocalDoors:
    """What this installation knows better about doors: door id -> fields of the door. Two with the same version hold the same.

    ``services``: which service of the social map a door is, for a link to it: ``door`` or ``door/region`` -> id of the service.
    """

    version: str
    doors: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, compare=False)
    services: Mapping[str, str] = field(default_factory=dict, compare=False)

    def service_of(self, door: str, region: str | None) -> str:
        """The service that a door is in a region, else the service that it is everywhere; "" when the map has none."""
        return self.services.get(f"{door}/{region}") or self.services.get(door, "")


Provider = Callable[[], LocalRegions]
DoorProvider = Callable[[], LocalDoors]
NOTHING = LocalRegions("")
NO_DOORS = LocalDoors("")
_providers: list[Provider] = []
_door_providers: list[DoorProvider] = []


def provide_regions(provider: Provider) -> None:
    """Add regions from ``provider`` to every pack from now on. It is asked for every page: it must be quick and never fail."""
    _providers[:] = [provider]


def provide_doors(provider: DoorProvider) -> None:
    """Let facts of doors from ``provider`` come before those of the pack. Asked for every page: it must be quick and never fail."""
    _door_providers[:] = [provider]


def provide_nothing() -> None:
    """Show the doors of the pack alone, for a program without a database."""
    _providers.clear()
    _door_providers.clear()


def local_regions() -> LocalRegions:
    """The regions that this installation adds now."""
    return _providers[0]() if _providers else NOTHING


def local_doors() -> LocalDoors:
    """What this installation knows better about doors now."""
    return _door_providers[0]() if _door_providers else NO_DOORS


def local_version() -> str:
    """Changes when anything changes that this installation adds to its pack."""
    return f"{local_regions().version}{local_doors().version}"


def current_pack(language: str | None = None) -> Pack:
    """The installation's country pack in ``language``, or in that of the page being made."""
    over = overlays(settings.BAKEN_LOCAL_PACKS, demo=settings.BAKEN_DEMO)
    language = language or get_language() or settings.LANGUAGE_CODE
    added, known = local_regions(), local_doors()
    if not added.regions and not known.doors:
        return load_pack(settings.BAKEN_COUNTRY, language, overlays=over)
    return _with_local(settings.BAKEN_COUNTRY, language, over, added, known)


@lru_cache(maxsize=KEPT)
def _with_local(country: str, language: str, over: tuple[Path, ...], added: LocalRegions, known: LocalDoors) -> Pack:
    pack = load_pack(country, language, overlays=over)
    doors = {
        code: door.model_copy(update=dict(known.doors[code])) if code in known.doors else door
        for code, door in pack.doors.items()
    }
    return replace(pack, doors_file=DoorsFile(doors=doors), regions_file=_merged(pack, added))


def _merged(pack: Pack, added: LocalRegions) -> RegionsFile:
    merged: dict[RegionKind, dict[str, Region]] = {}
    for kind, code, region in added.regions:
        merged.setdefault(kind, {})[code] = region
    for kind, regions in pack.regions_file.regions.items():
        merged[kind] = {**merged.get(kind, {}), **regions}
    return RegionsFile(regions=merged)


def site_languages() -> tuple[str, ...]:
    """Languages that every page and the API speak; the page for people who need help themselves speaks more."""
    return tuple(code for code, _name in settings.LANGUAGES if code not in settings.BAKEN_HELP_LANGUAGES)
