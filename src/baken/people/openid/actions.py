"""The only writer of providers and of who came in through them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils.text import slugify

from baken.audit import actions as audit
from baken.audit.kinds import Action, Kind, Subject
from baken.people.actor import Acting, actor_of
from baken.people.models import Member, Organisation, OrganisationProvider, SignedInSession
from baken.people.openid.exchange import require_safe_address
from baken.people.openid.secrets import closed

MAX_SLUG = 50


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """What the provider and the installation agreed on."""

    issuer: str
    client_id: str
    client_secret: str
    strong_contexts: Sequence[str] = ()
    verified_domains: Sequence[str] = ()


@transaction.atomic
def configure(
    *, by: Acting | None, organisation: Organisation, settings: ProviderSettings, now: dt.datetime
) -> OrganisationProvider:
    """Let members of an organisation sign in at its own provider. Raises ValueError when the issuer is not https.

    Who came in before is forgotten when issuer or client changes: a subject means something only there.
    """
    require_safe_address(settings.issuer)
    before = OrganisationProvider.objects.select_for_update().filter(organisation=organisation).first()
    if before and (before.issuer, before.client_id) != (settings.issuer, settings.client_id):
        SocialAccount.objects.filter(provider=before.slug).delete()
    provider, _made = OrganisationProvider.objects.update_or_create(
        organisation=organisation,
        defaults={
            "slug": before.slug if before else _free_slug(organisation),
            "issuer": settings.issuer,
            "client_id": settings.client_id,
            "client_secret": closed(settings.client_secret),
            "strong_contexts": sorted(set(settings.strong_contexts)),
            "verified_domains": sorted({domain.strip().lower() for domain in settings.verified_domains}),
        },
    )
    _record(by, organisation, now)
    return provider


@transaction.atomic
def remove(*, by: Acting | None, provider: OrganisationProvider, now: dt.datetime) -> None:
    """Stop it, and end the sessions of everybody who ever came in through it."""
    accounts = SocialAccount.objects.filter(provider=provider.slug)
    SignedInSession.objects.filter(member_id__in=list(accounts.values_list("user_id", flat=True))).delete()
    accounts.delete()
    organisation = provider.organisation
    provider.delete()
    _record(by, organisation, now)


@transaction.atomic
def forget(*, by: Acting | None, provider: OrganisationProvider, member: Member, now: dt.datetime) -> None:
    """Let a member come in with another account of the same address, because it was made anew there."""
    SocialAccount.objects.filter(provider=provider.slug, user_id=member.pk).delete()
    audit.record(by=actor_of(by), action=Action.FACTOR_REMOVED, on=Subject(Kind.MEMBER, str(member.pk)), now=now)


def remember(*, slug: str, subject: str, member: Member) -> None:
    """Who this subject is. Inside the transaction of the sign-in, which records it."""
    SocialAccount.objects.get_or_create(provider=slug, uid=subject, defaults={"user": member, "extra_data": {}})


def _free_slug(organisation: Organisation) -> str:
    wanted = slugify(organisation.name)[:MAX_SLUG] or "organisation"
    taken = set(OrganisationProvider.objects.values_list("slug", flat=True))
    return wanted if wanted not in taken else f"{wanted}-{str(organisation.pk)[:8]}"


def _record(by: Acting | None, organisation: Organisation, now: dt.datetime) -> None:
    subject = Subject(Kind.ORGANISATION, str(organisation.pk))
    audit.record(by=actor_of(by), action=Action.ORGANISATION_CHANGED, on=subject, now=now)
