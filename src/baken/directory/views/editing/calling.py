"""Calling a service: what to say and ask, how it went, and who is next."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baken.audience import needs
from baken.directory import labels
from baken.directory.actions.calling import FAILED, Answered, Called, call
from baken.directory.actions.verifying import Outcome, SeenBeforeChangeError
from baken.directory.editing_labels import ANSWERED
from baken.directory.facts import facts_of
from baken.directory.keeping_queries import ToCall, call_list, keeping_of, open_signals
from baken.directory.knowing import pack_of
from baken.directory.owning import form as asking
from baken.directory.telephones import phones_shown
from baken.directory.views.editing.loading import address, state_shown
from baken.people.actor import MemberRequest
from baken.people.permissions import Permission

TALKED = "talked"
"""Somebody answered; whether everything was right follows from the fields."""
OTHERWISE = (Answered.NO_ANSWER, Answered.WRONG_NUMBER, Answered.REFUSED, Answered.CLOSED)


@needs(Permission.DIRECTORY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def call_service(request: MemberRequest, organisation_id: uuid.UUID, service_id: uuid.UUID) -> HttpResponse:
    """The page of one call."""
    keeping = keeping_of(service_id, now=timezone.now())
    if keeping is None:
        raise Http404
    if request.method != "POST":
        return _show(request, keeping, asking.read(keeping.record, None), "")
    how = request.POST.get("how", "")
    filled = asking.read(keeping.record, request.POST if how == TALKED else None)
    if how not in (TALKED, *OTHERWISE):
        return _show(request, keeping, filled, _("Choose how the call went."))
    if filled.errors:
        return _show(request, keeping, filled, "")
    all_right = all(item.outcome is Outcome.RIGHT for item in filled.answers.values())
    answer = (Answered.CONFIRMED if all_right else Answered.CORRECTED) if how == TALKED else Answered(how)
    try:
        done = call(
            by=request.acting,
            service_id=service_id,
            answer=answer,
            answers=filled.answers if how == TALKED else None,
            now=timezone.now(),
        )
    except SeenBeforeChangeError:
        again = keeping_of(service_id, now=timezone.now())
        assert again is not None
        return _show(request, again, asking.read(again.record, request.POST), "")
    messages.success(request, _said(keeping.record.name, done))
    return redirect(_next(request, service_id))


def _said(name: str, done: Called) -> str:
    said = [_("%(name)s: written down.") % {"name": name}]
    if done.waiting:
        fields = ", ".join(str(labels.FIELD[field]) for field in done.waiting)
        said.append(_("A colleague must agree first with: %(fields)s.") % {"fields": fields})
    if done.hidden:
        said.append(_("Nobody could confirm it twice in a row, so visitors do not see it any more. Editors still do."))
    return " ".join(said)


def _next(request: MemberRequest, service_id: uuid.UUID) -> str:
    """The next one on the list; the list itself when this was the last."""
    for item in call_list(now=timezone.now(), most=3):
        if item.service.pk != service_id:
            return address(request, "call", item.service.pk)
    return address(request, "calls")


def _show(request: MemberRequest, keeping: ToCall, filled: asking.Form, problem: str) -> HttpResponse:
    record = keeping.record
    facts = facts_of(record, pack_of(record.country))
    errors: dict[str, Any] = {"how": problem} if problem else dict(filled.errors)
    last = keeping.last_call
    how = request.POST.get("how", "")
    context = {
        "heading": _("Call: %(name)s") % {"name": record.name},
        "organisation": request.organisation,
        "service": keeping.service,
        "provider": record.provider.name,
        "state": state_shown(keeping.standing.state),
        "standing": keeping.standing,
        "phones": phones_shown(facts.phones, record.country),
        "signals": [(labels.SIGNAL[what], count) for what, count in open_signals(keeping.service.pk).items()],
        "last_call": last,
        "last_answer": ANSWERED[last.answer] if last else "",
        "failed_before": last is not None and last.answer in FAILED,
        "fields": filled.fields,
        "errors": errors,
        "how": how,
        "how_error": problem,
        "otherwise": [(str(item), ANSWERED[item], str(item) == how) for item in OTHERWISE],
        "talked": how == TALKED,
        "language": labels.language_name(record.language),
    }
    return render(request, "directory/editing/call.html", context, status=422 if errors else 200)
