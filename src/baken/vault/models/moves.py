"""Moves from one generation of an inbox to the next, and the workers that do them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q

from baken.classification import Kept, kept_internal, kept_secret
from baken.vault.models.inboxes import WHILE_GRANTED, Inbox
from baken.vault.models.members import KEY_ID_LENGTH

if TYPE_CHECKING:
    from collections.abc import Mapping


class Rotation(models.Model):
    """The move from one inbox generation to the next, with progress; it goes on where it stopped."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("administration", WHILE_GRANTED),
            "old": kept_internal("from which generation", WHILE_GRANTED),
            "new": kept_internal("to which generation", WHILE_GRANTED),
            "total": kept_internal("progress", WHILE_GRANTED),
            "done": kept_internal("progress", WHILE_GRANTED),
            "started_at": kept_internal("progress", WHILE_GRANTED),
            "finished_at": kept_internal("progress", WHILE_GRANTED),
            "ticket": kept_secret("the old key, sealed for the running job alone", "until the job is done"),
            "ticket_key_id": kept_internal("which job can use the ticket", "until the job is done"),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    old = models.OneToOneField(Inbox, on_delete=models.CASCADE, related_name="rotation")
    new = models.ForeignKey(Inbox, on_delete=models.CASCADE, related_name="+")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    ticket = models.BinaryField(null=True, blank=True)
    ticket_key_id = models.CharField(max_length=KEY_ID_LENGTH, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(done__lte=F("total")), name="vault_rotation_within_total"),)

    def __str__(self) -> str:
        return f"rotation {self.done} of {self.total}"


class WorkerKey(models.Model):
    """The public half of a key that one running background worker holds in memory only, and loses when it stops."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "key_id": kept_internal("which worker", "until the worker stops"),
            "public": kept_internal("handing it a ticket", "until the worker stops"),
            "seen_at": kept_internal("is it still running?", "until the worker stops"),
        }

    key_id = models.CharField(max_length=KEY_ID_LENGTH, primary_key=True)
    public = models.BinaryField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"worker {self.key_id[:8]}"
