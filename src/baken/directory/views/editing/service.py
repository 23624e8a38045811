"""One service as editors see it: three dates, how sure each field is, what changed, what visitors said, who called."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from baken.audience import needs
from baken.directory import labels, models
from baken.directory.actions.owners import set_owner
from baken.directory.editing_forms.basics import choice, mailbox
from baken.directory.editing_labels import ANSWERED, VIA
from baken.directory.editing_queries import calls_of, changes_of, waiting_for
from baken.directory.editing_words import LABELS, label_of, lines_of
from baken.directory.freshness import Standing
from baken.directory.keeping_queries import ToCall, keeping_of, last_verified, open_signals
from baken.directory.owning.words import says
from baken.directory.records import ServiceRecord
from baken.directory.views.editing.loading import address, load, state_shown
from baken.people.actor import MemberRequest
from baken.people.permissions import Permission


class OwnerForm(forms.Form):
    """Where the question whether it is still true goes."""

    email = mailbox(
        gettext_lazy("E-mail address of the owner"),
        gettext_lazy("Not shown to anybody. Of a function, not of a person. Empty: nobody is asked."),
    )
    language = choice(gettext_lazy("Language of that mail"), ())

    def __init__(self, data: Any = None, *, provider: models.Provider) -> None:
        first = {"email": provider.owner_email, "language": provider.owner_language}
        super().__init__(data, initial=first, auto_id="owner_%s", label_suffix="")
        self.fields["language"].choices = [(code, labels.language_name(code)) for code, _name in settings.LANGUAGES]  # type: ignore[attr-defined]


@needs(Permission.DIRECTORY_EDIT)
@require_safe
def service(request: MemberRequest, organisation_id: uuid.UUID, service_id: uuid.UUID) -> HttpResponse:
    """The page of a service."""
    found, record = load(service_id)
    return _show(request, found, record, OwnerForm(provider=found.provider))


@needs(Permission.DIRECTORY_EDIT)
@require_POST
def owner(request: MemberRequest, organisation_id: uuid.UUID, service_id: uuid.UUID) -> HttpResponse:
    """Who is asked by mail."""
    found, record = load(service_id)
    form = OwnerForm(request.POST, provider=found.provider)
    if not form.is_valid():
        return _show(request, found, record, form)
    set_owner(
        by=request.acting,
        provider_id=found.provider.pk,
        email=form.cleaned_data["email"],
        language=form.cleaned_data["language"],
        now=timezone.now(),
    )
    messages.success(request, _("Saved. The owner is asked 14 days before a check is due."))
    return redirect(address(request, "service", service_id))


def _show(request: MemberRequest, found: models.Service, record: ServiceRecord, form: OwnerForm) -> HttpResponse:
    now = timezone.now()
    keeping = keeping_of(found.pk, now=now)
    assert keeping is not None
    context = {
        "heading": found.name,
        "organisation": request.organisation,
        "service": found,
        "kind": labels.label("nl-mh-kind", record.kind),
        "state": state_shown(keeping.standing.state),
        "standing": keeping.standing,
        "dates": _dates(found, keeping.standing),
        "verified": last_verified([found.pk]).get(found.pk),
        "fields": _fields(keeping),
        "said": [(label_of(name), lines) for name in LABELS if (lines := lines_of(record, name))],
        "waiting": [(item, labels.FIELD[item.field]) for item in waiting_for(found.pk)],  # type: ignore[index]
        "signals": [(labels.SIGNAL[what], count) for what, count in open_signals(found.pk).items()],
        "changes": [(item, label_of(item.field), VIA[item.via]) for item in changes_of(found.pk)],
        "calls": [(item, ANSWERED[item.answer]) for item in calls_of(found.pk)],
        "form": form,
        "languages": [
            (code, labels.language_name(code)) for code, _name in settings.LANGUAGES if code != record.language
        ],
    }
    return render(request, "directory/editing/service.html", context, status=422 if form.errors else 200)


def _dates(found: models.Service, standing: Standing) -> list[tuple[str, str, dt.date | None]]:
    """Three dates that are never one: what it is called, what it means, and when."""
    seen = [found.source_checked_on, timezone.localdate(found.source_seen_at) if found.source_seen_at else None]
    verified = standing.verified_at
    return [
        (
            _("Verified"),
            _("They, or an editor who asked them, said that it is right."),
            timezone.localdate(verified) if verified else None,
        ),
        (
            _("Source seen"),
            _("An editor or the computer read where it stands."),
            max((day for day in seen if day), default=None),
        ),
        (_("Edited"), _("Somebody changed the text. That makes nothing sure."), timezone.localdate(found.edited_at)),
    ]


def _fields(keeping: ToCall) -> list[dict[str, Any]]:
    """What is checked one by one: what it says, how sure that is, since when and until when."""
    return [
        {
            "label": labels.FIELD[field],
            "says": says(keeping.record, field),
            "state": state_shown(standing.state),
            "verified_at": standing.verified_at,
            "due_on": standing.due_on,
        }
        for field, standing in keeping.standing.fields.items()
    ]
