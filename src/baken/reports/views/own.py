"""Report as a member, and follow one's own reports with one's own key."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baken.audience import needs
from baken.people.actor import MemberRequest
from baken.people.permissions import Permission
from baken.recognise.current import current_pack
from baken.reports import queries
from baken.reports.actions.reporter import note_own_listed, note_read
from baken.reports.labels import STATES
from baken.reports.models import Report
from baken.reports.reporter_form import empty, read
from baken.reports.views.receipt import add_to, give_file, show_report
from baken.reports.views.reporter import checked, handed_in, show_form
from baken.vault.files.upload import accepts_files
from baken.vault.gate import needs_unlocked
from baken.vault.session import unlocked

MEMBER: Mapping[str, Any] = {"base": "people/base.html", "member": True}


@accepts_files
@needs(Permission.REPORT_SUBMIT)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """The same form, with who you are known already."""
    organisation = request.organisation
    pack = current_pack()
    if not queries.receiving().filter(pk=organisation.pk).exists():
        return render(
            request, "reports/reporter/not_yet.html", {"heading": _("Report something"), "organisation": organisation}
        )
    if request.method != "POST" or "send" not in request.POST:
        return show_form(request, organisation, empty(request.POST, pack, manner="named"), challenge=None, **MEMBER)
    written = read(request.POST, pack, member=True)
    ready, problem = checked(request, written, organisation)
    if problem is not None:
        return show_form(request, organisation, written, challenge=None, problem=problem, **MEMBER)
    return handed_in(request, organisation, written, ready, challenge=None, by=request.acting)


@needs(Permission.REPORT_SEE_OWN)
@require_safe
def my_reports(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """What I reported here under my name or in confidence. Opens nothing: only how far each is."""
    found = list(queries.own_reports(request.user).filter(organisation=request.organisation))
    note_own_listed(found, by=request.acting, now=timezone.now())
    context = {
        "heading": _("My reports"),
        "organisation": request.organisation,
        "reports": [(item, STATES[item.state], queries.unread_by_reporter(item)) for item in found],
    }
    return render(request, "reports/reporter/my_reports.html", context)


@accepts_files
@needs(Permission.REPORT_SEE_OWN)
@needs_unlocked
@require_http_methods(["GET", "HEAD", "POST"])
def my_report(request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponseBase:
    """One of them, with its track and dialogue; by POST an answer, or a file to download."""
    found = _own(request, report_id)
    pair = unlocked(request)
    assert pair is not None
    if request.method == "POST" and "file" in request.POST:
        note_read(found, by=request.acting, now=timezone.now())
        return give_file(request, found, pair)
    if request.method == "POST":
        problem = add_to(request, found, by=request.acting)
        if problem:
            return show_report(request, found, pair, by=request.acting, problem=problem)
        return redirect("inbox:my_report", organisation_id=organisation_id, report_id=report_id)
    return show_report(request, found, pair, by=request.acting)


def _own(request: MemberRequest, report_id: uuid.UUID) -> Report:
    found = queries.own_reports(request.user).filter(
        organisation=request.organisation, pk=report_id, erased_at__isnull=True
    )
    row = found.first()
    if row is None:
        raise Http404
    return row
