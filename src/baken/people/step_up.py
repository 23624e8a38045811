"""Step-up: before an export or an act on keys, the member proves again who they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from allauth.account.decorators import reauthentication_required

V = TypeVar("V", bound=Callable[..., Any])


def step_up(view: V) -> V:
    """Ask for password, code or passkey when that is more than five minutes ago. Put the audience above it."""
    return cast(V, reauthentication_required(view, app="allauth.mfa"))
