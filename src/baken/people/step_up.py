"""Step-up: before an export or an act on keys, the member proves again who they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from baken.people.openid import confirmation

V = TypeVar("V", bound=Callable[..., Any])


def step_up(view: V) -> V:
    """Ask for password, code or passkey when that is more than five minutes ago. Put the audience above it.

    A form that was sent too late is opened anew. allauth's own decorator would keep what was typed in the session until
    then, and that may be a code or a text about people.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_reauthentication_required(request, app="allauth.mfa") or confirmation.needed(request):
            ways = get_adapter().get_reauthentication_methods(request.user)
            page = ways[0]["url"] if ways else reverse("account_provider_confirm")
            path = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
            return redirect(f"{page}?{urlencode({'next': path})}")
        return cast(HttpResponseBase, view(request, *args, **kwargs))

    return cast(V, guarded)
