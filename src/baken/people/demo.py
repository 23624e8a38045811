"""The demo world: two made-up organisations with made-up members. Only in an empty database."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.db import transaction

from baken.people import actions
from baken.people.models import Member, Organisation
from baken.people.permissions import ROLES, Function

OOSTZAAN = actions.Settings(
    name="DEMO Gemeente Oostzaan",
    kind="municipal",
    municipalities=["GM0431"],
    languages=["nl", "en"],
    office_hours="Mo-Fr 09:00-17:00; PH off",
    email="aandacht@demo.example",
    internal_route="DEMO. Bel of mail de aandachtsfunctionaris. Noem nog geen naam. Dezelfde dag kijken jullie samen.",
)
ELSEWHERE = actions.Settings(
    name="DEMO Veilig Thuis",
    kind="support",
    languages=["nl", "en"],
    office_hours="24/7",
    email="veiligthuis@demo.example",
    internal_route="DEMO. Wat je krijgt overgedragen staat bij de overdrachten.",
)
WORLD: Sequence[tuple[actions.Settings, Mapping[str, tuple[Function, ...]]]] = (
    (
        OOSTZAAN,
        {
            "balie@demo.example": (Function.REPORTER,),
            "aandacht@demo.example": (Function.FOCAL_POINT, Function.ORGANISATION_ADMINISTRATOR),
            "tweede@demo.example": (Function.FOCAL_POINT, Function.COORDINATOR, Function.DIRECTORY_EDITOR),
            "kaart@demo.example": (Function.DIRECTORY_EDITOR,),
        },
    ),
    (ELSEWHERE, {"veiligthuis@demo.example": (Function.FOCAL_POINT, Function.ORGANISATION_ADMINISTRATOR)}),
)


class NotEmptyError(Exception):
    """There are members or organisations; made-up ones must never stand among real ones."""


class NoDemoMemberError(LookupError):
    """Nobody made up has this e-mail address."""


@dataclass(frozen=True, slots=True)
class DemoMember:
    """A made-up member with the password that is shown once."""

    member: Member
    organisation: Organisation
    password: str
    functions: tuple[Function, ...]

    @property
    def email(self) -> str:
        """Where no mail ever arrives."""
        return self.member.email


def is_empty() -> bool:
    """Has this installation nobody yet?"""
    return not Member.objects.exists() and not Organisation.objects.exists()


@transaction.atomic
def load(*, now: dt.datetime) -> list[DemoMember]:
    """Make the demo world. Raises NotEmptyError when anybody is there."""
    if not is_empty():
        raise NotEmptyError
    return [made for settings, members in WORLD for made in _organisation(settings, members, now)]


def _organisation(
    settings: actions.Settings, members: Mapping[str, tuple[Function, ...]], now: dt.datetime
) -> list[DemoMember]:
    organisation = actions.create_organisation(by=None, settings=settings, now=now, is_demo=True)
    actions.configure_organisation(by=None, organisation=organisation, settings=settings, now=now)
    made = []
    for email, functions in members.items():
        password = secrets.token_urlsafe(12)
        member = actions.create_member(by=None, email=email, password=password, language="nl", now=now)
        actions.give_functions(by=None, member=member, organisation=organisation, functions=functions, now=now)
        if any(ROLES[function].second_factor for function in functions):
            TOTP.activate(member, generate_totp_secret())
        made.append(DemoMember(member, organisation, password, functions))
    return made


def code_of(email: str) -> str:
    """The six digits that a made-up member types now as the second step. Raises NoDemoMemberError for everybody else."""
    found = Authenticator.objects.filter(
        user__email=email,
        user__memberships__organisation__is_demo=True,
        type=Authenticator.Type.TOTP,
    ).first()
    if found is None:
        raise NoDemoMemberError(email)
    counter = next(iter(yield_hotp_counters_from_time()))
    code: str = format_hotp_value(hotp_value(decrypt(found.data["secret"]), counter))
    return code
