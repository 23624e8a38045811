"""The only writer of organisations and members. Each change and its audit event are one transaction."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from baken.audit import actions as audit
from baken.audit.kinds import Action, Kind, Subject
from baken.people import doors, signals
from baken.people.actor import Acting, actor_of
from baken.people.models import Invitation, Member, Membership, Organisation, SignedInSession
from baken.people.permissions import Function

INVITATION_DAYS = 7


class InvitationSpentError(Exception):
    """The link was used before, or is too old."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an organisation says about itself."""

    name: str
    kind: str
    municipalities: Sequence[str] = ()
    languages: Sequence[str] = ()
    office_hours: str = ""
    phone: str = ""
    email: str = ""
    internal_route: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """As the table keeps them."""
        return {
            "name": self.name.strip(),
            "kind": self.kind,
            "municipalities": sorted(set(self.municipalities)),
            "languages": list(self.languages),
            "office_hours": self.office_hours.strip(),
            "phone": self.phone.strip(),
            "email": self.email.strip(),
            "internal_route": self.internal_route.strip(),
        }


@transaction.atomic
def create_organisation(
    *, by: Acting | None, settings: Settings, now: dt.datetime, is_demo: bool = False
) -> Organisation:
    """A new organisation, not yet set up: its door is not public."""
    organisation = Organisation.objects.create(**settings.values(), is_demo=is_demo, created_at=now)
    _record(by, Action.ORGANISATION_CREATED, _organisation(organisation), now)
    return organisation


@transaction.atomic
def configure_organisation(
    *, by: Acting | None, organisation: Organisation, settings: Settings, now: dt.datetime
) -> Organisation:
    """Change what an organisation says about itself; from the first time on its door is public."""
    for name, value in settings.values().items():
        setattr(organisation, name, value)
    organisation.set_up_at = organisation.set_up_at or now
    organisation.save()
    transaction.on_commit(doors.forget)
    _record(by, Action.ORGANISATION_CHANGED, _organisation(organisation), now)
    return organisation


@transaction.atomic
def invite(
    *,
    by: Acting | None,
    email: str,
    organisation: Organisation | None,
    functions: Iterable[Function],
    language: str,
    now: dt.datetime,
) -> Invitation:
    """Invite somebody to an organisation, or (without one) to keep the platform. The caller sends the link."""
    invitation = Invitation.objects.create(
        email=email.strip().lower(),
        organisation=organisation,
        functions=sorted({str(function) for function in functions}),
        language=language,
        invited_at=now,
        expires_at=now + dt.timedelta(days=INVITATION_DAYS),
    )
    on = _organisation(organisation) if organisation else Subject(Kind.MEMBER, str(invitation.pk))
    _record(by, Action.MEMBER_ADDED, on, now)
    return invitation


def accept_invitation(
    *, invitation_id: uuid.UUID, password: str | None, member: Member | None, now: dt.datetime
) -> Member:
    """Become a member by an invitation, once: as a new member with a password, or as the member who has that address.

    Raises InvitationSpentError when it was used or is too old.
    """
    kept = make_password(password)
    return _accept_invitation(invitation_id, kept, member, now)


@transaction.atomic
def _accept_invitation(invitation_id: uuid.UUID, kept: str, member: Member | None, now: dt.datetime) -> Member:
    invitation = Invitation.objects.select_for_update().filter(pk=invitation_id).first()
    if invitation is None or invitation.accepted_at is not None or invitation.expires_at <= now:
        raise InvitationSpentError
    if member is None:
        member = _create_member(None, invitation.email, kept, invitation.language, now)
    elif member.email != invitation.email:
        raise InvitationSpentError
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    if invitation.organisation is None:
        member.is_platform_administrator = True
        member.save(update_fields=["is_platform_administrator"])
    else:
        give_functions(
            by=None, member=member, organisation=invitation.organisation, functions=invitation.functions, now=now
        )
    return member


def create_member(*, by: Acting | None, email: str, password: str | None, language: str, now: dt.datetime) -> Member:
    """A new member, whose address was proven by the link that was sent there; without a password for who never uses one.

    Raises ValidationError when the address is taken. The slow hash is made first: a transaction must not wait for it.
    """
    return _create_member(by, email, make_password(password), language, now)


@transaction.atomic
def _create_member(by: Acting | None, email: str, kept: str, language: str, now: dt.datetime) -> Member:
    address = email.strip().lower()
    if Member.objects.filter(email=address).exists():
        raise ValidationError(_("Somebody with this e-mail address is a member already."))
    member = Member(email=address, language=language, joined_at=now, password=kept)
    member.save()
    EmailAddress.objects.create(user=member, email=address, verified=True, primary=True)
    _record(by, Action.MEMBER_ADDED, Subject(Kind.MEMBER, str(member.pk)), now)
    return member


@transaction.atomic
def give_functions(
    *, by: Acting | None, member: Member, organisation: Organisation, functions: Iterable[str], now: dt.datetime
) -> None:
    """Give a member functions in an organisation from now on; one that is held already stays as it is."""
    for function in functions:
        Membership.objects.get_or_create(
            member=member, organisation=organisation, function=Function(function), until=None, defaults={"since": now}
        )
    transaction.on_commit(doors.forget)
    _record(by, Action.MEMBER_ADDED, Subject(Kind.MEMBER, str(member.pk)), now)


@transaction.atomic
def end_membership(*, by: Acting | None, membership: Membership, now: dt.datetime) -> None:
    """End a function now: the next request of that member has it no longer. The last administrator cannot be ended."""
    if membership.function == Function.ORGANISATION_ADMINISTRATOR and not _others_hold(membership):
        raise ValidationError(_("An organisation keeps at least one administrator. Invite another first."))
    membership.until = now
    membership.save(update_fields=["until"])
    transaction.on_commit(doors.forget)
    signals.membership_ended.send(sender=Membership, by=by, membership=membership, now=now)
    _record(by, Action.MEMBER_ENDED, Subject(Kind.MEMBER, str(membership.member_id)), now)


@transaction.atomic
def end_session(*, by: Acting, session: SignedInSession, now: dt.datetime) -> None:
    """Sign a member out elsewhere."""
    subject = Subject(Kind.SESSION, str(session.public_id))
    session.delete()
    _record(by, Action.SESSION_ENDED, subject, now)


def _others_hold(membership: Membership) -> bool:
    same = Membership.objects.select_for_update().filter(
        organisation_id=membership.organisation_id, function=membership.function, until__isnull=True
    )
    return any(other.pk != membership.pk for other in same)


def _organisation(organisation: Organisation) -> Subject:
    return Subject(Kind.ORGANISATION, str(organisation.pk))


def _record(by: Acting | None, action: Action, on: Subject, now: dt.datetime) -> None:
    audit.record(by=actor_of(by), action=action, on=on, now=now)
