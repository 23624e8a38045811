"""The demo world: one made-up organisation with three made-up members. Only in an empty database."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from django.db import transaction

from baken.people import actions
from baken.people.models import Member, Organisation
from baken.people.permissions import Function

MUNICIPALITY = "GM0431"
MEMBERS = (
    ("balie@demo.example", (Function.REPORTER,)),
    ("aandacht@demo.example", (Function.FOCAL_POINT, Function.ORGANISATION_ADMINISTRATOR)),
    ("tweede@demo.example", (Function.FOCAL_POINT, Function.COORDINATOR)),
)


class NotEmptyError(Exception):
    """There are members or organisations; made-up ones must never stand among real ones."""


@dataclass(frozen=True, slots=True)
class DemoMember:
    """A made-up member with the password that is shown once."""

    email: str
    password: str
    functions: tuple[Function, ...]


def is_empty() -> bool:
    """Has this installation nobody yet?"""
    return not Member.objects.exists() and not Organisation.objects.exists()


@transaction.atomic
def load(*, now: dt.datetime) -> list[DemoMember]:
    """Make the demo world. Raises NotEmptyError when anybody is there."""
    if not is_empty():
        raise NotEmptyError
    settings = actions.Settings(
        name="DEMO Gemeente Oostzaan",
        kind="municipal",
        municipalities=[MUNICIPALITY],
        languages=["nl", "en"],
        office_hours="Mo-Fr 09:00-17:00; PH off",
        email="aandacht@demo.example",
        internal_route="DEMO. Bel of mail de aandachtsfunctionaris. Noem nog geen naam. Dezelfde dag kijken jullie samen.",
    )
    organisation = actions.create_organisation(by=None, settings=settings, now=now, is_demo=True)
    actions.configure_organisation(by=None, organisation=organisation, settings=settings, now=now)
    made = []
    for email, functions in MEMBERS:
        password = secrets.token_urlsafe(12)
        member = actions.create_member(by=None, email=email, password=password, language="nl", now=now)
        actions.give_functions(by=None, member=member, organisation=organisation, functions=functions, now=now)
        made.append(DemoMember(email, password, functions))
    return made
