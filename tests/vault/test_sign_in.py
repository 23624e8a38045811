"""The key follows sign-in: made with the first password, unlocked with each, and of no use before the second factor."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone
from tests.helpers.pages import PageClient
from tests.helpers.people import PASSWORD, World
from tests.helpers.vault import Sheets, own_pair, sign_in_unlocked
from tests.people.test_sign_in import code_of
from tests.vault.test_session import request_of

from baken.audit.kinds import Action
from baken.audit.models import Event
from baken.people.models import Member, SignedInSession
from baken.people.password_actions import change_password
from baken.vault import cost, keyring
from baken.vault.keys import MODERATE, Cost, is_outdated, unlock_with_password
from baken.vault.models import KeyWrap, MemberKey
from baken.vault.session import unlocked

LOGIN = "/nl/account/login/"
NEW = "een heel ander wachtwoord"


def first_step(client: Client, who: Member, password: str = PASSWORD) -> None:
    assert client.post(LOGIN, {"login": who.email, "password": password}).status_code == 302


def second_step(client: Client, who: Member) -> None:
    assert client.post("/nl/account/second-step/", {"code": code_of(who)}).status_code == 302


def test_the_first_sign_in_makes_a_key_only_when_it_is_complete(client: PageClient, world: World) -> None:
    first_step(client, world.bas)
    assert not MemberKey.objects.exists()
    assert unlocked(request_of(client, world.bas)) is None
    second_step(client, world.bas)
    pair = unlocked(request_of(client, world.bas))
    assert pair is not None
    assert pair.public == bytes(MemberKey.objects.get(member=world.bas).public) == own_pair(world.bas).public
    assert Event.objects.filter(action=Action.KEY_MADE, member_id=str(world.bas.pk)).count() == 1


def test_every_later_sign_in_unlocks_the_same_key(client: PageClient, world: World, sheets: Sheets) -> None:
    before = own_pair(world.bas)
    first_step(client, world.bas)
    assert unlocked(request_of(client, world.bas)) is None
    second_step(client, world.bas)
    pair = unlocked(request_of(client, world.bas))
    assert pair is not None
    assert pair.public == before.public
    assert KeyWrap.objects.filter(key__member=world.bas, way="password").count() == 1


def test_the_waiting_key_is_of_no_use_to_another_member(world: World, sheets: Sheets) -> None:
    client = Client()
    first_step(client, world.bas)
    request = request_of(client, world.ann)
    from baken.vault.session import waited

    assert waited(request, world.ann) is None


def test_signing_out_locks_and_takes_the_cookie_away(client: PageClient, world: World, sheets: Sheets) -> None:
    sign_in_unlocked(client, world.bas)
    response = client.post("/nl/account/logout/")
    assert response.cookies["vault"].value == ""
    assert not SignedInSession.objects.filter(member=world.bas).exists()


def test_a_wrong_password_leaves_no_cookie(client: PageClient, world: World, sheets: Sheets) -> None:
    client.post(LOGIN, {"login": world.bas.email, "password": "fout fout fout"})
    assert "vault" not in client.cookies


def test_no_password_and_no_key_stands_in_a_stored_session(world: World, sheets: Sheets) -> None:
    client = Client()
    first_step(client, world.bas)
    kept = str([row.get_decoded() for row in SignedInSession.objects.all()])
    assert PASSWORD not in kept
    assert client.cookies["vault"].value not in kept


def test_a_changed_password_opens_the_same_key(client: PageClient, world: World, sheets: Sheets) -> None:
    before = own_pair(world.bas)
    sign_in_unlocked(client, world.bas)
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/nl/account/password/change/", form).status_code == 302
    assert keyring.open_with_typed(member=world.bas, typed=PASSWORD, now=timezone.now()) is None
    opened = keyring.open_with_typed(member=world.bas, typed=NEW, now=timezone.now())
    assert opened is not None
    assert opened.public == before.public
    assert unlocked(request_of(client, world.bas)) is not None
    assert Event.objects.filter(action=Action.PASSWORD_CHANGED).count() == 1


@pytest.mark.parametrize("broken", ["baken.people.models.Member.save", "baken.vault.models.KeyWrap.save"])
def test_a_crash_in_a_password_change_changes_nothing(
    world: World, sheets: Sheets, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    def crash(*_args: object, **_more: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(broken, crash)
    with pytest.raises(RuntimeError), transaction.atomic():
        change_password(member=world.bas, old=PASSWORD, new=NEW, now=timezone.now())
    assert Member.objects.get(pk=world.bas.pk).check_password(PASSWORD)
    assert own_pair(world.bas).public


def test_a_reset_by_mail_signs_in_but_leaves_the_key_locked(client: PageClient, world: World, sheets: Sheets) -> None:
    client.post("/nl/account/password/reset/", {"email": world.bas.email})
    link = re.search(r"https?://[^/]+(\S+)", str(mail.outbox[-1].body))
    assert link is not None
    page = client.get(link.group(1), follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    first_step(client, world.bas, NEW)
    second_step(client, world.bas)
    assert unlocked(request_of(client, world.bas)) is None
    assert client.get("/nl/account/").status_code == 200
    assert own_pair(world.bas).public


def test_a_wrap_at_an_older_cost_is_wrapped_anew_at_sign_in(world: World, sheets: Sheets, monkeypatch) -> None:
    dearer = Cost(16 * 1024, 1)
    monkeypatch.setattr(cost, "COST", dearer)
    monkeypatch.setattr("baken.vault.keys.WEAK_FOR_TESTS", dearer)
    client = Client()
    monkeypatch.setattr("baken.vault.keys.MODERATE", Cost(1, 1))
    before = bytes(KeyWrap.objects.get(key__member=world.bas, way="password").wrapped)
    monkeypatch.setattr("baken.vault.keys.WEAK_FOR_TESTS", Cost(8 * 1024, 1))
    assert is_outdated(before, dearer)
    first_step(client, world.bas)
    after = bytes(KeyWrap.objects.get(key__member=world.bas, way="password").wrapped)
    assert not is_outdated(after, dearer)
    assert unlock_with_password(after, PASSWORD, world.bas.pk.hex).public == own_pair(world.bas).public


def test_an_installation_pays_what_libsodium_calls_moderate() -> None:
    source = __import__("inspect").getsource(cost)
    assert "COST: Cost = MODERATE" in source
    assert MODERATE.memory == 256 * 1024 * 1024
