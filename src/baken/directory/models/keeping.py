"""What keeps the map true: checks per field, calls, questions to owners, changes that a second person must see, and signals."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q

from baken.classification import Kept, kept_internal, kept_open, kept_personal, kept_secret
from baken.directory.codes import Field, values
from baken.directory.models.service import LISTED, Service
from baken.people.models import Member

if TYPE_CHECKING:
    from collections.abc import Mapping

OUTCOMES = ("right", "wrong", "unreachable")
ROLES = ("owner", "editor")
WAYS = ("telephone", "mail_link", "visit")
"""How somebody made sure. Reading a source is no verification: that is ``Service.source_seen_at``."""
ANSWERS = ("confirmed", "corrected", "no_answer", "wrong_number", "refused", "closed")
DECISIONS = ("accepted", "refused")
SIGNALS = ("number_not_working", "closed", "not_for_them", "other")
ALARMS = ("last_door", "stale_door", "nobody_answers")


class Verification(models.Model):
    """One field of one service, made sure of by a person. Stays for ever: how often facts go wrong is measured from it."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            **dict.fromkeys(
                ("id", "service", "field", "at", "outcome", "role", "way"), kept_open("how true the map is", LISTED)
            ),
            "value": kept_internal("hash of what was looked at: another value was not", LISTED),
            "by": kept_personal("which editor; never shown outside", LISTED),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="verifications")
    field = models.CharField(max_length=12)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=12)
    role = models.CharField(max_length=8)
    way = models.CharField(max_length=10)
    value = models.CharField(max_length=16, blank=True)
    by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(field__in=values(Field)), name="directory_verified_field_known"),
            models.CheckConstraint(
                condition=Q(outcome__in=OUTCOMES, role__in=ROLES, way__in=WAYS), name="directory_verification_known"
            ),
            models.CheckConstraint(
                condition=Q(role="owner", by__isnull=True) | Q(role="editor", by__isnull=False),
                name="directory_verified_by_somebody",
            ),
        )
        indexes = (models.Index(fields=("service", "field", "-at"), name="directory_verified_last"),)

    def __str__(self) -> str:
        return f"{self.field} of {self.service_id}: {self.outcome}"


class Proposal(models.Model):
    """A change that waits for a second person. Who proposed it cannot be who decides it."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            **dict.fromkeys(
                ("id", "service", "field", "before", "after", "via", "at", "decided_at", "decision"),
                kept_internal("changes wait for a second person", LISTED),
            ),
            **dict.fromkeys(("by", "decided_by"), kept_personal("the two are not one", LISTED)),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="proposals")
    field = models.CharField(max_length=12)
    before = models.JSONField()
    after = models.JSONField()
    via = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(field__in=values(Field)), name="directory_proposed_field_known"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | Q(decision__in=DECISIONS, decided_at__isnull=False, decided_by__isnull=False),
                name="directory_proposal_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=True) | Q(decided_by__isnull=True) | ~Q(by=F("decided_by")),
                name="directory_two_people",
            ),
            models.UniqueConstraint(
                fields=("service", "field"), condition=Q(decision=""), name="directory_one_open_proposal"
            ),
        )

    def __str__(self) -> str:
        return f"{self.field} of {self.service_id}"


class OwnerLink(models.Model):
    """A link by which the owner of a service confirms or corrects it, once, without an account. Only its hash is kept."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("administration", "until it was used or is over, and 90 days"),
            "service": kept_internal("what it is about", "until it was used or is over, and 90 days"),
            "token_hash": kept_secret("opens the page of the owner", "until it was used or is over, and 90 days"),
            **dict.fromkeys(
                ("made_at", "until", "used_at"),
                kept_internal("works once, and not for ever", "until it was used or is over, and 90 days"),
            ),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="owner_links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(until__gt=F("made_at")), name="directory_link_lasts_a_while"),
        )

    def __str__(self) -> str:
        return f"link for {self.service_id}"


class Call(models.Model):
    """An editor called."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            **dict.fromkeys(
                ("id", "service", "at", "answer"), kept_internal("two failed calls hide a service", LISTED)
            ),
            "by": kept_personal("which editor called", LISTED),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="calls")
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=14)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(answer__in=ANSWERS), name="directory_answer_known"),)
        indexes = (models.Index(fields=("service", "-at"), name="directory_call_last"),)

    def __str__(self) -> str:
        return f"call to {self.service_id}: {self.answer}"


class Signal(models.Model):
    """A visitor says that something is wrong. Nothing about the visitor, no text, and the day only."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = dict.fromkeys(
            ("id", "service", "what", "day", "count", "handled_at"),
            kept_internal("brings the check forward", "two years"),
        )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="signals")
    what = models.CharField(max_length=20)
    day = models.DateField()
    count = models.PositiveIntegerField(default=1)
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("service", "what", "day"), name="directory_signal_per_day"),
            models.CheckConstraint(condition=Q(what__in=SIGNALS), name="directory_signal_known"),
        )

    def __str__(self) -> str:
        return f"{self.what} at {self.service_id}"


class NotListed(models.Model):
    """Who is not in the map on purpose, so that nobody adds them again."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            **dict.fromkeys(
                ("id", "name", "folded_name", "url", "telephone", "reason", "at"),
                kept_internal("they are not added again", "until an editor removes it"),
            ),
            "by": kept_personal("which editor decided", "until an editor removes it"),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    folded_name = models.CharField(max_length=200, unique=True)
    url = models.URLField(max_length=500, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="directory_not_listed_why"),)

    def __str__(self) -> str:
        return self.name


class Alarm(models.Model):
    """Something that an editor must see today, such as the last door of a municipality that is no longer sure."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = dict.fromkeys(
            ("id", "what", "service", "municipality", "raised_at", "solved_at"),
            kept_internal("the map warns before it is wrong", "two years"),
        )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    what = models.CharField(max_length=20)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="alarms")
    municipality = models.CharField(max_length=10, blank=True)
    raised_at = models.DateTimeField()
    solved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(what__in=ALARMS), name="directory_alarm_known"),
            models.UniqueConstraint(
                fields=("what", "service"), condition=Q(solved_at__isnull=True), name="directory_alarm_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.what}: {self.service_id}"
