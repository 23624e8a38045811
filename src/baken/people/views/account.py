"""The own account: overview, sessions, and becoming a member by an invitation."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baken.audience import members, sign_in
from baken.people import actions, queries
from baken.people.actor import MemberRequest
from baken.people.forms import PasswordForm
from baken.people.links import invitation_of
from baken.people.models import Invitation, Member, OrganisationProvider


@members
@require_safe
def overview(request: MemberRequest) -> HttpResponse:
    """Who I am here, and what I can change."""
    now = timezone.now()
    return render(
        request,
        "people/account.html",
        {
            "heading": _("Your account"),
            "memberships": queries.active_memberships(now).filter(member=request.user).select_related("organisation"),
            "second_factor": queries.has_second_factor(request.user),
        },
    )


@members
@require_safe
def sessions(request: MemberRequest) -> HttpResponse:
    """Where I am signed in."""
    known = request.session.get("known") or {}
    return render(
        request,
        "people/sessions.html",
        {
            "heading": _("Where you are signed in"),
            "sessions": queries.sessions_of(request.user, now=timezone.now()),
            "current": known.get("id"),
        },
    )


@members
@require_POST
def end_session(request: MemberRequest, public_id: uuid.UUID) -> HttpResponse:
    """End one of my sessions."""
    now = timezone.now()
    session = queries.sessions_of(request.user, now=now).filter(public_id=public_id).first()
    if session is None:
        raise Http404
    actions.end_session(by=request.acting, session=session, now=now)
    messages.success(request, _("That session has ended."))
    return redirect("account_sessions")


@sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: as the member who is signed in, or as a new one with a password."""
    found = _open_invitation(token)
    if found is None:
        spent = {"heading": _("This link does not work any more")}
        return render(request, "people/invitation_spent.html", spent, status=410)
    context: dict[str, Any] = {"heading": _("You are invited"), "invitation": found, "button": _("Accept")}
    known = Member.objects.filter(email=found.email).first()
    if known is not None and request.user != known:
        return render(request, "people/invitation_known.html", context)
    context["provider"] = OrganisationProvider.objects.filter(organisation=found.organisation_id).first()
    elsewhere = context["provider"] is not None and known is None and "without_password" in request.POST
    form = PasswordForm(None if elsewhere else request.POST or None, email=found.email) if known is None else None
    if request.method == "POST" and (form is None or elsewhere or form.is_valid()):
        password = form.cleaned_data["password1"] if form and not elsewhere else None
        try:
            actions.accept_invitation(invitation_id=found.pk, password=password, member=known, now=timezone.now())
        except (actions.InvitationSpentError, ValidationError):
            return redirect("account_invitation", token=token)
        messages.success(request, _("Welcome. You are a member now."))
        # A page of ours first: a form may not lead to another site.
        return redirect("account_provider_choose" if elsewhere else "people:home")
    status = 422 if form is not None and form.errors else 200
    return render(request, "people/invitation.html", context | {"form": form}, status=status)


def _open_invitation(token: str) -> Invitation | None:
    found = (
        Invitation.objects.filter(pk=invitation_of(token) or uuid.UUID(int=0)).select_related("organisation").first()
    )
    return found if found and found.accepted_at is None and found.expires_at > timezone.now() else None
