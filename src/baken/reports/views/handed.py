"""The page that opens once, for a party that is not on Baken. Nothing of who opens it is kept."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baken.audience import public
from baken.reports.actions.answering import OpenedPage, WrongPasscode, is_over, note_wrong_passcode, open_page
from baken.reports.errors import Closed
from baken.reports.models import Handover
from baken.reports.opened import content_of, texts_of
from baken.reports.sharing import part_words
from baken.reports.views.attachment import give
from baken.reports.views.received import content_words, files_of


@public
@require_http_methods(["GET", "HEAD", "POST"])
def handed(request: HttpRequest, handover_id: uuid.UUID) -> HttpResponse:
    """First a page that explains; only a click with the right passcode opens it, so that no program that follows links does."""
    row = Handover.objects.filter(pk=handover_id, way="page").first()
    if row is None:
        raise Http404
    if is_over(row, timezone.now()):
        return _gone(request)
    if request.method != "POST":
        return _ask(request, row)
    try:
        opened = _open(row, request.POST.get("passcode", ""))
    except WrongPasscode:
        wrong = _("This is not the passcode of this page. Look at it again, or call the sender.")
        return _ask(request, row, wrong)
    except (Closed, Handover.DoesNotExist):
        return _gone(request)
    context: dict[str, Any] = {
        "heading": _("Handed over to you"),
        # Only now: before the passcode the page tells nobody who shares what with whom.
        "lead": _("From %(sender)s") % {"sender": opened.handover.report.organisation.name},
        "sender": opened.handover.report.organisation,
        "handover": row,
        "until": opened.until,
        "passcode": request.POST.get("passcode", ""),
        "message": texts_of("handover", [row.pk], opened.pair, "message").get(str(row.pk), ""),
        "files": files_of(opened.handover, opened.pair),
        **content_words(content_of(opened.handover.report, opened.pair)),
    }
    opened.pair.wipe()
    return render(request, "reports/handed_open.html", context)


@public
@require_POST
def handed_file(request: HttpRequest, handover_id: uuid.UUID, attachment_id: uuid.UUID) -> HttpResponseBase:
    """A file, while the page is open."""
    row = Handover.objects.filter(pk=handover_id, way="page").first()
    if row is None:
        raise Http404
    try:
        opened = _open(row, request.POST.get("passcode", ""))
    except WrongPasscode:
        return _ask(request, row, _("This is not the passcode of this page. Look at it again, or call the sender."))
    except (Closed, Handover.DoesNotExist):
        return _gone(request)
    named = files_of(opened.handover, opened.pair, attachment_id)
    return give(attachment_id, named, opened.pair, by=None)


def _open(row: Handover, passcode: str) -> OpenedPage:
    try:
        return open_page(handover_id=row.pk, passcode=passcode, now=timezone.now())
    except WrongPasscode:
        note_wrong_passcode(handover_id=row.pk, now=timezone.now())
        raise


def _ask(request: HttpRequest, row: Handover, wrong: str = "") -> HttpResponse:
    context = {
        "heading": _("Something was handed over to you"),
        "handover": row,
        "parts": part_words(row.parts),
        "was_opened": row.answered_at is not None,
        "wrong": wrong,
    }
    return render(request, "reports/handed.html", context, status=422 if wrong else 200)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/handed_gone.html", {"heading": _("This page is closed")}, status=410)
