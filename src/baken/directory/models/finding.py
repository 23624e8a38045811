"""Searches that found nothing: codes and a count, so that gaps in help can be seen. Never a word that somebody typed."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from baken.classification import Kept, kept_internal

if TYPE_CHECKING:
    from collections.abc import Mapping

TWO_YEARS = "two years"


class FailedSearch(models.Model):
    """How often one need was looked for in one region on one day, and nothing was found. Shown from five on."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = dict.fromkeys(
            ("id", "day", "need", "codes", "region", "count"), kept_internal("the gap map", TWO_YEARS)
        )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    day = models.DateField()
    need = models.CharField(max_length=20, blank=True)
    codes = models.CharField(max_length=200, blank=True)
    region = models.CharField(max_length=30, blank=True)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("day", "need", "codes", "region"), name="directory_failed_per_day"),
            models.CheckConstraint(condition=Q(count__gt=0), name="directory_failed_counts"),
        )

    def __str__(self) -> str:
        return f"{self.need or '-'} in {self.region or '-'}: {self.count}"
