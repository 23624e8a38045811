"""What there is to do today, and whom to call."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from baken.audience import needs
from baken.directory.editing_queries import outdated_texts, services_in_all, signalled, to_call
from baken.directory.keeping_queries import call_list, open_alarms, open_proposals
from baken.directory.views.editing.loading import address, state_shown
from baken.people.actor import MemberRequest
from baken.people.permissions import Permission

MOST_CALLS = 50


@dataclass(frozen=True, slots=True)
class Task:
    """One list of work: how many, where, and what it says when there is nothing."""

    title: str
    count: int
    said: str
    url: str


@needs(Permission.DIRECTORY_EDIT)
@require_safe
def home(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """The lists of today, each with a count."""
    context = {
        "heading": _("Social map: today"),
        "lead": _("What keeps the map true, the most harmful first."),
        "organisation": request.organisation,
        "tasks": _tasks(request),
        "in_all": services_in_all(),
    }
    return render(request, "directory/editing/home.html", context)


def _tasks(request: MemberRequest) -> list[Task]:
    calls, signals = to_call(now=timezone.now()), len(signalled())
    proposals, alarms, texts = open_proposals().count(), open_alarms().count(), len(outdated_texts())
    return [
        Task(
            _("Alarms"),
            alarms,
            ngettext("%(n)s must be looked at today", "%(n)s must be looked at today", alarms) % {"n": alarms}
            if alarms
            else _("No alarm. An alarm comes when a municipality could lose its last door."),
            address(request, "watch"),
        ),
        Task(
            _("Signals of visitors"),
            signals,
            ngettext("about %(n)s service", "about %(n)s services", signals) % {"n": signals}
            if signals
            else _("No signal. When a visitor says that a number does not work, it comes here."),
            address(request, "watch") + "#signals",
        ),
        Task(
            _("Whom to call"),
            calls,
            ngettext("%(n)s service to make sure of", "%(n)s services to make sure of", calls) % {"n": calls}
            if calls
            else _("Nobody to call today. Owners get a mail 14 days before; who does not answer comes here."),
            address(request, "calls"),
        ),
        Task(
            _("Changes that wait for a second person"),
            proposals,
            ngettext("%(n)s change waits", "%(n)s changes wait", proposals) % {"n": proposals}
            if proposals
            else _("Nothing waits. A new telephone number comes here first."),
            address(request, "proposals"),
        ),
        Task(
            _("Outdated translations"),
            texts,
            ngettext("%(n)s text changed since", "%(n)s texts changed since", texts) % {"n": texts}
            if texts
            else _("Every translation fits its text. When a text changes, its translations come here."),
            address(request, "translations"),
        ),
    ]


@needs(Permission.DIRECTORY_EDIT)
@require_safe
def calls(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Whom to call, in order of harm."""
    now = timezone.now()
    found = call_list(now=now, most=MOST_CALLS + 1)
    context = {
        "heading": _("Whom to call"),
        "lead": _("Signals of visitors first, then what harms most when it is wrong, then what waits longest."),
        "organisation": request.organisation,
        "items": [(item, state_shown(item.standing.state)) for item in found[:MOST_CALLS]],
        "has_more": len(found) > MOST_CALLS,
    }
    return render(request, "directory/editing/calls.html", context)
