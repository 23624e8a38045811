"""Adding a service and changing one. When a colleague was ahead, both texts stand beside each other and nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baken.audience import needs
from baken.directory import labels, models
from baken.directory.actions import ChangedMeanwhileError, NotListedError, Put, put
from baken.directory.actions.putting import Via
from baken.directory.editing_forms.basics import PROVIDER
from baken.directory.editing_forms.whole import EditingForm, with_more
from baken.directory.editing_queries import changed_since, provider_named
from baken.directory.editing_words import LABELS, differing, label_of, lines_of
from baken.directory.hours import hours_sentence
from baken.directory.parts import without_address
from baken.directory.records import ServiceRecord
from baken.directory.views.editing.loading import address, load, number
from baken.people.actor import MemberRequest
from baken.people.permissions import Permission

OWN_FIELDS = ("csrfmiddlewaretoken", "version", "seen", "theirs", "more")


@needs(Permission.DIRECTORY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """A new service."""
    form = _form(request, None)
    if request.method != "POST" or "more" in request.POST or not form.is_valid():
        return _show(request, form, None)
    try:
        made = put(by=request.acting, record=_of_known_provider(form.record()), via=Via.EDITOR, now=timezone.now())
    except NotListedError as error:
        return _show(request, form, None, left_out=error.reason)
    messages.success(request, _("The service is in the map, as not verified. Call them to make sure of it."))
    return redirect(address(request, "service", made.service.pk))


@needs(Permission.DIRECTORY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, organisation_id: uuid.UUID, service_id: uuid.UUID) -> HttpResponse:
    """Change a service."""
    service, before = load(service_id)
    form = _form(request, before)
    if request.method != "POST" or "more" in request.POST or not form.is_valid():
        return _show(request, form, service)
    record = _with_theirs(form.record(), before, request.POST.getlist("theirs"))
    if record.provider.name != before.provider.name:
        # Another organisation that we know, or else another name of this one.
        record = _of_known_provider(record)
    version = number(request.POST.get("version", ""), otherwise=0)
    try:
        done = put(by=request.acting, record=record, via=Via.EDITOR, now=timezone.now(), version=version)
    except ChangedMeanwhileError as error:
        return _conflict(request, service_id, record, error.now)
    messages.success(request, _said(done))
    return redirect(address(request, "service", service_id))


def _form(request: MemberRequest, before: ServiceRecord | None) -> EditingForm:
    data = None
    if request.method == "POST":
        data = with_more(request.POST, request.POST["more"]) if "more" in request.POST else request.POST
    return EditingForm(
        data,
        before=before,
        language=get_language() or settings.LANGUAGE_CODE,
        country=settings.BAKEN_COUNTRY.upper(),
        today=timezone.localdate(),
    )


def _show(
    request: MemberRequest, form: EditingForm, service: models.Service | None, *, left_out: str = ""
) -> HttpResponse:
    sent = request.method == "POST" and "more" not in request.POST
    osm = form.before.hours if form.before else ""
    context = {
        "heading": _("Change: %(name)s") % {"name": service.name} if service else _("Add a service"),
        "organisation": request.organisation,
        "service": service,
        "form": form,
        "errors": form.errors() if sent else [],
        "left_out": left_out,
        "sentence": hours_sentence(osm, form.country) or osm,
        # An error keeps what was read at first, so that a colleague's change is still noticed.
        "version": request.POST.get("version", "") or (service.version if service else ""),
        "seen": request.POST.get("seen", "") or (service.edited_at.isoformat() if service else ""),
        "theirs": request.POST.getlist("theirs"),
    }
    return render(request, "directory/editing/form.html", context, status=422 if sent else 200)


def _of_known_provider(record: ServiceRecord) -> ServiceRecord:
    """The organisation of this name when it is in the map. What was left empty about it stays as we know it."""
    known = provider_named(record.provider.name)
    if known is None:
        return record
    typed = {name: value for name in PROVIDER if (value := getattr(record.provider, name))}
    return replace(record, provider=replace(known, **typed))


def _with_theirs(record: ServiceRecord, now: ServiceRecord, names: Iterable[str]) -> ServiceRecord:
    """The own text, with the colleague's in the fields where theirs was chosen."""
    chosen: dict[str, Any] = {name: getattr(now, name) for name in names if name in LABELS}
    places = chosen.pop("places", record.places)
    mixed = replace(record, **{**chosen, "places": ()})
    if mixed.out_of_sight:
        places = tuple(replace(place, location=without_address(place.location)) for place in places)
    return replace(mixed, places=places)


def _said(done: Put) -> str:
    if done.waiting:
        fields = ", ".join(str(labels.FIELD[field]) for field in done.waiting)
        return _("Saved. A colleague must agree first with: %(fields)s.") % {"fields": fields}
    return _("Saved.") if done.changed else _("Nothing was changed.")


def _conflict(request: MemberRequest, service_id: uuid.UUID, own: ServiceRecord, now: ServiceRecord) -> HttpResponse:
    """Both texts of each field that a colleague changed since; every other field goes along as it was typed."""
    seen = parse_datetime(request.POST.get("seen", "")) if len(request.POST.get("seen", "")) < 40 else None
    touched = changed_since(service_id, seen) if seen is not None and not _naive(seen) else frozenset(LABELS)
    both = [name for name in differing(own, now) if name in touched]
    service, _record = load(service_id)
    context = {
        "heading": _("A colleague was ahead of you"),
        "organisation": request.organisation,
        "service": service,
        "fields": [
            {"name": name, "label": label_of(name), "theirs": lines_of(now, name), "own": lines_of(own, name)}
            for name in both
        ],
        "kept": [label_of(name) for name in differing(own, now) if name not in both],
        "others": [
            (name, str(value)) for name, values in request.POST.lists() for value in values if name not in OWN_FIELDS
        ],
    }
    return render(request, "directory/editing/conflict.html", context, status=409)


def _naive(moment: dt.datetime) -> bool:
    return moment.tzinfo is None
