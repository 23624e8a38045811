"""Tables of what is said about a report: messages, notes, files, links. The texts themselves are sealed."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q

from baken.classification import Kept, kept_internal, kept_personal
from baken.people.models import Member
from baken.reports.models.report import Report

if TYPE_CHECKING:
    from collections.abc import Mapping

WITH_REPORT = "as long as its report"


class Message(models.Model):
    """One message between the reporter and the focal point. The text is sealed as kind ``message``, field ``text``."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("finds the sealed text", WITH_REPORT),
            "report": kept_internal("which report", WITH_REPORT),
            "at": kept_internal("order", WITH_REPORT),
            "from_reporter": kept_internal("who speaks", WITH_REPORT),
            "by": kept_personal("which focal point wrote it", WITH_REPORT),
            "is_feedback": kept_internal("this one tells how it ended", WITH_REPORT),
            "read_at": kept_internal("was it seen by the other side?", WITH_REPORT),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="messages")
    at = models.DateTimeField()
    from_reporter = models.BooleanField()
    by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_feedback = models.BooleanField(default=False)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(from_reporter=False) | (Q(by__isnull=True) & Q(is_feedback=False)),
                name="reports_message_of_reporter",
            ),
        )
        indexes = (models.Index(fields=("report", "at"), name="reports_message_order"),)

    def __str__(self) -> str:
        return f"message {self.id}"


class Note(models.Model):
    """One internal note: never for the reporter. The text is sealed as kind ``note``, field ``text``."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("finds the sealed text", WITH_REPORT),
            "report": kept_internal("which report", WITH_REPORT),
            "at": kept_internal("order", WITH_REPORT),
            "by": kept_personal("who wrote it", WITH_REPORT),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="notes")
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"note {self.id}"


class Attachment(models.Model):
    """One file: sealed as kind ``attachment``, field ``file``; its name and type as field ``name`` (JSON)."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("finds the sealed file", WITH_REPORT),
            "report": kept_internal("which report", WITH_REPORT),
            "message": kept_internal("which message it came with", WITH_REPORT),
            "at": kept_internal("order", WITH_REPORT),
            "from_reporter": kept_internal("who added it", WITH_REPORT),
            "size": kept_internal("shown beside the link", WITH_REPORT),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="attachments")
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.CASCADE, related_name="attachments")
    at = models.DateTimeField()
    from_reporter = models.BooleanField()
    size = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"attachment {self.id}"


class Link(models.Model):
    """Two reports of one organisation that are about the same person or the same place."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("administration", WITH_REPORT),
            "first": kept_internal("one report", WITH_REPORT),
            "second": kept_internal("the other report", WITH_REPORT),
            "why": kept_internal("same person or same place", WITH_REPORT),
            "at": kept_internal("administration", WITH_REPORT),
            "by": kept_personal("who linked them", WITH_REPORT),
        }

    first = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("first", "second"), name="reports_link_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="reports_link_ordered"),
            models.CheckConstraint(condition=Q(why__in=("person", "place")), name="reports_link_why_known"),
        )

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"
