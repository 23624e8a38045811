"""Pages of a platform administrator: configuration, never content."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baken.audience import needs
from baken.people import actions, queries
from baken.people.actor import MemberRequest
from baken.people.forms import InviteOrganisationForm
from baken.people.links import send_invitation
from baken.people.permissions import Function, Permission


@needs(Permission.PLATFORM_SEE)
@require_safe
def organisations(request: MemberRequest) -> HttpResponse:
    """Which organisations there are, and whether they are set up."""
    context = {"heading": _("Organisations on this installation"), "organisations": queries.organisations_configured()}
    return render(request, "people/platform.html", context)


@needs(Permission.PLATFORM_INVITE)
@require_http_methods(["GET", "HEAD", "POST"])
def invite_organisation(request: MemberRequest) -> HttpResponse:
    """Invite an organisation; its first administrator sets it up."""
    form = InviteOrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        with transaction.atomic():
            about = actions.Settings(name=form.cleaned_data["name"], kind=form.cleaned_data["kind"])
            made = actions.create_organisation(by=request.acting, settings=about, now=now)
            invitation = actions.invite(
                by=request.acting,
                email=form.cleaned_data["email"],
                organisation=made,
                functions=[Function.ORGANISATION_ADMINISTRATOR],
                language=get_language() or "nl",
                now=now,
            )
        send_invitation(invitation, site=settings.BAKEN_SITE)
        messages.success(request, _("The invitation has been sent. The link works once, for seven days."))
        return redirect("people:platform")
    context = {"heading": _("Invite an organisation"), "form": form, "button": _("Send the invitation")}
    return render(request, "people/form_page.html", context, status=422 if form.errors else 200)
