"""What the audit keeps of signing in and out, of passwords, second factors and step-up. Ids only, never what was typed.

A refused attempt has no actor, because nobody showed who they are; it names the member whose account was tried, when there is
one. Visitors get the same answer either way.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar, cast

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from baken.audit.actions import record, record_alone
from baken.audit.kinds import SYSTEM, Action, Actor, Kind, Subject
from baken.people import signals
from baken.people.changes import Change
from baken.people.models import Member
from baken.people.queries import standing_of

V = TypeVar("V", bound=Callable[..., Any])


def actor_of_member(member: Member) -> Actor:
    """The member as actor; with the organisation when there is exactly one, so that its administrator can look back."""
    organisations = list(standing_of(member, now=timezone.now()).functions)
    only = organisations[0] if len(organisations) == 1 else None
    return Actor(member_id=str(member.pk), organisation_id=only)


def signed_in(request: HttpRequest, member: Member) -> None:
    """A session began. Call it in the transaction that notes the sign-in."""
    _note(member, Action.SIGN_IN, Subject(Kind.SESSION, session_id(request)))


def signed_out(request: HttpRequest, member: Member) -> None:
    """A session ended by choice. Call it in the transaction that ends the session."""
    _note(member, Action.SIGN_OUT, Subject(Kind.SESSION, session_id(request)))


def idle_ended(member_id: uuid.UUID, public_id: uuid.UUID) -> None:
    """Baken ended a session that nobody used. Call it in the transaction that takes the session away."""
    subject = Subject(Kind.SESSION, str(public_id))
    record(by=SYSTEM, action=Action.SIGN_OUT, on=subject, now=timezone.now(), on_behalf_of=str(member_id))


def refused(member_id: uuid.UUID | None) -> None:
    """Somebody tried to sign in and could not."""
    subject = Subject(Kind.MEMBER, str(member_id or ""))
    record_alone(by=Actor(), action=Action.SIGN_IN, on=subject, now=timezone.now())


def step_up_refused(member: Member) -> None:
    """Somebody in this session could not show again who they are."""
    record_alone(by=actor_of_member(member), action=Action.STEP_UP, on=_self(member), now=timezone.now())


def password_changed(member: Member) -> None:
    """Changed, set or reset. Call it in the transaction that keeps the new one."""
    _note_change(member, Action.PASSWORD_CHANGED, Change.PASSWORD)


def on_failed(*, credentials: Mapping[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """Signal of Django: a wrong password, or an address that belongs to nobody. One look-up for either."""
    user = getattr(request, "user", None)
    if isinstance(user, Member):
        step_up_refused(user)
        return
    address = str(credentials.get("email") or "").strip().lower()
    refused(Member.objects.filter(email=address).values_list("pk", flat=True).first())


def on_wrong_code(*, user: Member, reauthentication: bool = False, **_: Any) -> None:
    """Signal of allauth: the second step did not succeed."""
    if reauthentication:
        step_up_refused(user)
    else:
        refused(user.pk)


def on_step(*, user: Member, reauthenticated: bool = False, **_: Any) -> None:
    """Signal of allauth: a step of showing who one is was taken. Only a repeated one is an event by itself."""
    if reauthenticated:
        with transaction.atomic():
            _note(user, Action.STEP_UP, _self(user))


def factor_added(member: Member) -> None:
    """A member can use one more second factor. Call it in the transaction that keeps it."""
    _note_change(member, Action.FACTOR_ADDED, Change.FACTOR_ADDED)


def on_factor_added(*, user: Member, authenticator: Any, **_: Any) -> None:
    """Signal of allauth, for passkeys. Spare codes come along with the first factor, and an app has its own view."""
    if authenticator.type == Authenticator.Type.WEBAUTHN:
        with transaction.atomic():
            factor_added(user)


def on_codes_renewed(*, user: Member, **_: Any) -> None:
    """Signal of allauth: new codes that stand in for a second factor."""
    with transaction.atomic():
        _note_change(user, Action.FACTOR_ADDED, Change.SIGN_IN_CODES)


def on_factor_removed(*, user: Member, authenticator: Any, **_: Any) -> None:
    """Signal of allauth."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        with transaction.atomic():
            _note_change(user, Action.FACTOR_REMOVED, Change.FACTOR_REMOVED)


def in_one_transaction(view: V) -> V:
    """Keep what a form changes and the event about it together: both, or neither."""

    @wraps(view)
    def whole(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return cast(HttpResponse, view(request, *args, **kwargs))
        with transaction.atomic():
            return cast(HttpResponse, view(request, *args, **kwargs))

    return cast(V, whole)


def connect() -> None:
    """Listen. Called once, at the start."""
    from allauth.account.signals import authentication_step_completed
    from allauth.mfa import signals
    from django.contrib.auth.signals import user_login_failed

    user_login_failed.connect(on_failed, dispatch_uid="people.on_failed")
    authentication_step_completed.connect(on_step, dispatch_uid="people.on_step")
    signals.authentication_failed.connect(on_wrong_code, dispatch_uid="people.on_wrong_code")
    signals.authenticator_added.connect(on_factor_added, dispatch_uid="people.on_factor_added")
    signals.authenticator_reset.connect(on_codes_renewed, dispatch_uid="people.on_codes_renewed")
    signals.authenticator_removed.connect(on_factor_removed, dispatch_uid="people.on_factor_removed")


def session_id(request: HttpRequest) -> str:
    """The public id of a session, as members see it in their list."""
    return str((request.session.get("known") or {}).get("id", ""))


def _self(member: Member) -> Subject:
    return Subject(Kind.MEMBER, str(member.pk))


def _note_change(member: Member, action: Action, change: Change) -> None:
    _note(member, action, _self(member))
    signals.access_changed.send(sender=Member, member=member, change=change, now=timezone.now())


def _note(member: Member, action: Action, on: Subject) -> None:
    record(by=actor_of_member(member), action=action, on=on, now=timezone.now())
