"""The world of members: three standing characters and the rest, made through the same actions as everywhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from baken.people import actions
from baken.people.models import Member, Organisation
from baken.people.permissions import Function

PASSWORD = "vier gewone woorden samen"
OOSTZAAN = "GM0431"


def organisation(name: str = "Gemeente Oostzaan", *, municipalities: tuple[str, ...] = (OOSTZAAN,)) -> Organisation:
    settings = actions.Settings(
        name=name, kind="municipal", municipalities=municipalities, phone="075-1234567", email="loket@oostzaan.example"
    )
    made = actions.create_organisation(by=None, settings=settings, now=timezone.now())
    return actions.configure_organisation(by=None, organisation=made, settings=settings, now=timezone.now())


def member(
    email: str, *, where: Organisation | None = None, functions: tuple[Function, ...] = (), strong: bool = True
) -> Member:
    now = timezone.now() - dt.timedelta(minutes=1)
    made = actions.create_member(by=None, email=email, password=PASSWORD, language="nl", now=now)
    if where is not None:
        actions.give_functions(by=None, member=made, organisation=where, functions=functions, now=now)
    if strong:
        TOTP.activate(made, generate_totp_secret())
    return made


@dataclass
class World:
    """Ann reports, Bas is focal point and administrator; Cleo does the same elsewhere."""

    here: Organisation = field(default_factory=organisation)
    there: Organisation = field(default_factory=lambda: organisation("Gemeente Elders", municipalities=("GM0363",)))

    def __post_init__(self) -> None:
        both = (Function.FOCAL_POINT, Function.ORGANISATION_ADMINISTRATOR)
        self.ann = member("ann@oostzaan.example", where=self.here, functions=(Function.REPORTER,))
        self.bas = member("bas@oostzaan.example", where=self.here, functions=both)
        self.cleo = member("cleo@elders.example", where=self.there, functions=both)
