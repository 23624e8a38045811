"""Counting searches that found nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F

from baken.directory import models
from baken.directory.finding.documents import Group

LONGEST = 200


def record_failed(*, codes: Iterable[str], region: str, now: dt.datetime) -> None:
    """Count a search that found nothing: codes of facets, a province and the day. Never what somebody typed.

    It is a count and nobody's act, so nothing of it is in the audit. With several needs it counts for each of them.
    """
    kept = sorted(set(codes))
    of_need = f"{Group.NEED}:"
    needs = [code.removeprefix(of_need) for code in kept if code.startswith(of_need)]
    others = " ".join(code for code in kept if not code.startswith(of_need))[:LONGEST]
    with transaction.atomic():
        for need in needs or [""]:
            row: dict[str, Any] = {"day": now.date(), "need": need, "codes": others, "region": region}
            _found, made = models.FailedSearch.objects.get_or_create(**row)
            if not made:
                models.FailedSearch.objects.filter(**row).update(count=F("count") + 1)
