"""What a member may see. Views read through here only."""

from __future__ import annotations

import datetime as dt
import uuid

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet

from baken.people.models import Invitation, Member, Membership, Organisation, SignedInSession
from baken.people.permissions import Function, Standing

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor; spare codes only stand in for one."""


def active_memberships(now: dt.datetime) -> QuerySet[Membership]:
    """Functions that are held at a moment."""
    return Membership.objects.filter(since__lte=now).filter(Q(until__isnull=True) | Q(until__gt=now))


def standing_of(member: Member, *, now: dt.datetime) -> Standing:
    """What a member is at a moment, in every organisation."""
    functions: dict[str, set[Function]] = {}
    for organisation_id, function in (
        active_memberships(now).filter(member=member).values_list("organisation_id", "function")
    ):
        functions.setdefault(str(organisation_id), set()).add(Function(function))
    return Standing(
        functions={organisation: frozenset(held) for organisation, held in functions.items()},
        platform_administrator=member.is_platform_administrator,
    )


def organisations_visible_to(member: Member, *, now: dt.datetime) -> QuerySet[Organisation]:
    """The organisations in which a member holds a function now."""
    held = active_memberships(now).filter(member=member).values("organisation_id")
    return Organisation.objects.filter(pk__in=held).order_by("name")


def organisations_configured() -> QuerySet[Organisation]:
    """Every organisation, for a platform administrator: configuration only."""
    return Organisation.objects.order_by("name")


def memberships_of(organisation: Organisation, *, now: dt.datetime) -> QuerySet[Membership]:
    """Who holds which function in an organisation now."""
    held = active_memberships(now).filter(organisation=organisation)
    return held.select_related("member").order_by("member__email", "function")


def open_invitations(organisation: Organisation, *, now: dt.datetime) -> QuerySet[Invitation]:
    """Invitations that can still be accepted."""
    return Invitation.objects.filter(organisation=organisation, accepted_at__isnull=True, expires_at__gt=now).order_by(
        "email"
    )


def sessions_of(member: Member, *, now: dt.datetime) -> QuerySet[SignedInSession]:
    """Where a member is signed in."""
    return SignedInSession.objects.filter(member=member, expire_date__gt=now).order_by("-started_at")


def has_second_factor(member: Member) -> bool:
    """Has this member an authenticator app or a passkey?"""
    return bool(Authenticator.objects.filter(user_id=member.pk, type__in=STRONG).exists())


def had_second_factor(member: Member, moment: dt.datetime) -> bool:
    """Had this member one already at a moment, of those that are there now?"""
    found = Authenticator.objects.filter(user_id=member.pk, type__in=STRONG, created_at__lt=moment)
    return bool(found.exists())


def focal_points(organisation: Organisation, *, now: dt.datetime) -> QuerySet[Member]:
    """Members who receive reports, the one of longest standing first."""
    held = active_memberships(now).filter(organisation=organisation, function=Function.FOCAL_POINT)
    return Member.objects.filter(pk__in=held.values("member_id"), is_active=True).order_by("joined_at")


def as_uuid(value: str | uuid.UUID) -> uuid.UUID | None:
    """An id as typed in a URL, or nothing."""
    try:
        return value if isinstance(value, uuid.UUID) else uuid.UUID(value)
    except ValueError:
        return None
