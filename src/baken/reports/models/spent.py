"""Proofs of work that were used: each works once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from baken.classification import Kept, kept_internal

if TYPE_CHECKING:
    from collections.abc import Mapping


class SpentProof(models.Model):
    """A proof that came with a report of an outsider. It says nothing about who sent it."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "proof": kept_internal("hash of a number that this server gave out; works once", "two hours"),
            "organisation_id": kept_internal("how busy this inbox is", "two hours"),
            "at": kept_internal("when it can go", "two hours"),
        }

    proof = models.CharField(max_length=64, primary_key=True)
    organisation_id = models.CharField(max_length=36)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("organisation_id", "at"), name="reports_spent_of"),)

    def __str__(self) -> str:
        return self.proof[:8]
