"""The page of one service."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from baken.audience import public
from baken.directory.neutral import is_telling
from baken.directory.readers import pages_of
from baken.directory.showing import service_shown
from baken.directory.views.loading import visible_service


@require_safe
def service_page(request: HttpRequest, service_id: uuid.UUID) -> HttpResponse:
    """Everything that this reader may know of a service. The title stays neutral: it stands in the list of visited pages."""
    found = visible_service(request, service_id)
    shown = service_shown(
        found.service, found.record, found.facts, found.pack, professional=found.audience != "public", now=found.now
    )
    name = shown.name.text
    context = {
        "heading": _("Help in the social map") if is_telling(name) else name,
        "heading_is_name": not is_telling(name),
        "service": shown,
        "now": found.now,
        "professional": found.audience != "public",
        **pages_of(request),
    }
    return render(request, "directory/service.html", context)


@public
def service(request: HttpRequest, service_id: uuid.UUID) -> HttpResponse:
    """The same for everybody."""
    return service_page(request, service_id)
