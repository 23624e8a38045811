"""What is sealed, and to whom its data key is granted."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from baken.classification import Kept, kept_internal, kept_secret, kept_special
from baken.vault.context import Context
from baken.vault.models.members import KEY_ID_LENGTH

if TYPE_CHECKING:
    from collections.abc import Mapping

AS_ITS_THING = "as long as the report it belongs to"
RECIPIENTS = ("inbox", "member", "receipt", "once")


class Sealed(models.Model):
    """One sealed text, or one sealed file (then ``stored`` names it in the media folder). Its context is bound to its bytes."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("administration", AS_ITS_THING),
            "kind": kept_internal("bound to the bytes", AS_ITS_THING),
            "object_id": kept_internal("bound to the bytes", AS_ITS_THING),
            "field": kept_internal("bound to the bytes", AS_ITS_THING),
            "organisation_id": kept_internal("to whom it belongs; bound to the bytes", AS_ITS_THING),
            "version": kept_internal("an older text put back does not open", AS_ITS_THING),
            "envelope": kept_special("what was written, sealed", AS_ITS_THING),
            "stored": kept_internal("random name of the sealed file", AS_ITS_THING),
            "size": kept_internal("bytes on disk, for quota and downloads", AS_ITS_THING),
            "made_at": kept_internal("administration", AS_ITS_THING),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64)
    field = models.CharField(max_length=64)
    organisation_id = models.CharField(max_length=64, blank=True)
    version = models.PositiveBigIntegerField(default=1)
    envelope = models.BinaryField(null=True, blank=True)
    stored = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("kind", "object_id", "field"), name="vault_sealed_once"),
            models.CheckConstraint(
                condition=Q(envelope__isnull=False, stored="") | (Q(envelope__isnull=True) & ~Q(stored="")),
                name="vault_sealed_text_or_file",
            ),
        )
        indexes = (models.Index(fields=("organisation_id", "kind"), name="vault_sealed_of"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.field}"

    def context(self) -> Context:
        """What it is and to whom it belongs."""
        return Context(
            kind=self.kind,
            id=self.object_id,
            field=self.field,
            organisation=self.organisation_id,
            version=self.version,
        )


class Grant(models.Model):
    """The data key of one sealed thing, for the owner of one public key. ``public`` lets it be sealed anew for the same owner."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("administration", AS_ITS_THING),
            "sealed": kept_internal("which thing", AS_ITS_THING),
            "recipient": kept_internal("an inbox, a member, a receipt or a one-time page", AS_ITS_THING),
            "key_id": kept_internal("whose key opens it", AS_ITS_THING),
            "public": kept_internal("sealing it anew for the same owner", AS_ITS_THING),
            "granted": kept_secret("the data key, sealed for that owner", AS_ITS_THING),
            "until": kept_internal("end of a hand-over", AS_ITS_THING),
        }

    id = models.BigAutoField(primary_key=True)
    # Without an index of its own: that of the constraint below begins with it.
    sealed = models.ForeignKey(Sealed, on_delete=models.CASCADE, related_name="grants", db_index=False)
    recipient = models.CharField(max_length=8)
    key_id = models.CharField(max_length=KEY_ID_LENGTH)
    public = models.BinaryField()
    granted = models.BinaryField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(recipient__in=RECIPIENTS), name="vault_grant_recipient_known"),
            models.UniqueConstraint(fields=("sealed", "key_id"), name="vault_grant_once"),
        )
        indexes = (models.Index(fields=("key_id", "sealed"), name="vault_grant_to"),)

    def __str__(self) -> str:
        return f"grant to {self.recipient}"

    def is_over(self, now: dt.datetime) -> bool:
        """Has its end come?"""
        return self.until is not None and self.until <= now
