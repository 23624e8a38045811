"""Tables of reports. What people wrote is not in here: it is sealed in the vault, and found there by kind and id."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from baken.classification import Kept, kept_internal, kept_personal, kept_secret
from baken.people.models import Member, Organisation
from baken.reports.states import State

if TYPE_CHECKING:
    from collections.abc import Mapping

KEPT = "until the clock of its category ends, then a tombstone"
TOMBSTONE = "stays on the tombstone"
STATES = [str(state) for state in State]
MANNERS = ("named", "confidential", "anonymous")
PARTS = ("situation", "facts", "opinion", "place", "reach", "reporter")
"""What a report is made of; each part is sealed by itself, so that one can be shared without the other."""


class Report(models.Model):
    """What a professional hands to a focal point, about a person or a place. Only its course is in this table."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("address of its pages", TOMBSTONE),
            "reference": kept_internal("people name a report by it", TOMBSTONE),
            "organisation": kept_internal("who received it", TOMBSTONE),
            "manner": kept_internal("named, confidential or anonymous", TOMBSTONE),
            "urgent": kept_internal("which clock runs", KEPT),
            "language": kept_personal("language of the feedback", KEPT),
            "reporter": kept_personal("who hears back; empty when anonymous", KEPT),
            "receipt_lookup": kept_secret("finds the report of a receipt; does not lead back to it", KEPT),
            "receipt_public": kept_internal("sealing answers for the receipt", KEPT),
            "assignee": kept_personal("whose work it is", KEPT),
            "state": kept_internal("its course", TOMBSTONE),
            "version": kept_internal("two colleagues at once do not overwrite each other", TOMBSTONE),
            "received_at": kept_internal("clocks", TOMBSTONE),
            "acknowledged_at": kept_internal("clocks", TOMBSTONE),
            "triaged_at": kept_internal("clocks", TOMBSTONE),
            "decided_at": kept_internal("clocks", TOMBSTONE),
            "closed_at": kept_internal("clocks", TOMBSTONE),
            "feedback_at": kept_internal("did the reporter hear back?", TOMBSTONE),
            "due_at": kept_internal("the clock that ends first", KEPT),
            "due_clock": kept_internal("which clock that is", KEPT),
            "reminded": kept_internal("which reminders were sent", KEPT),
            "category": kept_internal("how long it is kept after closing", TOMBSTONE),
            "erase_on": kept_internal("when its content goes", TOMBSTONE),
            "held_at": kept_internal("legal hold: the content stays", KEPT),
            "erased_at": kept_internal("its content is gone", TOMBSTONE),
            "is_test": kept_internal("made while setting up, or in the demo", TOMBSTONE),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=12, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reports")
    manner = models.CharField(max_length=12)
    urgent = models.BooleanField(default=False)
    language = models.CharField(max_length=5, default="nl")
    reporter = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    receipt_lookup = models.CharField(max_length=32, null=True, blank=True, unique=True)
    receipt_public = models.BinaryField(null=True, blank=True)
    assignee = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=State.RECEIVED)
    version = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    triaged_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    feedback_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    due_clock = models.CharField(max_length=20, blank=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    category = models.CharField(max_length=40, blank=True)
    erase_on = models.DateField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    is_test = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=STATES), name="reports_state_known"),
            models.CheckConstraint(condition=Q(manner__in=MANNERS), name="reports_manner_known"),
            models.CheckConstraint(
                condition=~Q(manner="anonymous") | Q(reporter__isnull=True), name="reports_anonymous_has_no_reporter"
            ),
            models.CheckConstraint(
                condition=Q(receipt_lookup__isnull=True, receipt_public__isnull=True)
                | Q(receipt_lookup__isnull=False, receipt_public__isnull=False),
                name="reports_receipt_whole",
            ),
            models.CheckConstraint(
                condition=Q(reporter__isnull=False) | Q(receipt_lookup__isnull=False) | Q(erased_at__isnull=False),
                name="reports_somebody_hears_back",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(erased_at__isnull=True)),
                name="reports_closed_has_date",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(held_at__isnull=True), name="reports_held_is_not_erased"
            ),
        )
        indexes = (
            models.Index(fields=("organisation", "state", "due_at"), name="reports_by_due"),
            models.Index(fields=("organisation", "-received_at"), name="reports_by_date"),
            models.Index(
                fields=("organisation", "due_at", "id"), name="reports_clock_runs", condition=Q(due_at__isnull=False)
            ),
            models.Index(
                fields=("organisation", "received_at", "id"),
                name="reports_clock_stands",
                condition=Q(due_at__isnull=True) & ~Q(state="closed"),
            ),
            models.Index(
                fields=("organisation", "-closed_at", "id"), name="reports_by_closing", condition=Q(state="closed")
            ),
            models.Index(fields=("assignee", "state"), name="reports_by_assignee"),
            models.Index(fields=("reporter", "-received_at"), name="reports_by_reporter"),
            models.Index(fields=("due_at",), name="reports_due"),
            models.Index(fields=("erase_on",), name="reports_erase_on"),
        )

    def __str__(self) -> str:
        return self.reference


class Step(models.Model):
    """One change of state: what the reporter follows like a parcel, and what the clocks are read from."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("administration", TOMBSTONE),
            "report": kept_internal("which report", TOMBSTONE),
            "number": kept_internal("order", TOMBSTONE),
            "state": kept_internal("its course", TOMBSTONE),
            "at": kept_internal("its course", TOMBSTONE),
            "by": kept_personal("who did it", KEPT),
        }

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("report", "number"), name="reports_step_once"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="reports_step_state_known"),
        )

    def __str__(self) -> str:
        return f"{self.report_id} {self.number} {self.state}"
