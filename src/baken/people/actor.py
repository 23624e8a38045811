"""Who acts: a member in one organisation, with what they may do there. "Signed in" as a type."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from baken.audit.kinds import SYSTEM, Actor
from baken.people.models import Member, Organisation
from baken.people.permissions import Answer, Permission, Standing, may


@dataclass(frozen=True, slots=True)
class Acting:
    """A member who asks for something, and the organisation in which they do."""

    member: Member
    standing: Standing
    organisation: Organisation | None = None

    @property
    def actor(self) -> Actor:
        """As the audit writes it: with the functions held here."""
        if self.organisation is None:
            function = "platform_administrator" if self.member.is_platform_administrator else None
            return Actor(member_id=str(self.member.pk), function=function)
        held = sorted(self.standing.functions.get(str(self.organisation.pk), frozenset()))
        return Actor(
            member_id=str(self.member.pk),
            organisation_id=str(self.organisation.pk),
            function=".".join(held)[:64] or None,
        )

    def may(self, permission: Permission) -> bool:
        """May this member do this in the organisation in which they act?"""
        organisation_id = str(self.organisation.pk) if self.organisation is not None else None
        return may(self.standing, permission, organisation_id) is Answer.ALLOWED


class MemberRequest(HttpRequest):
    """A request of somebody who signed in and was allowed; the gatekeeper made sure of both."""

    user: Member
    acting: Acting
    organisation: Organisation
    """The organisation that the URL names; only there where it names one."""


def actor_of(acting: Acting | None) -> Actor:
    """The actor of an event; without a member it is the installation itself."""
    return acting.actor if acting else SYSTEM
