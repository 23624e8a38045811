"""Signing in at the provider of one's own organisation, and showing there once more who one is."""

from __future__ import annotations

import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from baken.audience import members, sign_in
from baken.people import sign_in_events
from baken.people.actor import MemberRequest
from baken.people.models import OrganisationProvider
from baken.people.openid import exchange, queries
from baken.people.openid.claims import Claims, is_fresh, is_strong
from baken.people.openid.stages import KEPT

STATUS = {"cancelled": 200, "discovery": 503, "answer": 503}
"""What the browser is told per reason; every other reason is 400."""
QUIET = frozenset({"cancelled", "discovery", "answer", "state"})
"""Reasons that are no attempt to come in."""


@sign_in
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which organisation? A list of names: nothing to type, and nothing that tells who is a member."""
    context = {
        "heading": _("Sign in with your organisation"),
        "providers": queries.providers(),
        "next_url": get_next_redirect_url(request),
    }
    return render(request, "people/providers.html", context)


@sign_in
@never_cache
@require_safe
def start(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Go there. A link and no form: the content policy lets our forms lead to ourselves only."""
    provider = _provider(slug)
    confirming = "confirm" in request.GET and request.user.is_authenticated
    try:
        return exchange.begin(
            request,
            provider,
            process=exchange.CONFIRM if confirming else exchange.LOGIN,
            next_url=get_next_redirect_url(request),
        )
    except exchange.ExchangeError as error:
        return _problem(request, provider, error.reason)


@sign_in
@never_cache
@require_safe
def callback(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Come back. The address is in one language; go on in the one that was read before."""
    provider = _provider(slug)
    try:
        begun = exchange.recall(request, provider)
        translation.activate(begun.language)
        request.LANGUAGE_CODE = begun.language
        claims = exchange.finish(request, provider, begun)
    except exchange.ExchangeError as error:
        if error.reason not in QUIET:
            sign_in_events.refused(None)
        return _problem(request, provider, error.reason)
    return (_confirm if begun.process == exchange.CONFIRM else _enter)(request, provider, claims, begun.next_url)


@members
@require_safe
def confirm(request: MemberRequest) -> HttpResponse:
    """Before something sensitive, for a member without password and second factor: ask the organisation once more."""
    context = {
        "heading": _("Confirm that it is you"),
        "provider": queries.provider_of(request.user),
        "next_url": get_next_redirect_url(request),
    }
    return render(request, "people/provider_confirm.html", context)


def _enter(
    request: HttpRequest, provider: OrganisationProvider, claims: Claims, next_url: str | None
) -> HttpResponseBase:
    try:
        member = queries.admitted(claims, provider, now=timezone.now())
    except queries.NotAdmittedError as refusal:
        sign_in_events.refused(refusal.member_id)
        return _problem(request, provider, "not_admitted", status=403)
    if request.user.is_authenticated:
        get_adapter(request).logout(request)
    arrived = {
        "organisation": str(provider.organisation_id),
        "slug": provider.slug,
        "subject": claims.subject,
        "strong": is_strong(claims, contexts=provider.strong_contexts),
    }
    record_authentication(request, member, "socialaccount", provider=provider.slug)
    response: HttpResponseBase = perform_login(
        request, Login(user=member, redirect_url=next_url, state={KEPT: arrived})
    )
    return response


def _confirm(
    request: HttpRequest, provider: OrganisationProvider, claims: Claims, next_url: str | None
) -> HttpResponseBase:
    if not request.user.is_authenticated:
        return redirect("account_login")
    fresh = is_fresh(claims, now=int(time.time()), seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)
    try:
        same = queries.admitted(claims, provider, now=timezone.now()) == request.user
    except queries.NotAdmittedError:
        same = False
    if not (fresh and same):
        sign_in_events.step_up_refused(request.user)
        return _problem(request, provider, "not_confirmed", status=403)
    record_authentication(request, request.user, "socialaccount", provider=provider.slug, reauthenticated=True)
    return redirect(next_url or "account_overview")


def _provider(slug: str) -> OrganisationProvider:
    found = queries.provider_named(slug)
    if found is None:
        raise Http404
    return found


def _problem(
    request: HttpRequest, provider: OrganisationProvider, reason: str, *, status: int | None = None
) -> HttpResponse:
    heading, text = _words(reason)
    context = {"heading": heading, "text": text, "provider": provider}
    return render(request, "people/provider_problem.html", context, status=status or STATUS.get(reason, 400))


def _words(reason: str) -> tuple[str, str]:
    """What happened and what to do. The same for everybody who is not let in: it does not tell who is a member."""
    if reason == "cancelled":
        return _("You did not sign in"), _("You stopped at the sign-in of your organisation. Nothing has changed.")
    if reason in ("discovery", "answer"):
        return (
            _("The sign-in of your organisation does not answer"),
            _("This is not your fault. Try again in a few minutes, or tell the help desk of your organisation."),
        )
    if reason == "not_admitted":
        return (
            _("This account does not open anything here"),
            _(
                "Members are invited by their organisation. Ask the administrator whether you are, and with which address."
            ),
        )
    if reason == "not_confirmed":
        return (
            _("We could not confirm that it is you"),
            _("Sign in at your organisation with the account that you use here, and type your password there again."),
        )
    return _("Signing in did not work"), _("It took too long, or it was started in another window. Please start again.")
