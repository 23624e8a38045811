"""Two at once: the second sees what the first did, keeps every letter of the own text, and decides anew (409).

An act for which the report is not in the right state gets the same screen, which then says that, and blames no colleague.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from baken.people.actor import MemberRequest
from baken.reports import shown
from baken.reports.actions.reading import note_read
from baken.reports.errors import Conflict
from baken.reports.labels import STATES
from baken.reports.models import Report
from baken.reports.rows import who
from baken.reports.states import NotAllowed
from baken.reports.views.loading import load_report, version_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

OWN_FIELDS = ("csrfmiddlewaretoken", "version", "seen")
Texts = Mapping[str, "str | _StrPromise"]


def attempt(
    request: MemberRequest,
    report_id: uuid.UUID,
    act: Callable[[], object],
    texts: Texts | None = None,
    *,
    then: Callable[[], HttpResponse],
) -> HttpResponse:
    """Do ``act``; then ``then()``, or the conflict screen when a colleague was ahead. ``texts``: posted texts -> labels."""
    try:
        act()
    except Conflict:
        return conflict_page(request, report_id, texts or {})
    except NotAllowed:
        return conflict_page(request, report_id, texts or {}, not_allowed=True)
    except Report.DoesNotExist:
        raise Http404 from None
    return then()


def conflict_page(
    request: MemberRequest, report_id: uuid.UUID, texts: Texts, *, not_allowed: bool = False
) -> HttpResponse:
    """The screen: what happened since the form was made, and the form again with what was typed in it.

    ``texts`` are the posted fields that somebody typed, with their labels; all other posted fields go along unseen. Put
    ``{% include "reports/_version.html" %}`` in a form that ends here (it needs ``report`` and ``seen``).
    """
    report, pair = load_report(request, report_id)
    now = timezone.now()
    typed = [
        {"name": name, "label": label, "value": request.POST.get(name, "")}
        for name, label in texts.items()
        if request.POST.get(name, "").strip()
    ]
    others = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in (*OWN_FIELDS, *(item["name"] for item in typed))
    ]
    # The newest version, and yet it cannot be done: nobody was ahead.
    alone = not_allowed and version_of(request) == report.version
    context = {
        "heading": _("This cannot be done now") if alone else _("A colleague was ahead of you"),
        "alone": alone,
        "organisation": request.organisation,
        "report": report,
        "seen": int(now.timestamp()),
        "state": STATES[report.state],
        "assignee": who(report.assignee, request.user),
        "happened": shown.happened_since(report, pair, request.user, _since(request, report)),
        "texts": typed,
        "others": others,
    }
    note_read(by=request.acting, report=report, now=now)
    return render(request, "reports/conflict.html", context, status=409)


def _since(request: MemberRequest, report: Report) -> dt.datetime:
    typed = request.POST.get("seen", "")
    if typed.isascii() and typed.isdigit() and len(typed) < 12:
        return dt.datetime.fromtimestamp(int(typed), tz=dt.UTC)
    return report.received_at
