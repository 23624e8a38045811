"""Who may use a URL. Every URL declares it; a start-up check refuses a URL that does not (default deny).

``public`` is the only audience until organisations exist; later audiences are permissions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.urls import URLPattern, URLResolver, get_resolver
from django.views.decorators.csrf import csrf_exempt

PUBLIC = "public"
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
