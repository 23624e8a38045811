"""The services of a pack into the map: what is not there is added; what was changed here is told, and left."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from baken.directory import models
from baken.directory.actions.putting import NotListedError, Via, changed_names, put
from baken.directory.from_pack import starting_records
from baken.directory.index import rebuild
from baken.directory.rows import record_of, whole
from baken.packs.loader import load_pack
from baken.packs.services import load_services


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of it. ``differing`` maps the key of a service to the fields in which map and pack differ."""

    added: tuple[str, ...]
    differing: dict[str, tuple[str, ...]]
    left_out: tuple[str, ...]
    same: int


def load(*, country: str, now: dt.datetime, take_over: bool = False) -> Loaded:
    """Bring the services of a country's pack into the map, all in one transaction.

    A service that is there is left as it is, because somebody may have corrected it; with ``take_over`` the pack is followed.
    Raises UnknownPackError and PackError.
    """
    added: list[str] = []
    differing: dict[str, tuple[str, ...]] = {}
    left_out: list[str] = []
    same = 0
    with transaction.atomic():
        records = dict(starting_records(load_services(country), load_pack(country)))
        ids = [record.id for record in records.values()]
        there = {item.pk: record_of(item) for item in whole(models.Service.objects.filter(pk__in=ids))}
        for key, record in records.items():
            before = there.get(record.id)
            if before is not None and not (changed := changed_names(before, record)):
                same += 1
            elif before is not None and not take_over:
                differing[key] = changed
            else:
                try:
                    put(by=None, record=record, via=Via.PACK, now=now, key=key, indexed=False)
                except NotListedError:
                    left_out.append(key)
                else:
                    added.append(key)
        if added:
            rebuild(now=now)
    return Loaded(tuple(added), differing, tuple(left_out), same)
