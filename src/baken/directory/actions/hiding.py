"""A place that becomes confidential: what the map once wrote down of its address goes from the log and from proposals too."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from baken.directory import models
from baken.directory.records import LocationRecord, ServiceRecord

SHORTEST = 5
"""Letters of a text that names a place. A shorter one is in too many other words and numbers."""


@dataclass(frozen=True, slots=True)
class Exposed:
    """Places that stop being known: their ids, and the streets and postcodes by which they were known."""

    places: frozenset[uuid.UUID] = frozenset()
    texts: frozenset[str] = frozenset()


def exposed_by(before: ServiceRecord | None, after: ServiceRecord) -> Exposed:
    """What must be forgotten when ``after`` is written. Ask before it is.

    A confidential place may have been known, here or through another service; or it may come, under another id, instead of one
    that was.
    """
    confidential = {place.location.id for place in after.places if place.location.confidential}
    if not confidential:
        return Exposed()
    known = list(models.Location.objects.filter(pk__in=confidential, confidential=False))
    gone = _gone(before, after) if before and confidential - _confidential(before) else []
    texts = {text for row in known for text in (row.address_1, row.postal_code)}
    texts |= {text for place in gone if place.address for text in (place.address.address_1, place.address.postal_code)}
    return Exposed(
        frozenset(row.pk for row in known) | {place.id for place in gone},
        frozenset(text for text in texts if len(text) >= SHORTEST),
    )


def _confidential(record: ServiceRecord) -> set[uuid.UUID]:
    return {place.location.id for place in record.places if place.location.confidential}


def _gone(before: ServiceRecord, after: ServiceRecord) -> list[LocationRecord]:
    """Places of the service that were known and are no longer."""
    still = {place.location.id for place in after.places if not place.location.confidential}
    return [
        place.location for place in before.places if not place.location.confidential and place.location.id not in still
    ]


def forget(service: models.Service, exposed: Exposed) -> None:
    """Clear the texts in the log that tell where these places are, and take the addresses out of the proposals.

    The log still says that something changed, when, and by which road. Call it in the transaction that hides the places.
    """
    if not exposed.places:
        return
    # A change of places is written with the ids of the places, so one search finds every service that ever had one.
    found = _either(Q(field="places"), (str(place) for place in exposed.places))
    found |= _either(Q(service=service), exposed.texts)
    models.Change.objects.filter(found).update(before="", after="")
    shared = Q(service=service) | Q(service__at_locations__location__in=exposed.places)
    for proposal in models.Proposal.objects.filter(shared).distinct():
        before, after = _without(proposal.before, exposed.texts), _without(proposal.after, exposed.texts)
        if (before, after) != (proposal.before, proposal.after):
            proposal.before, proposal.after = before, after
            proposal.save(update_fields=["before", "after"])


def _either(within: Q, texts: Iterable[str]) -> Q:
    """Changes that say one of the texts; none without a text."""
    said = Q(pk__in=[])
    for text in texts:
        said |= Q(before__contains=text) | Q(after__contains=text)
    return within & said


def _without(part: Any, texts: frozenset[str]) -> Any:
    """The same JSON with these texts cut out of its texts."""
    if isinstance(part, dict):
        return {name: _without(value, texts) for name, value in part.items()}
    if isinstance(part, list):
        return [_without(value, texts) for value in part]
    if isinstance(part, str):
        for text in texts:
            part = part.replace(text, "")
    return part
