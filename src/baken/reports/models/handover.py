"""Tables of hand-overs and of questions to an expert elsewhere. The texts themselves are sealed."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q

from baken.classification import Kept, kept_internal, kept_personal, kept_secret
from baken.people.models import Member, Organisation
from baken.reports.models.dialogue import WITH_REPORT
from baken.reports.models.report import Report
from baken.reports.models.sharing import Decision

if TYPE_CHECKING:
    from collections.abc import Mapping

WAYS = ("baken", "page", "paper")
HANDOVER_STATES = ("offered", "accepted", "declined", "withdrawn", "expired", "finished")


class Handover(models.Model):
    """Chosen parts of a report, passed to another organisation: on Baken, through a one-time page, or on paper.

    Sealed as kind ``handover``: ``message`` (word to the recipient), ``party`` (who, when not on Baken), ``answer`` (reason of a
    refusal, or the outcome).
    """

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("address of its pages", WITH_REPORT),
            "report": kept_internal("which report", WITH_REPORT),
            "decision": kept_internal("the footing it leans on", WITH_REPORT),
            "way": kept_internal("on Baken, one-time page or paper", WITH_REPORT),
            "recipient": kept_internal("which organisation", WITH_REPORT),
            "party": kept_internal("kind of party, when not on Baken", WITH_REPORT),
            "parts": kept_internal("which parts, and which files", WITH_REPORT),
            "state": kept_internal("its course", WITH_REPORT),
            "version": kept_internal("two colleagues at once do not overwrite each other", WITH_REPORT),
            "offered_at": kept_internal("when", WITH_REPORT),
            "offered_by": kept_personal("who offered", WITH_REPORT),
            "expires_at": kept_internal("until when it can be read", WITH_REPORT),
            "answered_at": kept_internal("when it was accepted or declined", WITH_REPORT),
            "answered_by": kept_personal("who answered", WITH_REPORT),
            "finished_at": kept_internal("when the outcome came", WITH_REPORT),
            "outcome": kept_internal("code of the outcome", WITH_REPORT),
            "lookup": kept_secret("finds the one-time page; does not lead back to its passcode", WITH_REPORT),
            "public": kept_internal("sealing for the one-time page", WITH_REPORT),
            "wrong_tries": kept_internal("the sender sees that somebody is guessing", WITH_REPORT),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="handovers")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=6)
    recipient = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    party = models.CharField(max_length=40, blank=True)
    parts = models.JSONField()
    state = models.CharField(max_length=10, default="offered")
    version = models.PositiveIntegerField(default=1)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    lookup = models.CharField(max_length=32, null=True, blank=True, unique=True)
    public = models.BinaryField(null=True, blank=True)
    wrong_tries = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=HANDOVER_STATES), name="reports_handover_state_known"),
            models.CheckConstraint(condition=Q(way__in=WAYS), name="reports_handover_way_known"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("offered_at")), name="reports_handover_expires"),
            models.CheckConstraint(
                condition=Q(way="baken", recipient__isnull=False, party="")
                | (~Q(way="baken") & Q(recipient__isnull=True) & ~Q(party="")),
                name="reports_handover_for_one",
            ),
        )
        indexes = (models.Index(fields=("recipient", "state"), name="reports_handover_to"),)

    def __str__(self) -> str:
        return f"handover {self.id}"


class Opening(models.Model):
    """One time that a one-time page was opened. Not by whom: nothing of the visitor is kept."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("administration", WITH_REPORT),
            "handover": kept_internal("which page", WITH_REPORT),
            "at": kept_internal("when it was opened", WITH_REPORT),
        }

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="openings")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"opening of {self.handover_id}"


class Consultation(models.Model):
    """A question to an expert of another organisation, without identity.

    Sealed as kind ``consultation``: ``question`` and ``answer``.
    """

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("address of its pages", WITH_REPORT),
            "report": kept_internal("which report", WITH_REPORT),
            "asked": kept_internal("which organisation was asked", WITH_REPORT),
            "asked_at": kept_internal("when", WITH_REPORT),
            "asked_by": kept_personal("who asked", WITH_REPORT),
            "answered_at": kept_internal("when the answer came", WITH_REPORT),
            "answered_by": kept_personal("who answered", WITH_REPORT),
            "withdrawn_at": kept_internal("the question was taken back", WITH_REPORT),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="consultations")
    asked = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("asked", "answered_at"), name="reports_consultation_to"),)

    def __str__(self) -> str:
        return f"consultation {self.id}"
