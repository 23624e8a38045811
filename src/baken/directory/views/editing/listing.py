"""All services, by name, state, kind and region. What somebody looks for travels by POST."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from baken.audience import needs
from baken.directory import labels
from baken.directory.editing_forms.basics import choice, text
from baken.directory.editing_labels import STATE
from baken.directory.editing_queries import Wanted, listed
from baken.directory.knowing import standings
from baken.directory.views.editing.loading import number, state_shown
from baken.people.actor import MemberRequest
from baken.people.permissions import Permission
from baken.recognise.current import current_pack

REGIONS = "care_coordination"
ANY = ("", gettext_lazy("Does not matter"))


class ListForm(forms.Form):
    """Every field may stay empty; together they narrow."""

    text = text(gettext_lazy("Name"), kind="search")
    state = choice(gettext_lazy("State"), [ANY, *STATE.items()], required=False)
    kind = choice(gettext_lazy("Kind of place"), [ANY, *labels.KIND.items()], required=False)
    region = choice(gettext_lazy("Region"), (), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="list_%s", label_suffix="")
        regions = current_pack().regions.get(REGIONS, {})
        named = sorted(
            ((f"{REGIONS}:{code}", region.name) for code, region in regions.items()), key=lambda pair: pair[1]
        )
        self.fields["region"].choices = [ANY, *named]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What somebody looks for; what is not understood does not count."""
        self.is_valid()
        return Wanted(**{name: self.cleaned_data.get(name, "") for name in ("text", "state", "kind", "region")})


@needs(Permission.DIRECTORY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def services(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """One page of the services that fit."""
    now = timezone.now()
    form = ListForm(request.POST if request.method == "POST" else {})
    found = listed(
        form.wanted(), country=settings.BAKEN_COUNTRY.upper(), page=number(request.POST.get("page", "")), now=now
    )
    known = standings(found.services, now=now)
    context = {
        "heading": _("All services"),
        "organisation": request.organisation,
        "form": form,
        "asked": request.method == "POST",
        "listed": found,
        "rows": [
            (item, labels.label("nl-mh-kind", item.kind), state_shown(known[item.pk].state)) for item in found.services
        ],
        "kept": [(name, request.POST.get(name, "")) for name in form.fields],
    }
    return render(request, "directory/editing/services.html", context)
