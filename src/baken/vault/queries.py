"""What pages show about keys: who can open, who waits, how far a move is. Public halves and dates only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from baken.people.models import Member, Organisation
from baken.people.permissions import ROLES, Permission
from baken.people.queries import active_memberships
from baken.vault.fingerprint import fingerprint
from baken.vault.models import Escrow, Inbox, InboxAccess, MemberKey, Rotation

NOT_KEPT_YET = "not kept yet"
"""Label of a recovery code that was shown, until its owner says that they kept it. The older one works until then."""
READING = [str(function) for function, role in ROLES.items() if Permission.REPORT_READ in role.permissions]
"""Functions that read reports."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A member who reads reports in an organisation, and how far they are with its keys."""

    member: Member
    fingerprint: str
    has_key: bool
    has_access: bool


@dataclass(frozen=True, slots=True)
class OwnKey:
    """How a member's key stands."""

    fingerprint: str
    made_at: dt.datetime
    passphrase: bool
    """Does it lie under a passphrase instead of the password of sign-in?"""
    has_code: bool
    """Did its owner keep a recovery code?"""


def key_of(member: Member) -> OwnKey | None:
    """How the key of a member stands; None when there is none."""
    key = MemberKey.objects.filter(member=member).first()
    if key is None:
        return None
    ways = set(key.wraps.values_list("way", "label"))
    return OwnKey(
        fingerprint=fingerprint(bytes(key.public)),
        made_at=key.made_at,
        passphrase=("passphrase", "") in ways,
        has_code=("recovery", "") in ways,
    )


def readers(organisation: Organisation, *, now: dt.datetime) -> list[Reader]:
    """Everybody who reads reports here: with access, waiting for it, or still without a key."""
    held = active_memberships(now).filter(organisation=organisation, function__in=READING)
    members = Member.objects.filter(pk__in=held.values("member_id"), is_active=True).order_by("email")
    keys = {key.member_id: bytes(key.public) for key in MemberKey.objects.filter(member__in=members)}
    open_to = set(
        InboxAccess.objects.filter(
            inbox__organisation=organisation, inbox__retired_at__isnull=True, member__in=members
        ).values_list("member_id", flat=True)
    )
    return [
        Reader(
            member=member,
            fingerprint=fingerprint(keys[member.pk]) if member.pk in keys else "",
            has_key=member.pk in keys,
            has_access=member.pk in open_to,
        )
        for member in members
    ]


def reads_reports(member: Member, organisation: Organisation, *, now: dt.datetime) -> bool:
    """Does this member hold a function here that reads reports?"""
    held = active_memberships(now).filter(member=member, organisation=organisation, function__in=READING)
    return member.is_active and held.exists()


def sheet_of(organisation: Organisation) -> Escrow | None:
    """The escrow sheet in use."""
    return Escrow.objects.filter(organisation=organisation, retired_at__isnull=True).first()


def has_inbox(organisation: Organisation) -> bool:
    """Can reports be sealed for this organisation?"""
    return Inbox.objects.filter(organisation=organisation, retired_at__isnull=True).exists()


def moves(organisation: Organisation) -> list[Rotation]:
    """Moves to a newer inbox that are not finished, oldest first."""
    found = Rotation.objects.filter(old__organisation=organisation, finished_at__isnull=True)
    return list(found.select_related("old", "new").order_by("old__number"))


def sheet_number(sheet: Escrow) -> str:
    """Tells one sheet from another, on paper and on the screen. Not secret."""
    return fingerprint(bytes(sheet.public))
