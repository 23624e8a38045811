"""Load a report and authorise in one call. Another organisation's report answers 404, as if it did not exist.

Declare such a view ``@needs(Permission.X)`` and then ``@needs_inbox`` (`baken.vault.gate`), so that there is a pair to open with.
"""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from baken.people.actor import MemberRequest
from baken.reports.models import Report
from baken.reports.queries import visible_to
from baken.vault.opening import keys_of
from baken.vault.secret import KeyPair
from baken.vault.session import inbox_pairs

NOT_SAID = -1
"""The version of a form that names none: never the one in the table, so the conflict screen comes and nothing is lost."""


def load_report(request: MemberRequest, report_id: uuid.UUID) -> tuple[Report, KeyPair]:
    """The report with its organisation, assignee and reporter, and the pair of the inbox generation that opens it.

    Raises Http404 for one that this member may not see, and when no generation was entrusted to them.
    """
    found = visible_to(request.acting).select_related("organisation", "assignee", "reporter").filter(pk=report_id)
    report = found.first()
    pairs = inbox_pairs(request, request.organisation)
    if report is None or not pairs:
        raise Http404
    return report, _opening(report, pairs)


def version_of(request: MemberRequest) -> int:
    """The version of the report that the form was made from: ``expected`` of an action."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else NOT_SAID


def back(request: MemberRequest, report_id: uuid.UUID, said: str, place: str = "") -> HttpResponse:
    """To the report, or a place on its page, with one line about what was done."""
    messages.success(request, said)
    response = redirect("inbox:report", organisation_id=request.organisation.pk, report_id=report_id)
    if place:
        response["Location"] += f"#{place}"
    return response


def _opening(report: Report, pairs: dict[str, KeyPair]) -> KeyPair:
    """While one generation moves to the next, a report is granted to either; otherwise there is one."""
    newest = next(iter(pairs.values()))
    if len(pairs) == 1:
        return newest
    held = keys_of("report", report.pk, pairs)
    return next((pair for key_id, pair in pairs.items() if key_id in held), newest)
