"""Which providers there are, and who may come in through one."""

from __future__ import annotations

import datetime as dt
import uuid

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db.models import QuerySet

from baken.people.models import Member, OrganisationProvider
from baken.people.openid.claims import Claims
from baken.people.permissions import Standing
from baken.people.queries import standing_of


class NotAdmittedError(Exception):
    """A sign-in at the provider that opens nothing here. ``member_id`` for the audit only, when there is one."""

    def __init__(self, member_id: uuid.UUID | None = None) -> None:
        super().__init__("not admitted")
        self.member_id = member_id


def providers() -> QuerySet[OrganisationProvider]:
    """Every organisation with its own provider, by name."""
    return OrganisationProvider.objects.select_related("organisation").order_by("organisation__name")


def provider_named(slug: str) -> OrganisationProvider | None:
    """The provider in an address."""
    return providers().filter(slug=slug).first()


def provider_of(member: Member) -> OrganisationProvider | None:
    """The provider through which a member signed in before."""
    used = SocialAccount.objects.filter(user_id=member.pk).values("provider")
    return providers().filter(slug__in=used).first()


def belongs(standing: Standing, organisation_id: uuid.UUID | str) -> bool:
    """May the provider of this organisation answer for this member? Only when there is nothing beyond it to open.

    A provider can say anything about its people. So it opens nothing of another organisation, and never the platform.
    """
    return str(organisation_id) in standing.functions and not beyond(standing, str(organisation_id))


def beyond(standing: Standing, organisation_id: str) -> bool:
    """Would this member's session open more than the provider may answer for? Without any function it opens nothing."""
    return bool(set(standing.functions) - {organisation_id}) or standing.platform_administrator


def admitted(claims: Claims, provider: OrganisationProvider, *, now: dt.datetime) -> Member:
    """The member who signed in at the provider of their organisation. Raises NotAdmittedError."""
    address = EmailAddress.objects.filter(email=claims.email, verified=True).select_related("user").first()
    member: Member | None = address.user if address else None
    if member is None:
        raise NotAdmittedError
    if (
        not claims.email_verified
        or member.email != claims.email
        or not member.is_active
        or not belongs(standing_of(member, now=now), provider.organisation_id)
        or not _same_person(claims, provider, member)
    ):
        raise NotAdmittedError(member.pk)
    return member


def _same_person(claims: Claims, provider: OrganisationProvider, member: Member) -> bool:
    """Is it who came before? An address that was given to a colleague later opens nothing."""
    known = SocialAccount.objects.filter(provider=provider.slug)
    by_subject = known.filter(uid=claims.subject).values_list("user_id", flat=True).first()
    by_member = known.filter(user_id=member.pk).values_list("uid", flat=True).first()
    return by_subject in (None, member.pk) and by_member in (None, claims.subject)
