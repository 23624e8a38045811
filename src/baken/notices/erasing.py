"""What erases by the clock stops when the clock leaps ahead. What is erased does not come back; what waits can still go.

After a leap of more than a week nothing is erased until the clock is put right, or until somebody who runs the installation
says that it is (``baken doctor --clock-is-right``): after a server was off for long, for example.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from baken.audit.actions import record
from baken.audit.kinds import SYSTEM, Action, Kind, Subject
from baken.audit.models import Event
from baken.notices.actions import notify
from baken.notices.kinds import NoticeKind
from baken.notices.models import TrustedMoment
from baken.notices.moments import is_leap
from baken.people.models import Member
from baken.people.permissions import Function
from baken.people.queries import active_memberships

NAME = "clock"


def guarded(run: Callable[[dt.datetime], object]) -> Callable[[dt.datetime], None]:
    """A periodic job that erases, and that does nothing while the clock cannot be trusted."""

    def only_when_trusted(now: dt.datetime) -> None:
        if may_erase(now):
            run(now)

    return only_when_trusted


@transaction.atomic
def may_erase(now: dt.datetime) -> bool:
    """May something be erased because its time is over? Remembers the moment, or that erasing stopped, and tells once."""
    row = TrustedMoment.objects.select_for_update().filter(pk=NAME).first()
    last = row.at if row is not None else _newest_event()
    if last is None or not is_leap(last, now=now):
        TrustedMoment.objects.update_or_create(pk=NAME, defaults={"at": now, "stopped_at": None})
        return True
    if row is None or row.stopped_at is None:
        TrustedMoment.objects.update_or_create(pk=NAME, defaults={"at": last, "stopped_at": now})
        notify(members=_administrators(now), kind=NoticeKind.ERASING_STOPPED, organisation=None, urgent=True, now=now)
    return False


@transaction.atomic
def confirm(now: dt.datetime) -> None:
    """Somebody who runs the installation says that the clock is right."""
    TrustedMoment.objects.update_or_create(pk=NAME, defaults={"at": now, "stopped_at": None})
    record(by=SYSTEM, action=Action.CLOCK_CONFIRMED, on=Subject(Kind.PAGE), now=now)


def stopped() -> TrustedMoment | None:
    """Until when the clock was trusted, and what it said when erasing stopped; None while all is well."""
    return TrustedMoment.objects.filter(pk=NAME, stopped_at__isnull=False).first()


def _newest_event() -> dt.datetime | None:
    return Event.objects.order_by("-sequence").values_list("at", flat=True).first()


def _administrators(now: dt.datetime) -> list[Member]:
    """Who runs the installation; where nobody is noted as such, who runs the organisations on it."""
    found = list(Member.objects.filter(is_platform_administrator=True, is_active=True))
    if found:
        return found
    held = active_memberships(now).filter(function=Function.ORGANISATION_ADMINISTRATOR).values("member_id")
    return list(Member.objects.filter(pk__in=held, is_active=True))
