"""Failed searches as the gap map reads them."""

from __future__ import annotations

import datetime as dt

from django.db.models import Sum

from baken.directory import models
from baken.directory.gaps import Gap

LATELY = dt.timedelta(days=365)


def failed_searches(*, now: dt.datetime) -> list[Gap]:
    """Searches of the last year that found nothing, added up per need and region."""
    rows = models.FailedSearch.objects.filter(day__gt=(now - LATELY).date()).exclude(need="")
    found = rows.values_list("need", "region").annotate(times=Sum("count")).order_by("need", "region")
    return [Gap(need, region, times) for need, region, times in found]
