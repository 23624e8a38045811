"""Keys of organisations: generations of an inbox, who can open them, and the sheet in the safe."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from baken.classification import Kept, kept_internal, kept_personal, kept_secret
from baken.people.models import Member, Organisation
from baken.vault.models.members import KEY_ID_LENGTH

if TYPE_CHECKING:
    from collections.abc import Mapping

WHILE_GRANTED = "until nothing is granted to it any more"


class Escrow(models.Model):
    """The public half of the sheet in an organisation's safe, for the day that nobody is left who can open."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("administration", WHILE_GRANTED),
            "organisation": kept_internal("whose sheet", WHILE_GRANTED),
            "public": kept_internal("sealing for the sheet", WHILE_GRANTED),
            "key_id": kept_internal("tells which sheet it is", WHILE_GRANTED),
            "made_at": kept_internal("printed on the sheet", WHILE_GRANTED),
            "retired_at": kept_internal("a newer sheet took its place", WHILE_GRANTED),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="escrows")
    public = models.BinaryField()
    key_id = models.CharField(max_length=KEY_ID_LENGTH, unique=True)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation",), condition=Q(retired_at__isnull=True), name="vault_escrow_one_in_use"
            ),
        )

    def __str__(self) -> str:
        return f"escrow of {self.organisation_id}"


class Inbox(models.Model):
    """One generation of an organisation's key: reports are granted to the newest."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("administration", WHILE_GRANTED),
            "organisation": kept_internal("whose inbox", WHILE_GRANTED),
            "number": kept_internal("which generation", WHILE_GRANTED),
            "public": kept_internal("sealing for this inbox", WHILE_GRANTED),
            "key_id": kept_internal("finds what is granted to this inbox", WHILE_GRANTED),
            "made_at": kept_internal("administration", WHILE_GRANTED),
            "retired_at": kept_internal("a newer generation took its place", WHILE_GRANTED),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="inboxes")
    number = models.PositiveIntegerField()
    public = models.BinaryField()
    key_id = models.CharField(max_length=KEY_ID_LENGTH, unique=True)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organisation", "number"), name="vault_inbox_number_once"),
            models.UniqueConstraint(
                fields=("organisation",), condition=Q(retired_at__isnull=True), name="vault_inbox_one_in_use"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="vault_inbox_numbered"),
        )

    def __str__(self) -> str:
        return f"inbox {self.number} of {self.organisation_id}"


class InboxAccess(models.Model):
    """The private key of one inbox generation, entrusted to one member who may read."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("administration", WHILE_GRANTED),
            "inbox": kept_internal("which inbox", WHILE_GRANTED),
            "member": kept_personal("who can open it", WHILE_GRANTED),
            "entrusted": kept_secret("the key of the inbox, sealed for that member", WHILE_GRANTED),
            "given_by": kept_personal("which colleague gave access", WHILE_GRANTED),
            "given_at": kept_internal("administration", WHILE_GRANTED),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE, related_name="accesses")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="inbox_accesses")
    entrusted = models.BinaryField()
    given_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("inbox", "member"), name="vault_access_once"),)

    def __str__(self) -> str:
        return f"access of {self.member_id}"


class EscrowedKey(models.Model):
    """The private key of one inbox generation, entrusted to the sheet in the safe."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("administration", WHILE_GRANTED),
            "inbox": kept_internal("which inbox", WHILE_GRANTED),
            "escrow": kept_internal("which sheet", WHILE_GRANTED),
            "entrusted": kept_secret("the key of the inbox, sealed for the sheet", WHILE_GRANTED),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE, related_name="escrowed")
    escrow = models.ForeignKey(Escrow, on_delete=models.CASCADE, related_name="keys")
    entrusted = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("inbox", "escrow"), name="vault_escrowed_once"),)

    def __str__(self) -> str:
        return f"inbox {self.inbox_id} in escrow"
