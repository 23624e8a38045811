"""A member's own key, unlocked inside one session: the session holds it wrapped, the ``vault`` cookie holds the wrapping key.

Apart the two are nothing. A pair that is asked for lives until the answer is made; ``baken.vault.middleware`` wipes it.
Between password and second factor the pair *waits* the same way, and is of no use to anybody until sign-in is complete.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest

from baken.people.models import Member, Organisation
from baken.vault.errors import VaultError
from baken.vault.inboxes import receive_generation
from baken.vault.keys import lock_in_session, unlock_in_session
from baken.vault.models import InboxAccess
from baken.vault.secret import KeyPair

HELD = "vault"
WAITING = "vault_waiting"


def cookie_name() -> str:
    """With HTTPS the browser itself refuses one that another host or path set."""
    return "__Host-vault" if settings.SESSION_COOKIE_SECURE else "vault"


@dataclass(slots=True)
class _Open:
    """What one request opened: its pairs, to wipe, and what the cookie must become (empty: taken away)."""

    own: KeyPair | None = None
    asked: bool = False
    accesses: dict[str, list[InboxAccess]] | None = None
    inboxes: dict[str, KeyPair] | None = None
    cookie: str | None = None


def opened(request: HttpRequest) -> _Open:
    """The state of this request; made when it is asked for first."""
    found = getattr(request, "_vault", None)
    if found is None:
        found = _Open()
        request._vault = found  # type: ignore[attr-defined]
    return cast(_Open, found)


def unlocked(request: HttpRequest) -> KeyPair | None:
    """The pair of the member who asks, for this one request; None when their key is locked or they have none."""
    state = opened(request)
    if not state.asked:
        state.asked = True
        state.own = _unlock(request)
    return state.own


def inbox_pair(request: HttpRequest, organisation: Organisation, key_id: str | None = None) -> KeyPair | None:
    """The pair of an inbox generation (the newest, or the one that ``key_id`` names), opened with the member's own.

    None when the member's key is locked, or nobody gave them access to that generation.
    """
    for access in accesses(request, organisation):
        if key_id in (None, access.inbox.key_id):
            return _receive(request, organisation, access)
    return None


def inbox_pairs(request: HttpRequest, organisation: Organisation) -> dict[str, KeyPair]:
    """Every generation that the member can open, by key id, newest first: while one moves to the next there are two."""
    pairs = {access.inbox.key_id: _receive(request, organisation, access) for access in accesses(request, organisation)}
    return {key_id: pair for key_id, pair in pairs.items() if pair is not None}


def accesses(request: HttpRequest, organisation: Organisation) -> list[InboxAccess]:
    """What was entrusted to the member who asks, newest generation first. One query for a request."""
    state = opened(request)
    state.accesses = state.accesses if state.accesses is not None else {}
    key = str(organisation.pk)
    if key not in state.accesses:
        found = InboxAccess.objects.filter(inbox__organisation=organisation, member=cast(Member, request.user))
        state.accesses[key] = list(found.select_related("inbox").order_by("-inbox__number"))
    return state.accesses[key]


def hold(request: HttpRequest, pair: KeyPair, member: Member) -> None:
    """Unlock the session of a member who signed in; the answer sets the cookie."""
    cookie, wrapped = lock_in_session(pair, _owner(member, _session_id(request)))
    request.session[HELD] = _text(wrapped)
    _set_cookie(request, cookie)
    state = opened(request)
    state.own, state.asked, state.accesses, state.inboxes = pair, True, None, None


def wait(request: HttpRequest, pair: KeyPair, member: Member, made: bytes | None = None) -> None:
    """Keep the pair until sign-in is complete. ``made``: a new pair as its password wrap, to be stored at that moment."""
    cookie, wrapped = lock_in_session(pair, _owner(member, WAITING))
    waiting = {"member": member.pk.hex, "wrap": _text(wrapped)}
    request.session[WAITING] = waiting | ({"made": _text(made)} if made is not None else {})
    _set_cookie(request, cookie)


def waited(request: HttpRequest, member: Member) -> tuple[KeyPair, bytes | None] | None:
    """The pair that waited for this member, and its password wrap when it is new. It waits no longer."""
    waiting: dict[str, Any] | None = request.session.pop(WAITING, None)
    if not waiting or waiting.get("member") != member.pk.hex:
        return None
    try:
        pair = unlock_in_session(b64decode(waiting["wrap"]), _cookie(request), _owner(member, WAITING))
    except VaultError:
        return None
    return pair, b64decode(waiting["made"]) if "made" in waiting else None


_forgotten: list[Callable[[HttpRequest], None]] = []


def when_locked(run: Callable[[HttpRequest], None]) -> None:
    """Let a room above forget what it holds in memory for this session, at the moment that its key is locked."""
    _forgotten.append(run)


def forget(request: HttpRequest) -> None:
    """Lock the key again: the wrap goes from the session, the cookie from the browser."""
    for run in _forgotten:
        run(request)
    if request.session.get(HELD):
        del request.session[HELD]
    request.session.pop(WAITING, None)
    _set_cookie(request, "")
    close(request)


def close(request: HttpRequest) -> None:
    """Wipe every pair that this request opened."""
    state = opened(request)
    for pair in (state.own, *(state.inboxes or {}).values()):
        if pair is not None:
            pair.wipe()
    state.own, state.asked, state.inboxes = None, True, None


def is_without_cookie(request: HttpRequest) -> bool:
    """Is the key unlocked in the session, but did the browser not send the cookie? So it is after a link in a mail."""
    return bool(request.session.get(HELD)) and not _cookie(request)


def _unlock(request: HttpRequest) -> KeyPair | None:
    wrapped = request.session.get(HELD)
    member = request.user
    if not wrapped or not isinstance(member, Member):
        return None
    try:
        return unlock_in_session(b64decode(wrapped), _cookie(request), _owner(member, _session_id(request)))
    except VaultError:
        return None


def _receive(request: HttpRequest, organisation: Organisation, access: InboxAccess) -> KeyPair | None:
    state = opened(request)
    state.inboxes = state.inboxes if state.inboxes is not None else {}
    inbox = access.inbox
    own = unlocked(request)
    if inbox.key_id not in state.inboxes and own is not None:
        try:
            generation = receive_generation(bytes(access.entrusted), own, str(organisation.pk), inbox.number)
        except VaultError:
            # Entrusted to a key that the member had before, or changed on the disk: no access either way.
            return None
        state.inboxes[inbox.key_id] = generation.pair
    return state.inboxes.get(inbox.key_id)


def _session_id(request: HttpRequest) -> str:
    return str((request.session.get("known") or {}).get("id", ""))


def _owner(member: Member, session: str) -> str:
    """Binds a wrap to one member in one session; 64 characters, as many as fit."""
    return hashlib.sha256(f"{member.pk}:{session}".encode()).hexdigest()


def _cookie(request: HttpRequest) -> str:
    changed = opened(request).cookie
    return changed if changed is not None else request.COOKIES.get(cookie_name(), "")


def _set_cookie(request: HttpRequest, value: str) -> None:
    opened(request).cookie = value


def _text(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")
