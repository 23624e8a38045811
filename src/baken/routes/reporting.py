"""Where a finished check can be reported on the spot. Rooms above give the places; this one knows no reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from baken.packs.pack import Pack
from baken.packs.places import Municipality


@dataclass(frozen=True, slots=True)
class ReportPlace:
    """An organisation that takes reports: its name, and the address of its form in the language of the page."""

    name: str
    url: str


Provider = Callable[[Sequence[str]], Sequence[ReportPlace]]
_providers: list[Provider] = []


def provide_places(provider: Provider) -> None:
    """Show the places of ``provider(codes)``, which gets codes of regions of own focal points. It must be quick and never fail."""
    _providers[:] = [provider]


def report_places(pack: Pack, municipality: Municipality | None) -> Sequence[ReportPlace]:
    """The own focal points of a municipality that take reports here, in the order of their doors; mostly none."""
    if municipality is None or not _providers:
        return ()
    regions = pack.regions_file.regions.get("focal_point", {})
    codes = [code for code, region in regions.items() if region.own and municipality.code in region.municipalities]
    return _providers[0](codes) if codes else ()
