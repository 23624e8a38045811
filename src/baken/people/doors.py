"""The own focal point at the right door: organisations that are set up, as regions of the pack.

Read at most once in ``FRESH`` seconds per process, because every page asks. A database that does not answer costs the
public pages nothing but this: they then show the doors of the pack alone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from dataclasses import dataclass

from django.db import DatabaseError
from django.utils import timezone

from baken.packs.schema.info import Region
from baken.people.models import Organisation
from baken.recognise.current import NOTHING, LocalRegions

FRESH = 5.0
VALID_DAYS = 90


@dataclass(slots=True)
class _Remembered:
    regions: LocalRegions = NOTHING
    until: float = 0.0


_remembered = _Remembered()


def forget() -> None:
    """Read again at the next page."""
    _remembered.until = 0.0


def own_focal_points() -> LocalRegions:
    """The doors of organisations, those of municipalities first. Never fails."""
    moment = time.monotonic()
    if moment >= _remembered.until:
        try:
            _remembered.regions = _read(timezone.localdate())
        except DatabaseError:
            _remembered.regions = NOTHING
        _remembered.until = moment + FRESH
    return _remembered.regions


def _read(today: dt.date) -> LocalRegions:
    found = Organisation.objects.filter(set_up_at__isnull=False)
    ordered = sorted(found, key=lambda item: (item.kind != "municipal", item.name))
    regions = tuple(
        ("focal_point", f"own_{item.pk.hex}", _region(item, today)) for item in ordered if item.municipalities
    )
    written = "".join(code + region.model_dump_json() for _kind, code, region in regions)
    return LocalRegions(hashlib.sha256(written.encode()).hexdigest() if regions else "", regions)  # type: ignore[arg-type]


def _region(organisation: Organisation, today: dt.date) -> Region:
    checked = (organisation.set_up_at or timezone.now()).date()
    return Region(
        name=organisation.name,
        municipalities=list(organisation.municipalities),
        own=True,
        phone=organisation.phone or None,
        email=organisation.email or None,
        source=organisation.name if len(organisation.name) > 2 else f"{organisation.name} (Baken)",
        checked_on=checked,
        check_by=max(checked, today) + dt.timedelta(days=VALID_DAYS),
        confidence="confirmed",
    )
