"""Views that open something sealed: the member's key must be unlocked, and for an inbox a colleague gave them access.

Order of the decorators: audience first (``@needs(…)``), then ``@needs_unlocked`` or ``@needs_inbox``, then the methods.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from baken.people.actor import MemberRequest
from baken.vault.models import MemberKey
from baken.vault.rotation import carry_on
from baken.vault.session import inbox_pair, unlocked

V = TypeVar("V", bound=Callable[..., Any])
ASK_CODE = "vault_ask_code"
"""In the session of a member whose recovery code is not kept yet: ask for it before the first sealed page, once."""


def needs_unlocked(view: V) -> V:
    """The member's own key is unlocked; otherwise a page that unlocks it, or makes one, and then leads back."""

    @wraps(view)
    def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if unlocked(request) is None:
            return _to_key(request)
        if (
            request.session.get(ASK_CODE)
            and request.method == "GET"
            and view.__module__ != "baken.vault.views.recovery"
        ):
            return redirect(with_next("vault:recovery_code", request))
        return cast(HttpResponseBase, view(request, *args, **kwargs))

    return cast(V, guarded)


def needs_inbox(view: V) -> V:
    """As `needs_unlocked`, and the member can open the newest inbox of the organisation that the URL names.

    Otherwise a calm page that says which colleague can give access. Also carries on a move to a newer inbox that waits
    for somebody who holds the older one.
    """

    @needs_unlocked
    @wraps(view)
    def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if inbox_pair(request, request.organisation) is None:
            return redirect("vault:waiting", organisation_id=request.organisation.pk)
        carry_on(request, request.organisation, now=timezone.now())
        return cast(HttpResponseBase, view(request, *args, **kwargs))

    return cast(V, guarded)


def _to_key(request: MemberRequest) -> HttpResponseBase:
    has_key = MemberKey.objects.filter(member=request.user).exists()
    return redirect(with_next("vault:unlock" if has_key else "vault:make", request))


def with_next(name: str, request: HttpRequest) -> str:
    """A page that leads back here. What was posted is not kept anywhere: after unlocking the form is opened anew."""
    path = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
    return f"{reverse(name)}?{urlencode({'next': path})}"
