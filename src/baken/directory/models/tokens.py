"""Keys of other systems to what professionals may see. Only their hash is kept."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from baken.classification import Kept, kept_internal, kept_secret
from baken.people.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Mapping

WHILE_HELD = "as long as the organisation is there"


class ApiToken(models.Model):
    """A key that one organisation holds. Shown once when it is made; taken back, it opens nothing any more."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("administration", WHILE_HELD),
            "organisation": kept_internal("who holds it", WHILE_HELD),
            "token_hash": kept_secret("opens what professionals may see in the API", WHILE_HELD),
            "made_at": kept_internal("administration", WHILE_HELD),
            "revoked_at": kept_internal("opens nothing any more from then on", WHILE_HELD),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="directory_tokens")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"token of {self.organisation_id}"
