"""Members' own keys: make, wrap in another way, recover, replace, remove. The owner acts, so the owner is in the audit.

Everything that stretches a password runs one after another (`baken.vault.cost.expensive`) and outside a transaction.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from django.db import IntegrityError, transaction

from baken.audit import actions as audit
from baken.audit.kinds import Action, Actor, Kind, Subject
from baken.people import signals
from baken.people.changes import Change
from baken.people.models import Member
from baken.vault import cost
from baken.vault.errors import UnreadableCode, VaultError, WrongKey
from baken.vault.keys import (
    is_outdated,
    new_recovery_code,
    unlock_with_passkey,
    unlock_with_password,
    unlock_with_recovery_code,
    wrap_with_passkey,
    wrap_with_password,
    wrap_with_recovery_code,
)
from baken.vault.models import Grant, InboxAccess, KeyWrap, MemberKey
from baken.vault.queries import NOT_KEPT_YET
from baken.vault.secret import KeyPair, Secret, key_id

TYPED = ("password", "passphrase")
Typed = Literal["password", "passphrase"]


class KeyExistsError(Exception):
    """The member has a key already; a second one would shut them out of what is sealed for the first."""


def owner_of(member: Member) -> str:
    """To whom a wrap is bound."""
    return member.pk.hex


def wrapped(pair: KeyPair, member: Member, typed: str) -> bytes:
    """The pair under a password or passphrase, at today's cost."""
    with cost.expensive():
        return wrap_with_password(pair, typed, owner_of(member), cost=cost.COST)


def make_key(*, member: Member, typed: str, way: Typed, now: dt.datetime) -> KeyPair:
    """A member's first pair. Raises KeyExistsError."""
    pair = KeyPair.new()
    keep_key(member=member, public=pair.public, wrap=wrapped(pair, member, typed), way=way, now=now)
    return pair


@transaction.atomic
def keep_key(*, member: Member, public: bytes, wrap: bytes, way: Typed, now: dt.datetime) -> MemberKey:
    """Store a new pair, which is wrapped already. Raises KeyExistsError."""
    try:
        with transaction.atomic():
            key = MemberKey.objects.create(member=member, public=public, key_id=key_id(public).hex(), made_at=now)
    except IntegrityError:
        raise KeyExistsError from None
    KeyWrap.objects.create(key=key, way=way, wrapped=wrap, made_at=now)
    _record(member, Action.KEY_MADE, key, now)
    return key


def replace_key(*, member: Member, typed: str, way: Typed, now: dt.datetime) -> KeyPair:
    """A new pair for a member who cannot open the old one any more. What was entrusted to the old one is removed.

    Colleagues entrust the inbox again; what was sealed for this member alone is lost.
    """
    pair = KeyPair.new()
    wrap = wrapped(pair, member, typed)
    with transaction.atomic():
        remove_key(member=member)
        keep_key(member=member, public=pair.public, wrap=wrap, way=way, now=now)
        _tell(member, Change.KEY_REPLACED, now)
    return pair


def remove_key(*, member: Member) -> None:
    """Forget a member's key and all that opens with it alone. Call it inside the transaction of the act that asks for it."""
    for key in MemberKey.objects.select_for_update().filter(member=member):
        InboxAccess.objects.filter(member=member).delete()
        Grant.objects.filter(key_id=key.key_id, recipient="member").delete()
        key.delete()


@transaction.atomic
def keep_wrap(*, member: Member, wrap: bytes, way: str, now: dt.datetime) -> None:
    """Put one wrap in the place of what was typed before."""
    key = MemberKey.objects.select_for_update().get(member=member)
    key.wraps.filter(way__in=TYPED).delete()
    KeyWrap.objects.create(key=key, way=way, wrapped=wrap, made_at=now)


def recover(*, member: Member, pair: KeyPair, typed: str, way: Typed, now: dt.datetime) -> None:
    """The pair was opened with a recovery code or an old password: the present password opens it from now on."""
    wrap = wrapped(pair, member, typed)
    with transaction.atomic():
        keep_wrap(member=member, wrap=wrap, way=way, now=now)
        _record(member, Action.KEY_RECOVERED, MemberKey.objects.get(member=member), now)
        _tell(member, Change.KEY_RECOVERED, now)


@transaction.atomic
def new_recovery(*, member: Member, pair: KeyPair, now: dt.datetime) -> str:
    """A recovery code to show once. The older one works until the owner says that they kept this one."""
    code = new_recovery_code()
    key = MemberKey.objects.select_for_update().get(member=member)
    key.wraps.filter(way="recovery", label=NOT_KEPT_YET).delete()
    wrap = wrap_with_recovery_code(pair, code, owner_of(member))
    KeyWrap.objects.create(key=key, way="recovery", label=NOT_KEPT_YET, wrapped=wrap, made_at=now)
    _record(member, Action.KEY_MADE, key, now)
    _tell(member, Change.KEY_CODE, now)
    return code


@transaction.atomic
def confirm_recovery(*, member: Member) -> bool:
    """The owner kept the newest recovery code: the older one stops. False when there was none to confirm."""
    newest = KeyWrap.objects.select_for_update().filter(key__member=member, way="recovery", label=NOT_KEPT_YET).first()
    if newest is None:
        return False
    KeyWrap.objects.filter(key_id=newest.key_id, way="recovery").exclude(pk=newest.pk).delete()
    newest.label = ""
    newest.save(update_fields=["label"])
    return True


@transaction.atomic
def add_passkey(*, member: Member, pair: KeyPair, label: str, output: Secret, now: dt.datetime) -> None:
    """Let a passkey open the key too. ``label`` is `baken.vault.passkeys.label_of` its credential."""
    key = MemberKey.objects.select_for_update().get(member=member)
    wrap = wrap_with_passkey(pair, output, owner_of(member))
    KeyWrap.objects.update_or_create(key=key, way="passkey", label=label, defaults={"wrapped": wrap, "made_at": now})
    _record(member, Action.FACTOR_ADDED, key, now)
    _tell(member, Change.KEY_PASSKEY, now)


@transaction.atomic
def remove_passkey(*, member: Member, label: str, now: dt.datetime) -> None:
    """A passkey that was removed opens nothing any more."""
    removed, _each = KeyWrap.objects.filter(key__member=member, way="passkey", label=label).delete()
    if removed:
        _record(member, Action.FACTOR_REMOVED, MemberKey.objects.get(member=member), now)


def open_with_typed(*, member: Member, typed: str, now: dt.datetime) -> KeyPair | None:
    """The pair, if this is the password or passphrase under which it lies; wrapped anew when the cost has risen since."""
    found = KeyWrap.objects.filter(key__member=member, way__in=TYPED).order_by("-made_at").first()
    if found is None or not typed:
        return None
    try:
        with cost.expensive():
            pair = unlock_with_password(bytes(found.wrapped), typed, owner_of(member))
    except VaultError:
        return None
    if is_outdated(bytes(found.wrapped), cost.COST):
        keep_wrap(member=member, wrap=wrapped(pair, member, typed), way=found.way, now=now)
    return pair


def open_with_recovery(*, member: Member, typed: str) -> KeyPair | None:
    """The pair, if this is a recovery code of this member. Raises UnreadableCode for a slip of the pen."""
    for found in KeyWrap.objects.filter(key__member=member, way="recovery"):
        try:
            return unlock_with_recovery_code(bytes(found.wrapped), typed, owner_of(member))
        except UnreadableCode:
            raise
        except WrongKey:
            continue
    return None


def open_with_passkey(*, member: Member, label: str, output: Secret) -> KeyPair | None:
    """The pair, if this passkey opens it."""
    found = KeyWrap.objects.filter(key__member=member, way="passkey", label=label).first()
    try:
        return unlock_with_passkey(bytes(found.wrapped), output, owner_of(member)) if found else None
    except (VaultError, ValueError):
        return None


def _record(member: Member, action: Action, key: MemberKey, now: dt.datetime) -> None:
    by = Actor(member_id=str(member.pk))
    audit.record(by=by, action=action, on=Subject(Kind.KEY, key.key_id), now=now)


def _tell(member: Member, change: Change, now: dt.datetime) -> None:
    signals.access_changed.send(sender=Member, member=member, change=change, now=now)
