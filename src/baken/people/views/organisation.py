"""Pages of an organisation: home, set-up, members."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baken.audience import members, needs
from baken.people import actions, menu, queries, setting_up, signals
from baken.people.actor import MemberRequest
from baken.people.forms import InviteMemberForm, OrganisationForm
from baken.people.labels import FUNCTIONS
from baken.people.links import send_invitation
from baken.people.models import Membership
from baken.people.permissions import Answer, Function, Permission, may
from baken.recognise.current import current_pack
from baken.routes.factsheets import week_hours
from baken.routes.sheets import hours_in_words


@members
@require_safe
def home(request: MemberRequest) -> HttpResponse:
    """My organisations; with one, that one."""
    found = list(queries.organisations_visible_to(request.user, now=timezone.now()))
    if len(found) == 1 and not request.user.is_platform_administrator:
        return redirect("people:organisation", organisation_id=found[0].pk)
    return render(request, "people/home.html", {"heading": _("Your organisations"), "organisations": found})


@needs(Permission.ORGANISATION_SEE)
@require_safe
def organisation(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """What colleagues need to know, and what I may do here."""
    shown = request.organisation
    municipalities = current_pack().places.municipalities
    context = {
        "heading": shown.name,
        "organisation": shown,
        "municipalities": [municipalities[code].name for code in shown.municipalities if code in municipalities],
        "office_hours": _hours_in_words(shown.office_hours),
        "focal_points": queries.focal_points(shown, now=timezone.now()),
        "entries": menu.entries(request.acting),
        "thread": setting_up.thread(request.acting),
        "may_configure": _may(request, Permission.ORGANISATION_CONFIGURE),
        "may_see_members": _may(request, Permission.MEMBERS_SEE),
    }
    return render(request, "people/organisation.html", context)


@needs(Permission.ORGANISATION_CONFIGURE)
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """The assistant: what the organisation is, where it works, how its focal point is reached."""
    shown = request.organisation
    form = OrganisationForm(request.POST or None, initial=OrganisationForm.initial_of(shown))
    if request.method == "POST" and form.is_valid():
        try:
            actions.configure_organisation(
                by=request.acting, organisation=shown, settings=form.settings(), now=timezone.now()
            )
            return redirect("people:set_up_done", organisation_id=shown.pk)
        except IntegrityError:
            form.add_error("name", _("There is an organisation with this name already."))
    context = {"heading": _("Set up your organisation"), "form": form, "button": _("Save"), "organisation": shown}
    return render(request, "people/set_up.html", context, status=422 if form.errors else 200)


@needs(Permission.ORGANISATION_CONFIGURE)
@require_safe
def set_up_done(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """What works now, and what is still to do."""
    shown = request.organisation
    context = {
        "heading": _("Your organisation is set up"),
        "organisation": shown,
        "thread": setting_up.thread(request.acting),
    }
    return render(request, "people/set_up_done.html", context)


@needs(Permission.MEMBERS_SEE)
@require_safe
def member_list(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Who does what."""
    now = timezone.now()
    context = {
        "heading": _("Members"),
        "organisation": request.organisation,
        "memberships": [
            (item, FUNCTIONS[Function(item.function)]) for item in queries.memberships_of(request.organisation, now=now)
        ],
        "invitations": queries.open_invitations(request.organisation, now=now),
        "may_invite": _may(request, Permission.MEMBERS_INVITE),
        "may_end": _may(request, Permission.MEMBERS_END),
    }
    return render(request, "people/members.html", context)


@needs(Permission.MEMBERS_INVITE)
@require_http_methods(["GET", "HEAD", "POST"])
def invite_member(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Invite a colleague, for example the first focal point."""
    form = InviteMemberForm(request.POST or None, initial={"functions": request.GET.getlist("function")})
    if request.method == "POST" and form.is_valid():
        made = actions.invite(
            by=request.acting,
            email=form.cleaned_data["email"],
            organisation=request.organisation,
            functions=form.chosen(),
            language=get_language() or "nl",
            now=timezone.now(),
        )
        if made.email == request.user.email:
            # Signed in as that very member: a link by mail would prove nothing more.
            actions.accept_invitation(invitation_id=made.pk, password=None, member=request.user, now=timezone.now())
            messages.success(request, _("You have this function yourself now."))
            return redirect("people:organisation", organisation_id=request.organisation.pk)
        send_invitation(made, site=settings.BAKEN_SITE)
        messages.success(request, _("The invitation has been sent. The link works once, for seven days."))
        return redirect("people:members", organisation_id=request.organisation.pk)
    context = {
        "heading": _("Invite a colleague"),
        "lead": _("Your colleague gets a link by e-mail. Type your own address to take a function yourself."),
        "form": form,
        "button": _("Send the invitation"),
        "organisation": request.organisation,
    }
    return render(request, "people/form_page.html", context, status=422 if form.errors else 200)


@needs(Permission.MEMBERS_END)
@require_POST
def end_membership(request: MemberRequest, organisation_id: uuid.UUID, membership_id: uuid.UUID) -> HttpResponse:
    """End a function of a colleague."""
    now = timezone.now()
    membership = queries.memberships_of(request.organisation, now=now).filter(pk=membership_id).first()
    if membership is None:
        raise Http404
    try:
        actions.end_membership(by=request.acting, membership=membership, now=now)
        signals.members_changed.send(sender=Membership, request=request, organisation=request.organisation, now=now)
        messages.success(request, _("That function has ended."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("people:members", organisation_id=request.organisation.pk)


def _hours_in_words(osm: str) -> str:
    return hours_in_words(week_hours(osm, country=current_pack().info.holidays)) if osm else ""


def _may(request: MemberRequest, permission: Permission) -> bool:
    return may(request.acting.standing, permission, str(request.organisation.pk)) is Answer.ALLOWED
