"""Who offers help, and what they offer."""

from __future__ import annotations

import secrets
import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q

from baken.classification import Kept, kept_internal, kept_open, kept_personal
from baken.directory.codes import Confidence, Kind, ServiceStatus, Visibility, values

if TYPE_CHECKING:
    from collections.abc import Mapping

LISTED = "as long as it is in the map"
CARD_LENGTH = 10
CARD_LETTERS = "23456789bcdfghjkmnpqrstvwxz"
"""No letters that look alike, and no vowels: no code is a word."""


def new_card() -> str:
    """A code for the card of a service, that says nothing about what it is."""
    return "".join(secrets.choice(CARD_LETTERS) for _ in range(CARD_LENGTH))


class Provider(models.Model):
    """Who offers services: HSDS calls it an organization. Not an organisation that works with Baken."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            **dict.fromkeys(
                ("id", "name", "description", "url", "email", "legal_status"), kept_open("the social map", LISTED)
            ),
            "owner_email": kept_personal("where the question whether it is still true goes", LISTED),
            "owner_language": kept_internal("the language of that mail", LISTED),
            "bounced_at": kept_internal("mail to the owner came back, so it is not sent again", LISTED),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    url = models.URLField(max_length=500, blank=True)
    email = models.EmailField(blank=True)
    legal_status = models.CharField(max_length=60, blank=True)
    owner_email = models.EmailField(blank=True)
    owner_language = models.CharField(max_length=5, default="nl")
    bounced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(name=""), name="directory_provider_has_name"),)

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """One service. Its hours are an OpenStreetMap string; "" is unknown. What is a ``door`` has its facts in the pack."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            **dict.fromkeys(
                (
                    "id",
                    "provider",
                    "name",
                    "alternate_name",
                    "description",
                    "language",
                    "country",
                    "kind",
                    "visibility",
                    "status",
                    "url",
                    "email",
                    "hours",
                    "interpretation",
                    "eligibility",
                    "minimum_age",
                    "maximum_age",
                    "alert",
                    "fees",
                    "free",
                    "door",
                    "card",
                    "custom",
                    "source_name",
                    "source_url",
                    "source_checked_on",
                    "source_check_by",
                    "confidence",
                    "edited_at",
                    "source_seen_at",
                    "verified_at",
                    "due_on",
                    "stale_hidden_at",
                ),
                kept_open("the social map", LISTED),
            ),
            "key": kept_internal("the id in the pack or import that it came from", LISTED),
            "source_hash": kept_internal("has the text of the source changed?", LISTED),
            "source_changed_at": kept_internal("when the source was seen to have changed", LISTED),
            "url_dead_since": kept_internal("a dead link brings the check forward", LISTED),
            "asked_at": kept_internal("the owner was asked whether it is still true", LISTED),
            "version": kept_internal("two editors at once do not overwrite each other", LISTED),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="services")
    key = models.CharField(max_length=120, null=True, blank=True, unique=True)
    door = models.CharField(max_length=60, blank=True)
    card = models.CharField(max_length=CARD_LENGTH, unique=True, default=new_card, editable=False)
    name = models.CharField(max_length=200)
    alternate_name = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    language = models.CharField(max_length=5, default="nl")
    country = models.CharField(max_length=2, default="NL")
    kind = models.CharField(max_length=20)
    visibility = models.CharField(max_length=15, default=Visibility.PUBLIC.value)
    status = models.CharField(max_length=20, default=ServiceStatus.ACTIVE.value)
    url = models.URLField(max_length=500, blank=True)
    email = models.EmailField(blank=True)
    hours = models.CharField(max_length=500, blank=True)
    interpretation = models.TextField(blank=True)
    eligibility = models.TextField(blank=True)
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    alert = models.TextField(blank=True)
    fees = models.TextField(blank=True)
    free = models.BooleanField(null=True, blank=True)
    custom = models.JSONField(default=list, blank=True)
    source_name = models.CharField(max_length=200)
    source_url = models.URLField(max_length=500, blank=True)
    source_checked_on = models.DateField(null=True, blank=True)
    source_check_by = models.DateField(null=True, blank=True)
    confidence = models.CharField(max_length=12, default=Confidence.UNCONFIRMED.value)
    source_hash = models.CharField(max_length=64, blank=True)
    edited_at = models.DateTimeField()
    source_seen_at = models.DateTimeField(null=True, blank=True)
    source_changed_at = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    stale_hidden_at = models.DateTimeField(null=True, blank=True)
    url_dead_since = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(name="") & ~Q(source_name=""), name="directory_service_named"),
            models.CheckConstraint(condition=Q(kind__in=values(Kind)), name="directory_service_kind_known"),
            models.CheckConstraint(condition=Q(visibility__in=values(Visibility)), name="directory_service_visibility"),
            models.CheckConstraint(
                condition=Q(status__in=values(ServiceStatus)), name="directory_service_status_known"
            ),
            models.CheckConstraint(condition=Q(confidence__in=values(Confidence)), name="directory_service_confidence"),
            models.CheckConstraint(
                condition=Q(minimum_age__isnull=True)
                | Q(maximum_age__isnull=True)
                | Q(minimum_age__lte=F("maximum_age")),
                name="directory_service_ages_in_order",
            ),
            models.UniqueConstraint(
                fields=("country", "door"), condition=~Q(door=""), name="directory_one_service_per_door"
            ),
        )
        indexes = (
            models.Index(fields=("due_on",), name="directory_service_due"),
            models.Index(fields=("kind", "visibility"), name="directory_service_kind"),
        )

    def __str__(self) -> str:
        return self.name
