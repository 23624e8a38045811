"""Members' own keys: the public half, and the private half under each secret of its owner."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from baken.classification import Kept, kept_internal, kept_personal, kept_secret
from baken.people.models import Member

if TYPE_CHECKING:
    from collections.abc import Mapping

WHILE_MEMBER = "until the member leaves"
KEY_ID_LENGTH = 32
WAYS = ("password", "passphrase", "recovery", "passkey")


class MemberKey(models.Model):
    """The public half of a member's key pair. The private half exists only in wraps and in unlocked sessions."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "member": kept_personal("whose key", WHILE_MEMBER),
            "public": kept_internal("sealing for this member", WHILE_MEMBER),
            "key_id": kept_internal("finds what is granted to this member", WHILE_MEMBER),
            "made_at": kept_internal("administration", WHILE_MEMBER),
        }

    member = models.OneToOneField(Member, primary_key=True, on_delete=models.PROTECT, related_name="key")
    public = models.BinaryField()
    key_id = models.CharField(max_length=KEY_ID_LENGTH, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"key of {self.member_id}"


class KeyWrap(models.Model):
    """A member's private key under one secret of theirs: a password, a passphrase, a recovery code or a passkey."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("administration", WHILE_MEMBER),
            "key": kept_personal("whose key", WHILE_MEMBER),
            "way": kept_internal("what unlocks it", WHILE_MEMBER),
            "label": kept_internal("which passkey unlocks it", WHILE_MEMBER),
            "wrapped": kept_secret("the private key, sealed", WHILE_MEMBER),
            "made_at": kept_internal("administration", WHILE_MEMBER),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.ForeignKey(MemberKey, on_delete=models.CASCADE, related_name="wraps")
    way = models.CharField(max_length=12)
    label = models.CharField(max_length=128, blank=True)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(way__in=WAYS), name="vault_wrap_way_known"),
            models.UniqueConstraint(fields=("key", "way", "label"), name="vault_wrap_once"),
        )

    def __str__(self) -> str:
        return f"{self.way} of {self.key_id}"
