"""What the reporter follows, as the track of a parcel: what was done and when, and by when the rest is promised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from baken.reports import feedback
from baken.reports.due import rules_for, times_of
from baken.reports.feedback import Step, StepCode
from baken.reports.models import Report

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Look = Literal["done", "current", "todo"]
STAGES: Mapping[StepCode, tuple[_StrPromise, _StrPromise]] = {
    "received": (_("Received"), _("Received")),
    "acknowledged": (_("Seen by the focal point"), _("The focal point lets you know that it arrived")),
    "triaged": (_("Being looked at"), _("Somebody looks at it with care")),
    "decided": (_("Decided what to do"), _("The focal point decides what to do")),
    "feedback": (_("You heard what happened"), _("You hear what happened, as far as that may be told")),
}
"""The words of each step afterwards and before. While the reporter is asked something there is one more, see below."""


@dataclass(frozen=True)
class Mark:
    """One point of the track. ``at``: when it was, or by when it is promised; None when nobody can say."""

    label: str | _StrPromise
    look: Look
    at: dt.datetime | None
    note: str | _StrPromise = ""

    @property
    def by(self) -> str:
        """By when it is promised: weekday, day and hour, in the order of the language of the page."""
        at = timezone.localtime(self.at)
        return " ".join(formats.date_format(at, shape) for shape in ("l", "MONTH_DAY_FORMAT", "H:i"))


def track(report: Report) -> list[Mark]:
    """The track of a report, in order."""
    return [_mark(step) for step in feedback.track(times_of(report), rules_for(report.organisation))]


def _mark(step: Step) -> Mark:
    if step.code == "waiting":
        return Mark(_("Your answer is needed"), "current", None, _("The focal point asked you something, see below."))
    after, before = STAGES[step.code]
    if step.done:
        return Mark(after, "done", step.at)
    return Mark(before, "current" if step.now else "todo", step.expected_by)
