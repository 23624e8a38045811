"""A report as one row of a list: words for its clock, its state and its situation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baken.people.models import Member
from baken.recognise.questions import ANSWERS
from baken.reports.labels import CLOCKS, STATES
from baken.reports.models import Report


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock that ends first, in words."""

    what: str
    when: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``about`` is empty for a report whose content is erased; ``is_damaged``: it does not open."""

    report: Report
    state: str
    ago: str
    clock: Clock | None
    assignee: str
    about: tuple[str, ...]
    unread: int
    is_damaged: bool


def rows(
    reports: list[Report], situations: Mapping[Any, Mapping[str, Any] | None], *, me: Member, now: dt.datetime
) -> list[Row]:
    """The rows of a list, in its order."""
    return [row(report, situations.get(report.pk, {}), me=me, now=now) for report in reports]


def row(report: Report, situation: Mapping[str, Any] | None, *, me: Member, now: dt.datetime) -> Row:
    """One report. ``situation`` is None when it does not open."""
    return Row(
        report=report,
        state=str(STATES[report.state]),
        ago=ago(report.received_at, now),
        clock=clock_of(report, now),
        assignee=who(report.assignee, me),
        about=about(situation or {}),
        unread=getattr(report, "unread", 0),
        is_damaged=situation is None,
    )


def about(situation: Mapping[str, Any]) -> tuple[str, ...]:
    """What it is about in a few words: form, person or place, number of signs."""
    fields = situation.get("fields") or {}
    found = [
        str(ANSWERS[name][value][0])
        for name, value in (("form", fields.get("form", "")), ("about", situation.get("about", "")))
        if value in ANSWERS[name] and value != "unknown"
    ]
    signs = len(situation.get("signs") or ())
    if signs:
        found.append(ngettext("%(count)d sign", "%(count)d signs", signs) % {"count": signs})
    return tuple(found)


def clock_of(report: Report, now: dt.datetime) -> Clock | None:
    """The clock on the report in words; None when none runs."""
    if report.due_at is None or report.due_clock not in CLOCKS:
        return None
    is_over = report.due_at <= now
    return Clock(str(CLOCKS[report.due_clock]), late(report.due_at) if is_over else before(report.due_at, now), is_over)


def before(moment: dt.datetime, now: dt.datetime) -> str:
    """Until when: today, tomorrow, or on a date."""
    local, today = timezone.localtime(moment), timezone.localtime(now).date()
    values = {"time": date_format(local, "TIME_FORMAT"), "day": date_format(local, "MONTH_DAY_FORMAT")}
    if local.date() == today:
        return _("before %(time)s today") % values
    if local.date() == today + dt.timedelta(days=1):
        return _("before %(time)s tomorrow") % values
    return _("before %(day)s, %(time)s") % values


def late(moment: dt.datetime) -> str:
    """Since when it should have been done."""
    local = timezone.localtime(moment)
    values = {"time": date_format(local, "TIME_FORMAT"), "day": date_format(local, "MONTH_DAY_FORMAT")}
    return _("overdue since %(day)s, %(time)s") % values


def ago(moment: dt.datetime, now: dt.datetime) -> str:
    """How long ago, in its largest unit. A moment that a wrong clock put in the future was just now."""
    if now - moment < dt.timedelta(minutes=1):
        return _("just now")
    return _("%(time)s ago") % {"time": timesince(moment, now, depth=1)}


def who(member: Member | None, me: Member) -> str:
    """Whose work it is."""
    if member is None:
        return _("Nobody yet")
    return _("You") if member.pk == me.pk else member.email
