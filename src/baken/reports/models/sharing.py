"""Tables of sharing: on which footing, with whom, and what came of it. The texts themselves are sealed."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q

from baken.classification import Kept, kept_internal, kept_personal
from baken.people.models import Member, Organisation
from baken.reports.models.dialogue import WITH_REPORT
from baken.reports.models.report import Report

if TYPE_CHECKING:
    from collections.abc import Mapping

DECISIONS = ("advice_only", "anonymised_registration", "invite", "refer_with_consent", "report_without_consent")


class Consent(models.Model):
    """Consent of the person concerned: for one recipient, some parts, one purpose, until a day. Sealed: who, how, language."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("finds the sealed record", WITH_REPORT),
            "report": kept_internal("which report", WITH_REPORT),
            "recipient": kept_internal("for whom: an organisation on Baken", WITH_REPORT),
            "party": kept_internal("for whom: kind of party elsewhere", WITH_REPORT),
            "parts": kept_internal("which parts of the report", WITH_REPORT),
            "purpose": kept_internal("what for", WITH_REPORT),
            "given_at": kept_internal("from when", WITH_REPORT),
            "until": kept_internal("until when", WITH_REPORT),
            "withdrawn_at": kept_internal("withdrawn in one act, without a reason", WITH_REPORT),
            "recorded_by": kept_personal("who wrote it down", WITH_REPORT),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="consents")
    recipient = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    party = models.CharField(max_length=40, blank=True)
    parts = models.JSONField()
    purpose = models.CharField(max_length=40)
    given_at = models.DateTimeField()
    until = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(until__gt=F("given_at")), name="reports_consent_ends"),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, party="") | (Q(recipient__isnull=True) & ~Q(party="")),
                name="reports_consent_for_one",
            ),
        )

    def __str__(self) -> str:
        return f"consent {self.id}"


class Weighing(models.Model):
    """Why something is shared without consent; sealed. A second member signs it, never the one who wrote it."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("finds the sealed text", WITH_REPORT),
            "report": kept_internal("which report", WITH_REPORT),
            "written_at": kept_internal("when", WITH_REPORT),
            "written_by": kept_personal("who wrote it", WITH_REPORT),
            "person_told": kept_internal("was the person told?", WITH_REPORT),
            "signed_at": kept_internal("when it was signed", WITH_REPORT),
            "signed_by": kept_personal("which colleague signed", WITH_REPORT),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="weighings")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    person_told = models.BooleanField()
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True, signed_at__isnull=True)
                | (Q(signed_by__isnull=False, signed_at__isnull=False) & ~Q(signed_by=F("written_by"))),
                name="reports_weighing_second_signer",
            ),
        )

    def __str__(self) -> str:
        return f"weighing {self.id}"


class Decision(models.Model):
    """What was decided on a report, on which footing. The reasons are sealed as kind ``decision``, field ``text``."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("finds the sealed text", WITH_REPORT),
            "report": kept_internal("which report", WITH_REPORT),
            "kind": kept_internal("which of the five decisions", WITH_REPORT),
            "footing": kept_internal("on which footing", WITH_REPORT),
            "consent": kept_internal("the consent it leans on", WITH_REPORT),
            "weighing": kept_internal("the weighing it leans on", WITH_REPORT),
            "at": kept_internal("when", WITH_REPORT),
            "by": kept_personal("who decided", WITH_REPORT),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=30)
    footing = models.CharField(max_length=30, blank=True)
    consent = models.ForeignKey(Consent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    weighing = models.ForeignKey(Weighing, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=DECISIONS), name="reports_decision_known"),
            models.CheckConstraint(
                condition=~Q(kind="refer_with_consent") | Q(consent__isnull=False), name="reports_referral_has_consent"
            ),
            models.CheckConstraint(
                condition=~Q(kind="report_without_consent") | Q(weighing__isnull=False),
                name="reports_without_consent_has_weighing",
            ),
        )

    def __str__(self) -> str:
        return f"decision {self.kind}"
