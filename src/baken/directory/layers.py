"""Layers of the map of coverage: from the services that a reader may see to how each municipality is served."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from baken.directory import models
from baken.directory.codes import Kind
from baken.directory.coverage import Coverage, Serves, coverage, own, through_region, within_reach
from baken.directory.freshness import State
from baken.directory.knowing import standing_of, with_checks
from baken.directory.map_labels import LAYERS, about, answers
from baken.directory.queries import Audience, visible_to
from baken.directory.reach import reach_of
from baken.directory.records import ServiceRecord
from baken.directory.rows import record_of
from baken.directory.tile_map import TileMap, tile_map
from baken.packs.pack import Pack
from baken.packs.points import load_points

SURE = (State.FRESH, State.DUE)
NEAR_KM = 30
"""How far somebody can go to a place to stay and still keep work, school or doctor: a choice of ours, shown with the map."""


def layer(kind: Kind, *, pack: Pack, audience: Audience, now: dt.datetime, km: int = NEAR_KM) -> TileMap:
    """The map of who has a service of this kind, for the country of ``pack``, as these readers may know it."""
    services = with_checks(visible_to(audience).filter(kind=kind, country=pack.country.upper()))
    serving = [serves for service in services for serves in _serving(service, pack, km, now)]
    if kind is Kind.FOCAL_POINT:
        serving += _own_focal_points(pack)
    found = coverage(pack.places.municipalities, serving)
    counts = Counter(found.values())
    unchecked, unknown = counts[Coverage.UNCONFIRMED], counts[Coverage.NONE_KNOWN]
    return tile_map(
        key=f"map-{kind.value.replace('_', '-')}",
        title=str(LAYERS[kind]),
        about=about(len(found) - unchecked - unknown, unchecked, unknown),
        answers=answers(),
        by_municipality={code: str(how) for code, how in found.items()},
        country=pack.country,
    )


def _serving(service: models.Service, pack: Pack, km: int, now: dt.datetime) -> Iterator[Serves]:
    confirmed = standing_of(service, now=now).state in SURE
    record = record_of(service)
    if record.kind == Kind.SHELTER:
        yield from _within(record, pack, km, confirmed=confirmed)
    codes = frozenset(code for code in reach_of(record, pack) if code in pack.places.municipalities)
    if not record.areas or not codes or any(area.kind == "country" for area in record.areas):
        return
    if len(codes) == 1:
        yield own(*codes, confirmed=confirmed)
    else:
        yield through_region(codes, confirmed=confirmed)


def _within(record: ServiceRecord, pack: Pack, km: int, *, confirmed: bool) -> Iterator[Serves]:
    points = load_points(pack.country)
    centres = {place.location.municipality for place in record.places} & points.by_code.keys()
    if centres:
        yield within_reach(points, centres, km, confirmed=confirmed)


def _own_focal_points(pack: Pack) -> Iterator[Serves]:
    """Focal points of organisations that use Baken themselves: nobody is surer of them than this installation."""
    for region in pack.regions.get("focal_point", {}).values():
        for code in region.municipalities:
            yield own(code, confirmed=region.confidence != "unconfirmed")
