"""What belongs to a service, one row each; ``position`` keeps the order that the editor gave."""

from __future__ import annotations

import uuid
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from baken.classification import Kept, kept_open
from baken.directory.codes import TAXONOMIES, Channel, values
from baken.directory.models.place import Location, ServiceAtLocation
from baken.directory.models.service import LISTED, Provider, Service

if TYPE_CHECKING:
    from collections.abc import Mapping

PHONE_KINDS = ("voice", "text", "fax", "textphone", "video")
KNOWN_CODES = reduce(or_, (Q(taxonomy=name, code__in=values(codes)) for name, codes in TAXONOMIES.items()))


def _open(*names: str) -> Mapping[str, Kept]:
    return dict.fromkeys(("id", *names), kept_open("the social map", LISTED))


class Detail(models.Model):
    """What the tables of this file share."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ("position",)


class Identifier(Detail):
    """The number of a provider in a register."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = _open("position", "provider", "scheme", "identifier")

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=40)
    identifier = models.CharField(max_length=60)

    class Meta(Detail.Meta):
        constraints = (
            models.UniqueConstraint(fields=("provider", "scheme"), name="directory_one_number_per_register"),
        )

    def __str__(self) -> str:
        return f"{self.scheme} {self.identifier}"


class Attribute(Detail):
    """A code of the profile on a service."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = _open("position", "service", "taxonomy", "code")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="attributes")
    taxonomy = models.CharField(max_length=30)
    code = models.CharField(max_length=30)

    class Meta(Detail.Meta):
        constraints = (
            models.UniqueConstraint(fields=("service", "taxonomy", "code"), name="directory_code_once"),
            models.CheckConstraint(condition=KNOWN_CODES, name="directory_code_known"),
        )

    def __str__(self) -> str:
        return f"{self.taxonomy}:{self.code}"


class Phone(Detail):
    """A number of a service, or of a service at one place."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = _open(
            "position", "service", "at_location", "number", "kind", "extension", "description", "languages"
        )

    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.CASCADE, related_name="phones")
    at_location = models.ForeignKey(
        ServiceAtLocation, null=True, blank=True, on_delete=models.CASCADE, related_name="phones"
    )
    number = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, default="voice")
    extension = models.CharField(max_length=10, blank=True)
    description = models.CharField(max_length=200, blank=True)
    languages = models.JSONField(default=list, blank=True)

    class Meta(Detail.Meta):
        constraints = (
            models.CheckConstraint(
                condition=Q(service__isnull=True, at_location__isnull=False)
                | Q(service__isnull=False, at_location__isnull=True),
                name="directory_phone_of_one",
            ),
            models.CheckConstraint(condition=~Q(number="") & Q(kind__in=PHONE_KINDS), name="directory_phone_whole"),
        )

    def __str__(self) -> str:
        return self.number


class SpokenLanguage(Detail):
    """A language that is spoken there."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = _open("position", "service", "code", "note")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(max_length=3)
    note = models.CharField(max_length=200, blank=True)

    class Meta(Detail.Meta):
        constraints = (models.UniqueConstraint(fields=("service", "code"), name="directory_language_once"),)

    def __str__(self) -> str:
        return self.code


class ServiceArea(Detail):
    """Where people must live or be: a country, a municipality, or a region of the pack."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = _open("position", "service", "kind", "code", "name")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="areas")
    kind = models.CharField(max_length=30)
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200, blank=True)

    class Meta(Detail.Meta):
        constraints = (models.UniqueConstraint(fields=("service", "kind", "code"), name="directory_area_once"),)
        indexes = (models.Index(fields=("kind", "code"), name="directory_area_of"),)

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}"


class RequiredDocument(Detail):
    """A paper to bring."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = _open("position", "service", "document", "url")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="documents")
    document = models.CharField(max_length=300)
    url = models.URLField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.document


class Accessibility(Detail):
    """Who can get in and be understood there."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = _open("position", "location", "description", "details", "url")

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="accessibility")
    description = models.CharField(max_length=300)
    details = models.TextField(blank=True)
    url = models.URLField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.description


class CostOption(Detail):
    """What it costs."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = _open(
            "position", "service", "option", "amount", "currency", "description"
        )

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="costs")
    option = models.CharField(max_length=200)
    amount = models.CharField(max_length=20, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    description = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.option


class ReferralStep(Detail):
    """One step of referring somebody: HSDS has no place for it, so it is exported as attributes of the profile."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = _open(
            "position", "service", "channel", "description", "consent_needed", "to_have_ready", "not_to_send"
        )

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="referral")
    channel = models.CharField(max_length=12, blank=True)
    description = models.TextField(blank=True)
    consent_needed = models.BooleanField(null=True, blank=True)
    to_have_ready = models.TextField(blank=True)
    not_to_send = models.TextField(blank=True)

    class Meta(Detail.Meta):
        constraints = (
            models.CheckConstraint(condition=Q(channel__in=["", *values(Channel)]), name="directory_channel_known"),
        )

    def __str__(self) -> str:
        return f"{self.position}: {self.channel}"


class Capacity(Detail):
    """Free places at one moment."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = _open(
            "position", "service", "unit", "available", "maximum", "updated", "description"
        )

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="capacity")
    unit = models.CharField(max_length=60)
    available = models.PositiveIntegerField()
    maximum = models.PositiveIntegerField(null=True, blank=True)
    updated = models.DateTimeField()
    description = models.CharField(max_length=300, blank=True)

    class Meta(Detail.Meta):
        constraints = (models.UniqueConstraint(fields=("service", "unit"), name="directory_capacity_once"),)

    def __str__(self) -> str:
        return f"{self.available} {self.unit}"
