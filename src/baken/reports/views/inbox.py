"""The inbox: what waits for me, for my team, for the reporter, and what is closed."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from baken.audience import needs
from baken.people.actor import MemberRequest
from baken.people.links import on_this_site
from baken.people.permissions import Permission
from baken.reports.actions.reading import note_listed
from baken.reports.inbox import Box, first_box, page_of, situations_of
from baken.reports.rows import rows
from baken.vault.gate import needs_inbox
from baken.vault.session import inbox_pairs

BOXES = {
    Box.MINE: gettext_lazy("Mine"),
    Box.TEAM: gettext_lazy("My team"),
    Box.WAITING: gettext_lazy("Waiting for the reporter"),
    Box.CLOSED: gettext_lazy("Closed"),
}


@needs(Permission.REPORT_READ)
@needs_inbox
@require_safe
def inbox(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """One page of one list."""
    now = timezone.now()
    box = box_of(request.GET["list"]) if "list" in request.GET else first_box(request.acting)
    listed = page_of(request.acting, box, page_number(request.GET.get("page", "")))
    ids = [report.pk for report in listed.reports]
    situations = situations_of(ids, inbox_pairs(request, request.organisation)) if ids else {}
    note_listed(by=request.acting, ids=ids, now=now)
    context = {
        "heading": _("Inbox"),
        "organisation": request.organisation,
        "boxes": BOXES,
        "box": box,
        "rows": rows(listed.reports, situations, me=request.user, now=now),
        "listed": listed,
        "report_link": on_this_site(reverse("reports:form", args=[organisation_id])),
    }
    return render(request, "reports/inbox.html", context)


def box_of(typed: str) -> Box:
    """The list that an address names, or the own one."""
    return Box(typed) if typed in set(Box) else Box.MINE


def page_number(typed: str) -> int:
    """The page that an address names, or the first."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
