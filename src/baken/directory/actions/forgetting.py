"""Erasing what keeping the map true no longer needs."""

from __future__ import annotations

import datetime as dt

from baken.directory import models

LINKS = dt.timedelta(days=90)
"""So long after its end a link is kept, to see that somebody was asked."""
TWO_YEARS = dt.timedelta(days=730)


def forget(now: dt.datetime) -> None:
    """Erase links 90 days after they were used or ended; signals and alarms that are over, after two years."""
    models.OwnerLink.objects.filter(until__lte=now - LINKS).delete()
    models.OwnerLink.objects.filter(used_at__lte=now - LINKS).delete()
    models.Signal.objects.filter(handled_at__isnull=False, day__lte=(now - TWO_YEARS).date()).delete()
    models.Alarm.objects.filter(solved_at__lte=now - TWO_YEARS).delete()
