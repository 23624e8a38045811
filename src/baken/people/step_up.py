"""Step-up: before an export or an act on keys, the member proves again who they are.

Whoever signed in less than five minutes ago has just done so, and is not asked twice: with all that the step-up would ask.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from baken.people.models import Member
from baken.people.openid import confirmation
from baken.people.queries import had_second_factor

V = TypeVar("V", bound=Callable[..., Any])


def step_up(view: V) -> V:
    """Ask for password, code or passkey when that is more than five minutes ago. Put the audience above it.

    A form that was sent too late is opened anew. allauth's own decorator would keep what was typed in the session until
    then, and that may be a code or a text about people.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_needed(request):
            path = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
            return redirect(way_to_prove(request, then=path))
        return cast(HttpResponseBase, view(request, *args, **kwargs))

    return cast(V, guarded)


def step_up_then(page: str) -> Callable[[V], V]:
    """The same for a view that only takes a form: back to the page, by its name, on which that form stands."""

    def decorate(view: V) -> V:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if is_needed(request):
                return redirect(way_to_prove(request, then=reverse(page, args=args, kwargs=kwargs)))
            return cast(HttpResponseBase, view(request, *args, **kwargs))

        return cast(V, guarded)

    return decorate


def is_needed(request: HttpRequest) -> bool:
    """Did this member prove who they are too long ago?"""
    return is_reauthentication_required(request, app="allauth.mfa") or confirmation.needed(request)


def way_to_prove(request: HttpRequest, *, then: str) -> str:
    """The page that asks, and leads on to ``then``."""
    ways = get_adapter().get_reauthentication_methods(request.user)
    page = ways[0]["url"] if ways else reverse("account_provider_confirm")
    return f"{page}?{urlencode({'next': then})}"


def signed_in_lately(request: HttpRequest) -> bool:
    """Did this session begin less than five minutes ago, with the second factor of whoever has one?

    Signing in at a provider does not count: it may remember somebody for days.
    """
    member = request.user
    if not isinstance(member, Member):
        return False
    now, longest = time.time(), settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, member)
    proven = {item["method"]: item["at"] for item in records if 0 <= now - item["at"] < longest}
    if "mfa" in proven:
        return True
    # Whoever sets up the first second factor now could not have used it when they signed in.
    typed = proven.get("password")
    return typed is not None and not had_second_factor(member, dt.datetime.fromtimestamp(typed, tz=dt.UTC))
