"""Who may use a URL. Every URL declares it; a start-up check refuses a URL that does not (default deny).

An audience is ``public`` (no account, no cookie), ``sign_in`` (anybody, on the way to a session), ``members`` (anybody
who signed in) or the name of one permission. This module only declares; ``baken.people.middleware`` refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.urls import URLPattern, URLResolver, get_resolver
from django.views.decorators.csrf import csrf_exempt

PUBLIC = "public"
SIGN_IN = "sign_in"
MEMBERS = "members"
V = TypeVar("V", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class DeclaredUrl:
    """One URL of the site with who may use it; ``audience`` is None where nobody said so."""

    pattern: str
    name: str
    audience: str | None
    view: Callable[..., Any]


def public(view: V) -> V:
    """Declare a view public: no account, no cookie, nothing stored.

    A public view has no session that another site could ride on, so a form post needs no token (and no cookie to hold one).
    """
    view = csrf_exempt(view)
    view.audience = PUBLIC  # type: ignore[attr-defined]
    return view


def sign_in(view: V) -> V:
    """Declare a view part of signing in: anybody may open it, and it may set the cookies of a session."""
    view.audience = SIGN_IN  # type: ignore[attr-defined]
    return view


def members(view: V) -> V:
    """Declare a view for everybody who signed in; it shows only what belongs to that member."""
    view.audience = MEMBERS  # type: ignore[attr-defined]
    return view


def needs(permission: str) -> Callable[[V], V]:
    """Declare that a view needs one permission, in the organisation that its URL names (``organisation_id``), if any."""

    def declare(view: V) -> V:
        view.audience = str(permission)  # type: ignore[attr-defined]
        return view

    return declare


def public_tree(resolver: URLResolver) -> URLResolver:
    """Declare every URL below an included set of URLs public."""
    resolver.audience = PUBLIC  # type: ignore[attr-defined]
    return resolver


def declared_urls(resolver: URLResolver | None = None) -> Iterator[DeclaredUrl]:
    """Walk the URL configuration: every URL with its audience."""
    yield from _walk(resolver or get_resolver(), "", "", None)


def _walk(resolver: URLResolver, prefix: str, namespace: str, inherited: str | None) -> Iterator[DeclaredUrl]:
    for item in resolver.url_patterns:
        audience = getattr(item, "audience", None) or inherited
        pattern = prefix + str(item.pattern)
        if isinstance(item, URLResolver):
            inner = f"{namespace}{item.namespace}:" if item.namespace else namespace
            yield from _walk(item, pattern, inner, audience)
        elif isinstance(item, URLPattern):
            view = item.callback
            yield DeclaredUrl(
                pattern, f"{namespace}{item.name or ''}", getattr(view, "audience", None) or audience, view
            )
