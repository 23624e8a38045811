"""How the internal route of an organisation does. No number under five, and nothing about one report."""

from __future__ import annotations

import datetime as dt
import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from baken.audience import needs
from baken.people.actor import MemberRequest
from baken.people.permissions import Permission
from baken.reports.figures import STEPS
from baken.reports.figures import figures as count
from baken.reports.queries import times_for_figures

YEAR = dt.timedelta(days=365)
WORDS = {
    "acknowledge": gettext_lazy("until the reporter heard that it arrived"),
    "triage": gettext_lazy("until somebody took it into triage"),
    "decide": gettext_lazy("until there was a decision"),
    "feedback": gettext_lazy("until the reporter heard what happened"),
}


@needs(Permission.FIGURES_SEE)
@require_safe
def figures(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """The last year."""
    now = timezone.now()
    found = count(times_for_figures(request.organisation, since=now - YEAR))
    context = {
        "heading": _("How well your route works"),
        "lead": _("Reports that came in during the last year, without tests."),
        "organisation": request.organisation,
        "figures": found,
        "medians": [(WORDS[name], found.median_hours[name]) for name in STEPS],
    }
    return render(request, "reports/figures.html", context)
