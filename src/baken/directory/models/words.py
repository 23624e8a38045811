"""Texts in other languages, and what was changed when: apart from the service, so that neither makes it look fresh."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from baken.classification import Kept, kept_internal, kept_open, kept_personal
from baken.directory.models.service import LISTED, Service
from baken.directory.words import TRANSLATED
from baken.people.models import Member

if TYPE_CHECKING:
    from collections.abc import Mapping


VIA = ("editor", "owner", "import", "pack", "job")


class Translation(models.Model):
    """One text in one other language. When ``source_hash`` is no longer that of the source, the translation is outdated."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            **dict.fromkeys(
                ("id", "service", "field", "language", "text", "reviewed"), kept_open("the social map", LISTED)
            ),
            "source_hash": kept_internal("is the translation outdated?", LISTED),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="translations")
    field = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    text = models.TextField()
    source_hash = models.CharField(max_length=16)
    reviewed = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("service", "field", "language"), name="directory_translation_once"),
            models.CheckConstraint(condition=Q(field__in=TRANSLATED), name="directory_translated_field_known"),
        )

    def __str__(self) -> str:
        return f"{self.field} in {self.language}"


class Change(models.Model):
    """One field that changed: HSDS calls it metadata. An edit log, not a verification."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            **dict.fromkeys(("id", "service", "at", "field", "before", "after"), kept_open("the social map", LISTED)),
            "via": kept_internal("by which road it came", LISTED),
            "by": kept_personal("which editor; never shown outside", LISTED),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    field = models.CharField(max_length=60)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    via = models.CharField(max_length=10)
    by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(via__in=VIA), name="directory_change_via_known"),)
        indexes = (models.Index(fields=("service", "-at"), name="directory_change_of"),)

    def __str__(self) -> str:
        return f"{self.field} of {self.service_id}"
