"""Search in the inbox. Words come by POST and stay in memory; the audit gets the ids found, never the words."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baken.audience import needs
from baken.people.actor import MemberRequest
from baken.people.permissions import Permission
from baken.recognise.current import current_pack
from baken.reports.actions.reading import note_found
from baken.reports.finding import MOST_OPENED, MOST_SHOWN, Wanted, find
from baken.reports.inbox import situations_of, with_unread
from baken.reports.indexes import indexes, session_key
from baken.reports.queries import visible_to
from baken.reports.rows import Row, rows
from baken.reports.search_form import SearchForm
from baken.vault.gate import needs_inbox
from baken.vault.session import inbox_pairs


@needs(Permission.REPORT_READ)
@needs_inbox
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """The form, and what was found."""
    form = SearchForm(request.POST or None, pack=current_pack())
    context: dict[str, Any] = {
        "heading": _("Search in the inbox"),
        "organisation": request.organisation,
        "form": form,
        "most_opened": MOST_OPENED,
    }
    if request.method == "POST" and form.is_valid():
        context |= _found(request, form.wanted())
    return render(request, "reports/search.html", context, status=422 if form.errors else 200)


def _found(request: MemberRequest, wanted: Wanted) -> dict[str, Any]:
    pairs = inbox_pairs(request, request.organisation)
    result = find(request.acting, wanted, pairs, kept=indexes, key=session_key(request))
    note_found(by=request.acting, ids=result.ids, now=timezone.now())
    return {
        "asked": True,
        "result": result,
        "rows": _rows(request, result.ids),
        "is_cut": result.count is None or result.count > MOST_SHOWN,
        "shown": len(result.ids),
    }


def _rows(request: MemberRequest, ids: list[uuid.UUID]) -> list[Row]:
    found = {row.pk: row for row in with_unread(visible_to(request.acting).filter(pk__in=ids))}
    situations = situations_of(ids, inbox_pairs(request, request.organisation))
    return rows([found[pk] for pk in ids if pk in found], situations, me=request.user, now=timezone.now())
