"""Keys at the moments of sign-in: made with the first password, unlocked with each, locked again at sign-out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils import timezone

from baken.people.models import Member
from baken.vault import keyring, session
from baken.vault.gate import ASK_CODE
from baken.vault.models import MemberKey
from baken.vault.passkeys import label_of
from baken.vault.queries import key_of
from baken.vault.secret import KeyPair


def on_password(*, request: HttpRequest, member: Member, password: str, **_: Any) -> None:
    """Unlock (or make) the key and let it wait until sign-in is complete."""
    if MemberKey.objects.filter(member=member).exists():
        pair = keyring.open_with_typed(member=member, typed=password, now=timezone.now())
        if pair is not None:
            session.wait(request, pair, member)
        return
    pair = KeyPair.new()
    session.wait(request, pair, member, keyring.wrapped(pair, member, password))


def on_signed_in(*, request: HttpRequest, user: Member, **_: Any) -> None:
    """Sign-in is complete: what waited is stored, and unlocked in this session."""
    found = session.waited(request, user)
    if found is None:
        return
    pair, made = found
    if made is not None:
        try:
            keyring.keep_key(member=user, public=pair.public, wrap=made, way="password", now=timezone.now())
        except keyring.KeyExistsError:
            # Signed in twice at once for the first time; the other one made the key, and the next page asks for it.
            return
    session.hold(request, pair, user)
    found_key = key_of(user)
    if found_key is not None and not found_key.has_code:
        request.session[ASK_CODE] = True


def on_signed_out(*, request: HttpRequest | None, **_: Any) -> None:
    """Lock."""
    if request is not None and hasattr(request, "session"):
        session.forget(request)


def on_password_changing(
    *, member: Member, old: str, new: str, now: dt.datetime, **_: Any
) -> Callable[[], None] | None:
    """The key under the new password, to be stored in the transaction of the change. None when the old one opens no key."""
    pair = keyring.open_with_typed(member=member, typed=old, now=now)
    if pair is None:
        return None
    wrap = keyring.wrapped(pair, member, new)
    pair.wipe()
    return lambda: keyring.keep_wrap(member=member, wrap=wrap, way="password", now=now)


def on_passkey_removed(*, user: Member, authenticator: Authenticator, **_: Any) -> None:
    """A passkey that signs in no longer opens the key no longer."""
    if authenticator.type == Authenticator.Type.WEBAUTHN:
        keyring.remove_passkey(member=user, label=label_of(authenticator), now=timezone.now())
