"""The register of who is not in the map on purpose."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from baken.audience import needs
from baken.directory.actions.leaving_out import NamedAlreadyError, leave_out, let_in
from baken.directory.editing_forms.basics import area, link, text
from baken.directory.keeping_queries import not_listed
from baken.directory.names import folded
from baken.directory.views.editing.loading import address
from baken.people.actor import MemberRequest
from baken.people.permissions import Permission


class LeaveOutForm(forms.Form):
    """Who, and why."""

    name = text(gettext_lazy("Name of the service or organisation"), required=True)
    reason = area(gettext_lazy("Why it is left out"), gettext_lazy("Facts that can be checked. Name no person."))
    url = link(gettext_lazy("Website"))
    telephone = text(gettext_lazy("Telephone"), most=40, kind="tel")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="out_%s", label_suffix="")
        self.fields["reason"].required = True

    def clean_name(self) -> str:
        """A name with at least one letter or digit."""
        typed = str(self.cleaned_data["name"])
        if not folded(typed):
            raise forms.ValidationError(_("Write a name."))
        return typed


@needs(Permission.DIRECTORY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def left_out(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """The list, and putting a name on it."""
    form = LeaveOutForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            leave_out(by=request.acting, now=timezone.now(), **form.cleaned_data)
        except NamedAlreadyError as error:
            form.add_error("name", _("This name is on the list already: %(reason)s") % {"reason": error.row.reason})
        else:
            messages.success(request, _("On the list. Nobody, and no import, can add it again."))
            return redirect(address(request, "left_out"))
    context = {
        "heading": _("Left out on purpose"),
        "lead": _("So that nobody, and no import, adds them again."),
        "organisation": request.organisation,
        "form": form,
        "items": not_listed(),
    }
    return render(request, "directory/editing/left_out.html", context, status=422 if form.errors else 200)


@needs(Permission.DIRECTORY_EDIT)
@require_POST
def let_back_in(request: MemberRequest, organisation_id: uuid.UUID, row_id: uuid.UUID) -> HttpResponse:
    """Take a name off the list."""
    let_in(by=request.acting, row_id=row_id, now=timezone.now())
    messages.success(request, _("Off the list. It can be added again."))
    return redirect(address(request, "left_out"))
