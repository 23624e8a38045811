"""Keys for the world of members: everybody has a pair, each organisation its first inbox and an escrow sheet."""

from __future__ import annotations

import time
from dataclasses import dataclass
from http.cookies import SimpleCookie

from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from baken.people.actor import Acting
from baken.people.models import Member, Organisation
from baken.people.queries import standing_of
from baken.vault import keyring, session
from baken.vault.inbox_actions import make_first_inbox
from baken.vault.models import MemberKey
from baken.vault.secret import KeyPair
from tests.helpers.people import PASSWORD, World


@dataclass(frozen=True)
class Sheets:
    """The codes of the escrow sheets."""

    here: str
    there: str


def acting(who: Member, where: Organisation | None = None) -> Acting:
    """Somebody who asks for something, with what they may do at this moment."""
    return Acting(who, standing_of(who, now=timezone.now()), where)


def give_key(who: Member) -> KeyPair:
    """A pair under the password that everybody in the world has, and a recovery code that nobody noted."""
    pair = keyring.make_key(member=who, typed=PASSWORD, way="password", now=timezone.now())
    keyring.new_recovery(member=who, pair=pair, now=timezone.now())
    keyring.confirm_recovery(member=who)
    return pair


def own_pair(who: Member) -> KeyPair:
    """The member's pair, as their password opens it."""
    pair = keyring.open_with_typed(member=who, typed=PASSWORD, now=timezone.now())
    assert pair is not None
    return pair


def give_keys(world: World) -> Sheets:
    """Everybody gets a pair; Bas and Cleo make the first inbox of their organisations."""
    now = timezone.now()
    for who in (world.ann, world.bas, world.cleo):
        give_key(who)
    return Sheets(
        here=make_first_inbox(by=acting(world.bas, world.here), organisation=world.here, now=now),
        there=make_first_inbox(by=acting(world.cleo, world.there), organisation=world.there, now=now),
    )


def sign_in_unlocked(client: Client, who: Member) -> None:
    """A session that is signed in, stepped up a moment ago, and (when the member has a key) unlocked."""
    client.force_login(who)
    held = client.session
    held["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    held["account_authentication_methods_user"] = str(who.pk)
    if MemberKey.objects.filter(member=who).exists():
        request = HttpRequest()
        request.session = held
        request.user = who
        session.hold(request, own_pair(who), who)
        client.cookies.update(SimpleCookie({session.cookie_name(): session.opened(request).cookie or ""}))
    held.save()
