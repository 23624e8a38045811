"""The gatekeeper: nobody reaches a view that its audience does not allow. Default deny."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from baken.audience import MEMBERS, PUBLIC, SIGN_IN
from baken.audit.actions import record_alone
from baken.audit.kinds import Action, Actor, Kind, Subject
from baken.people.actor import Acting
from baken.people.hashers import BusyError, go_in_front, in_front
from baken.people.models import Member, Organisation
from baken.people.openid.queries import beyond
from baken.people.openid.stages import KEPT
from baken.people.permissions import Answer, Permission, Standing, may
from baken.people.queries import has_second_factor, standing_of

GetResponse = Callable[[HttpRequest], HttpResponse]
AREAS = ("account", "organisation")
"""Parts of the address, after the language, below which cookies may be set."""
WITHOUT_SECOND_FACTOR = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "account_provider_confirm",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
    }
)
"""What somebody may open who must still set up a second factor: that, and signing out."""
LONGEST_SESSION = dt.timedelta(hours=12)
RETRY_SECONDS = 30
SEEN_EVERY = 60
"""Seconds between two notes that a session is in use; the idle time is right to this."""


class _Gatekeeper:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Of this request alone, when `process_view` finds somebody who is signed in; a public page asks nobody who they are.
        with in_front(really=False):
            response = self.get_response(request)
        if in_area(request):
            # Without this a browser hides where a form came from, even from us, and the check against forged forms fails.
            response.headers["Referrer-Policy"] = "same-origin"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Refuse, send to sign in, or let through with ``request.acting`` set."""
        audience = getattr(view, "audience", None)
        if audience in (PUBLIC, SIGN_IN) or (audience is None and not in_area(request)):
            return None
        if audience is None:
            raise Http404
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        assert isinstance(request.user, Member)
        go_in_front()
        if lasts_too_long(request):
            get_adapter(request).logout(request)
            return redirect_to_login(request.get_full_path())
        _note_use(request)
        return _admit(request, request.user, audience, kwargs)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Ask to come back in a moment when too many passwords are being checked."""
        if not isinstance(exception, BusyError):
            return None
        response = render(request, "people/busy.html", {"heading": _("It is busy at the moment")}, status=503)
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response


def gatekeeper(get_response: GetResponse) -> _Gatekeeper:
    """Middleware factory."""
    return _Gatekeeper(get_response)


def in_area(request: HttpRequest) -> bool:
    """Does this address belong to members?"""
    parts = request.path_info.split("/", 3)
    return len(parts) > 2 and parts[2] in AREAS


def _admit(request: HttpRequest, member: Member, audience: str, kwargs: dict[str, Any]) -> HttpResponseBase | None:
    standing = standing_of(member, now=timezone.now())
    if outgrew_provider(request, standing):
        get_adapter(request).logout(request)
        return redirect_to_login(request.get_full_path())
    organisation = None
    if audience != MEMBERS:
        permission = Permission(audience)
        organisation_id = kwargs.get("organisation_id")
        answer = may(standing, permission, str(organisation_id) if organisation_id else None)
        if answer is Answer.UNKNOWN:
            raise Http404
        if answer is Answer.REFUSED:
            _note_refusal(member, str(organisation_id or ""))
            raise PermissionDenied
        organisation = Organisation.objects.get(pk=organisation_id) if organisation_id else None
    match = request.resolver_match
    if (
        standing.second_factor
        and (match is None or match.view_name not in WITHOUT_SECOND_FACTOR)
        and not was_asked_elsewhere(request)
        and not has_second_factor(member)
    ):
        return redirect("mfa_index")
    request.acting = Acting(member, standing, organisation)  # type: ignore[attr-defined]
    if organisation is not None:
        request.organisation = organisation  # type: ignore[attr-defined]
    return None


def was_asked_elsewhere(request: HttpRequest) -> bool:
    """Did the provider of the organisation ask for a second factor at this sign-in?"""
    return bool(request.session.get(KEPT, {}).get("strong"))


def outgrew_provider(request: HttpRequest, standing: Standing) -> bool:
    """May the provider that opened this session no longer answer for the member, who now has functions beyond it?"""
    arrived = request.session.get(KEPT)
    return arrived is not None and beyond(standing, arrived["organisation"])


def lasts_too_long(request: HttpRequest) -> bool:
    """Was the session begun half a day ago? Then also one that is used all the time ends: nobody works that long at a stretch."""
    begun = (request.session.get("known") or {}).get("at")
    return begun is not None and timezone.now() - dt.datetime.fromisoformat(begun) > LONGEST_SESSION


def _note_refusal(member: Member, organisation_id: str) -> None:
    record_alone(
        by=Actor(member_id=str(member.pk), organisation_id=organisation_id or None),
        action=Action.READ,
        on=Subject(Kind.PAGE, organisation_id),
        now=timezone.now(),
    )


def _note_use(request: HttpRequest) -> None:
    """A session ends after some idle time; this is the only thing that puts the end off."""
    moment = int(time.time())
    if moment - request.session.get("seen", 0) >= SEEN_EVERY:
        request.session["seen"] = moment
