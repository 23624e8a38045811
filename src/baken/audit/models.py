"""The tables of the audit. No foreign keys: an event outlives what it is about, and never keeps it from being erased."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from baken.audit.chain import Entry, Tip
from baken.audit.kinds import Outcome

CODE_LENGTH = 64


class Event(models.Model):
    """One thing that somebody did or was refused. Written by ``actions.record`` only; guards refuse every change."""

    sequence = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    member_id = models.CharField(max_length=CODE_LENGTH, blank=True)
    organisation_id = models.CharField(max_length=CODE_LENGTH, blank=True)
    function = models.CharField(max_length=CODE_LENGTH, blank=True)
    on_behalf_of = models.CharField(max_length=CODE_LENGTH, blank=True)
    action = models.CharField(max_length=CODE_LENGTH)
    object_kind = models.CharField(max_length=CODE_LENGTH)
    object_id = models.CharField(max_length=CODE_LENGTH, blank=True)
    listed = models.TextField(blank=True)
    footing = models.CharField(max_length=CODE_LENGTH, blank=True)
    outcome = models.CharField(max_length=CODE_LENGTH)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        """Whole numbers, known outcomes, whole hashes; and indexes for "who looked" and "what did they do"."""

        constraints: ClassVar = [
            models.CheckConstraint(name="audit_event_numbered", condition=Q(sequence__gte=1)),
            models.CheckConstraint(name="audit_event_named", condition=~Q(action="") & ~Q(object_kind="")),
            models.CheckConstraint(
                name="audit_event_outcome", condition=Q(outcome__in=[item.value for item in Outcome])
            ),
            models.CheckConstraint(name="audit_event_hashed", condition=Q(Exact(Length("hash"), Value(64)))),
            models.CheckConstraint(
                name="audit_event_linked",
                condition=Q(sequence=1, previous="") | Q(Exact(Length("previous"), Value(64)), sequence__gt=1),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["object_kind", "object_id"], name="audit_event_object"),
            models.Index(fields=["organisation_id", "at"], name="audit_event_organisation"),
            models.Index(fields=["member_id", "at"], name="audit_event_member"),
            models.Index(fields=["at"], name="audit_event_at"),
        ]

    def __str__(self) -> str:
        """Number and action."""
        return f"{self.sequence} {self.action}"

    def entry(self) -> Entry:
        """The event as the chain knows it."""
        return Entry(*(getattr(self, field) for field in Entry._fields))


class Head(models.Model):
    """The end of the chain, signed: one row, locked by whoever appends."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(null=True)
    hash = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=64, blank=True)
    signature = models.CharField(max_length=128, blank=True)

    class Meta:
        """There is one head."""

        constraints: ClassVar = [models.CheckConstraint(name="audit_head_single", condition=Q(id=1))]

    def __str__(self) -> str:
        """Where the chain ends."""
        return f"head at {self.sequence}"

    def tip(self) -> Tip:
        """The end of the chain, as the chain knows it."""
        return Tip(self.sequence, self.hash)
