"""The map in the forms in which it goes out, for the command line and for pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from baken.audit.heads import signing_key
from baken.directory.exchange.geojson import to_geojson
from baken.directory.exchange.hsds import to_hsds
from baken.directory.exchange.loading import documents_for
from baken.directory.exchange.plain_csv import to_csv
from baken.directory.exchange.signed import signed_map
from baken.directory.exchange.tabular import to_package
from baken.directory.exchange.writing import service_data
from baken.directory.queries import Audience, first_due


def as_hsds(audience: Audience, now: dt.datetime) -> bytes:
    """HSDS 3.1 in nested JSON."""
    return to_hsds(documents_for(audience, now), timezone.localdate(now))


def as_package(audience: Audience, now: dt.datetime) -> bytes:
    """HSDS 3.1 as a tabular data package."""
    today = timezone.localdate(now)
    return to_package(service_data(item, today) for item in documents_for(audience, now))


def as_csv(audience: Audience, now: dt.datetime) -> bytes:
    """One table for editors."""
    return to_csv(documents_for(audience, now))


def as_geojson(_audience: Audience, now: dt.datetime) -> bytes:
    """Public places with a point, whoever asks."""
    return to_geojson(documents_for("public", now))


def as_signed(_audience: Audience, now: dt.datetime) -> bytes:
    """The public map, signed with the key that also signs the heads of the audit."""
    today = timezone.localdate(now)
    return signed_map(documents_for("public", now), due=first_due("public"), key=signing_key(), now=now, today=today)


FORMS: dict[str, tuple[str, Callable[[Audience, dt.datetime], bytes]]] = {
    "hsds": ("json", as_hsds),
    "tabular": ("zip", as_package),
    "csv": ("csv", as_csv),
    "geojson": ("geojson", as_geojson),
    "signed": ("json", as_signed),
}
"""Name of a form -> how its file ends, and what makes it."""
