"""Places. Of a confidential place the database refuses an address and a point."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from baken.classification import Kept, kept_open
from baken.directory.models.service import LISTED, Service

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCATION_KINDS = ("physical", "postal", "virtual")
NOWHERE = Q(address_1="", postal_code="", city="", province="", latitude__isnull=True, longitude__isnull=True)
"""No address and no point at all."""


class Location(models.Model):
    """A place where services are. ``municipality`` is a code of the pack, and all that is known of a confidential place."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = dict.fromkeys(
            (
                "id",
                "name",
                "kind",
                "municipality",
                "confidential",
                "address_1",
                "postal_code",
                "city",
                "province",
                "country",
                "latitude",
                "longitude",
                "transportation",
            ),
            kept_open("the social map; a confidential place has no address here", LISTED),
        )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, default="physical")
    municipality = models.CharField(max_length=10, blank=True)
    confidential = models.BooleanField(default=False)
    address_1 = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=12, blank=True)
    city = models.CharField(max_length=100, blank=True)
    province = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=2, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    transportation = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=LOCATION_KINDS), name="directory_location_kind_known"),
            models.CheckConstraint(condition=Q(confidential=False) | NOWHERE, name="directory_hidden_has_no_address"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="directory_point_whole",
            ),
        )

    def __str__(self) -> str:
        return self.name or str(self.id)


class ServiceAtLocation(models.Model):
    """A service at one place, with the hours that hold there only."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = dict.fromkeys(
            ("id", "service", "location", "position", "hours", "description"), kept_open("the social map", LISTED)
        )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="at_locations")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="at_services")
    position = models.PositiveSmallIntegerField(default=0)
    hours = models.CharField(max_length=500, blank=True)
    description = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("service", "location"), name="directory_once_at_a_place"),)

    def __str__(self) -> str:
        return f"{self.service_id} at {self.location_id}"
