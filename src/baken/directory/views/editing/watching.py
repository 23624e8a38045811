"""What warns that the map could be wrong: alarms, and signals of visitors."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from baken.audience import needs
from baken.directory import labels
from baken.directory.editing_forms.areas import municipality_name
from baken.directory.editing_labels import ALARM
from baken.directory.editing_queries import signalled
from baken.directory.keeping_queries import open_alarms
from baken.directory.packs_here import pack_of
from baken.people.actor import MemberRequest
from baken.people.permissions import Permission


@needs(Permission.DIRECTORY_EDIT)
@require_safe
def watch(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Both lists. What is on them goes away when somebody makes sure of the service."""
    pack = pack_of(settings.BAKEN_COUNTRY)
    context = {
        "heading": _("Alarms and signals"),
        "organisation": request.organisation,
        "alarms": [
            (item, ALARM[item.what], municipality_name(item.municipality, pack) if item.municipality else "")
            for item in open_alarms()
        ],
        "signals": [
            (service, [(labels.SIGNAL[what], count) for what, count in said.items()]) for service, said in signalled()
        ],
    }
    return render(request, "directory/editing/watch.html", context)
