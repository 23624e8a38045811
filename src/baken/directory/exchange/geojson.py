"""Places that everybody may know, as GeoJSON (RFC 7946). A confidential place is not in it, not even roughly. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from baken.directory.exchange.documents import Document
from baken.directory.exchange.hsds import encoded
from baken.directory.exchange.ids import place_id
from baken.directory.records import PlacedRecord, ServiceRecord


def to_geojson(documents: Iterable[Document]) -> bytes:
    """One point for each service at each place whose point is known and public."""
    features = [
        feature for item in sorted(documents, key=lambda item: item.record.id) for feature in _features(item.record)
    ]
    return encoded({"type": "FeatureCollection", "features": features})


def _features(record: ServiceRecord) -> Iterator[dict[str, Any]]:
    if record.kind == "shelter" or record.visibility != "public":
        return
    for place in record.places:
        here = place.location
        if here.confidential or here.latitude is None or here.longitude is None:
            continue
        yield {
            "type": "Feature",
            "id": str(place_id(record.id, here.id)),
            "geometry": {"type": "Point", "coordinates": [here.longitude, here.latitude]},
            "properties": _properties(record, place),
        }


def _properties(record: ServiceRecord, place: PlacedRecord) -> dict[str, Any]:
    phones = place.phones or record.phones
    address = place.location.address
    return {
        "service_id": str(record.id),
        "name": record.name,
        "provider": record.provider.name,
        "kind": record.kind,
        "status": record.status,
        "telephone": [phone.number for phone in phones],
        "opening_hours": place.hours or record.hours,
        "url": record.url,
        "address": f"{address.address_1}, {address.postal_code} {address.city}" if address else "",
        "municipality": place.location.municipality,
    }
