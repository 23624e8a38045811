"""What the map knows about the doors of the router: a correction here is at the right door at once, and so is a closed door.

Read at most once in ``FRESH`` seconds per process, because every page asks. A database that does not answer costs the public
pages nothing but this: they then show the doors of the pack.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import time
from dataclasses import dataclass
from typing import Any

import phonenumbers
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from pydantic import ValidationError

from baken.directory import models
from baken.directory.codes import ServiceStatus, Visibility
from baken.directory.facts import BETWEEN
from baken.directory.queries import services_of_doors
from baken.packs.schema.doors import Hours, Phone
from baken.recognise.current import NO_DOORS, LocalDoors
from baken.routes.router import dialled_number

FRESH = 5.0
CLOSED = "off"
"""Never open, in the syntax of OpenStreetMap."""


@dataclass(slots=True)
class _Remembered:
    doors: LocalDoors = NO_DOORS
    until: float = 0.0


_remembered = _Remembered()


def forget() -> None:
    """Read again at the next page."""
    _remembered.until = 0.0
    _remembered.doors = NO_DOORS


def known_doors() -> LocalDoors:
    """What the map knows better than the pack, per door. Never fails."""
    moment = time.monotonic()
    if moment >= _remembered.until:
        try:
            _remembered.doors = _read()
        except DatabaseError:
            _remembered.doors = NO_DOORS
        _remembered.until = moment + FRESH
    return _remembered.doors


def _read() -> LocalDoors:
    """One query for the services that are doors, and one for their numbers, and one for those that can be linked to.

    The router is public: of a door that not everybody may see it says what the pack says, and nothing that was written here.
    """
    services = (
        models.Service.objects.filter(country=settings.BAKEN_COUNTRY.upper(), visibility=Visibility.PUBLIC)
        .exclude(door="")
        .exclude(door__contains=BETWEEN)
        .select_related("provider")
        .prefetch_related("phones")
    )
    known = {service.door: facts for service in services if (facts := _facts(service))}
    linked = services_of_doors(settings.BAKEN_COUNTRY)
    if not known:
        return LocalDoors("", services=linked)
    written = json.dumps(known, sort_keys=True, default=str)
    return LocalDoors(hashlib.sha256(written.encode()).hexdigest(), known, linked)


def _facts(service: models.Service) -> dict[str, Any]:
    """Fields of the pack's door. Hours and numbers say themselves where they come from."""
    facts: dict[str, Any] = {}
    seen = _seen(service)
    if phones := [found for phone in service.phones.all() if (found := _phone(phone, service.country, seen))]:
        facts["phones"] = phones
    if service.hours:
        facts["hours"] = Hours(osm=service.hours, **seen)
    if service.status != ServiceStatus.ACTIVE:
        facts["hours"] = Hours(osm=CLOSED, **seen)
    if service.url:
        facts["url"] = service.url
    if service.verified_at and service.due_on:
        facts |= {
            "checked_on": service.verified_at.date(),
            "check_by": service.due_on,
            "confidence": "confirmed" if _is_sure(service) else "reported",
        }
    return facts


def _is_sure(service: models.Service) -> bool:
    """Was all that it says made sure of in time? What is corrected after that is due at once, until somebody calls."""
    return service.verified_at is not None and service.due_on is not None and service.due_on > timezone.localdate()


def _phone(phone: models.Phone, country: str, seen: dict[str, Any]) -> Phone | None:
    """The number as a pack writes it: people also write dots and brackets. None when nobody could dial it."""
    for write in (str, lambda number: dialled_number(number, country)):
        try:
            return Phone(number=write(phone.number), label=phone.description or None, **seen)
        except (ValidationError, phonenumbers.NumberParseException):
            continue
    return None


def _seen(service: models.Service) -> dict[str, Any]:
    checked: dt.datetime = service.verified_at or service.edited_at
    return {
        "source": service.provider.name,
        "checked_on": checked.date(),
        "confidence": "confirmed" if _is_sure(service) else "reported",
    }
