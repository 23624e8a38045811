"""What can happen to keys in real life, page by page: first key, lost password, colleague, empty desk with a sheet."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from tests.helpers.pages import PageClient
from tests.helpers.people import PASSWORD, World, member
from tests.helpers.vault import Sheets, give_key, own_pair, sign_in_unlocked
from tests.people.test_sign_in import code_of
from tests.vault.test_session import request_of

from baken.audit.kinds import Action
from baken.audit.models import Event
from baken.people.models import Member, Organisation, SignedInSession
from baken.people.permissions import Function
from baken.vault import keyring
from baken.vault.fingerprint import fingerprint as characters
from baken.vault.models import Escrow, Inbox, InboxAccess, KeyWrap, MemberKey
from baken.vault.session import inbox_pair, unlocked

CODE = re.compile(r'<p class="sheet-code ltr"><code>([0-9A-Z-]+)</code>')
NEW = "een heel ander wachtwoord"


def keys_of(organisation: Organisation, name: str = "organisation_keys") -> str:
    return reverse(f"vault:{name}", args=[organisation.pk])


def page_of(name: str) -> str:
    return reverse(f"vault:{name}")


def code_on(response: object) -> str:
    found = CODE.search(response.content.decode())  # type: ignore[attr-defined]
    assert found is not None
    return found.group(1)


def reset_password(client: PageClient, who: Member) -> None:
    """The link by mail, and then signing in with both steps."""
    client.post("/nl/account/password/reset/", {"email": who.email})
    link = re.search(r"https?://[^/]+(\S+)", str(mail.outbox[-1].body))
    assert link is not None
    page = client.get(link.group(1), follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    client.post("/nl/account/login/", {"login": who.email, "password": NEW})
    client.post("/nl/account/second-step/", {"code": code_of(who)})
    assert SignedInSession.objects.filter(member=who).exists()


def step_up(client: PageClient, who: Member) -> None:
    held = client.session
    held["account_authentication_methods"] = [{"method": "password", "at": 9e9, "reauthenticated": True}]
    held["account_authentication_methods_user"] = str(who.pk)
    held.save()


def colleague(world: World, email: str = "dora@oostzaan.example", *, key: bool = True) -> Member:
    made = member(email, where=world.here, functions=(Function.FOCAL_POINT, Function.ORGANISATION_ADMINISTRATOR))
    if key:
        give_key(made)
    return made


def test_a_member_keeps_a_recovery_code_and_an_older_one_stops(
    client: PageClient, world: World, sheets: Sheets
) -> None:
    sign_in_unlocked(client, world.bas)
    first = code_on(client.post(page_of("recovery_code")))
    assert keyring.open_with_recovery(member=world.bas, typed=first.lower()) is not None
    client.post(page_of("recovery_kept"), {"kept": "on"})
    second = code_on(client.post(page_of("recovery_code")))
    # Shown but not kept yet: a page that was closed too early costs nobody their code.
    assert keyring.open_with_recovery(member=world.bas, typed=first) is not None
    client.post(page_of("recovery_kept"), {"kept": "on"})
    assert keyring.open_with_recovery(member=world.bas, typed=first) is None
    assert keyring.open_with_recovery(member=world.bas, typed=second) is not None
    assert client.get(page_of("recovery_code")).content.decode().count(second) == 0


def test_without_saying_that_it_is_kept_the_code_is_asked_again(
    client: PageClient, world: World, sheets: Sheets
) -> None:
    sign_in_unlocked(client, world.bas)
    client.post(page_of("recovery_code"))
    assert client.post(page_of("recovery_kept"), {}).status_code == 302
    assert KeyWrap.objects.filter(key__member=world.bas, way="recovery", label="not kept yet").exists()


def test_who_signs_in_without_a_code_is_led_to_it_once(client: PageClient, world: World) -> None:
    client.post("/nl/account/login/", {"login": world.bas.email, "password": PASSWORD})
    client.post("/nl/account/second-step/", {"code": code_of(world.bas)})
    step_up(client, world.bas)
    asked = client.get(keys_of(world.here, "start"))
    assert asked["Location"].startswith(page_of("recovery_code"))
    assert client.post(asked["Location"], {"later": "1"})["Location"] == keys_of(world.here, "start")
    assert client.get(keys_of(world.here, "start")).status_code == 200


def test_the_first_focal_point_makes_the_inbox_and_sees_the_sheet_once(client: PageClient, world: World) -> None:
    give_key(world.bas)
    sign_in_unlocked(client, world.bas)
    assert keys_of(world.here, "start") in client.get(keys_of(world.here)).content.decode()
    shown = client.post(keys_of(world.here, "start"))
    code = code_on(shown)
    assert shown.headers["Cache-Control"].count("no-store")
    assert len(code.replace("-", "")) == 33
    assert Inbox.objects.get(organisation=world.here).number == 1
    assert inbox_pair(request_of(client, world.bas), world.here) is not None
    again = client.post(keys_of(world.here, "start"), follow=True)
    assert code not in again.content.decode()
    assert Inbox.objects.count() == 1


def test_who_reads_no_reports_cannot_make_the_inbox(client: PageClient, world: World) -> None:
    only = member("beheer@oostzaan.example", where=world.here, functions=(Function.ORGANISATION_ADMINISTRATOR,))
    give_key(only)
    sign_in_unlocked(client, only)
    client.post(keys_of(world.here, "start"))
    assert not Inbox.objects.exists()


def test_a_new_colleague_waits_and_gets_access_by_a_colleague_only(
    client: PageClient, world: World, sheets: Sheets
) -> None:
    dora = colleague(world)
    own = PageClient()
    sign_in_unlocked(own, dora)
    fingerprint = MemberKey.objects.get(member=dora)
    waiting = own.get(keys_of(world.here, "waiting")).content.decode()
    assert world.bas.email in waiting
    # Managing keys is not enough: without access there is nothing to give, least of all to oneself.
    refused = own.post(keys_of(world.here, "give"), {"member": str(dora.pk)})
    assert refused["Location"] == keys_of(world.here, "waiting")
    assert not InboxAccess.objects.filter(member=dora).exists()
    sign_in_unlocked(client, world.bas)
    listed = client.get(keys_of(world.here)).content.decode()
    shown = characters(bytes(fingerprint.public))
    assert shown in listed
    assert shown in waiting
    client.post(keys_of(world.here, "give"), {"member": str(dora.pk), "fingerprint": shown})
    assert inbox_pair(request_of(own, dora), world.here) is not None
    given = Event.objects.filter(action=Action.GRANT_GIVEN, member_id=str(world.bas.pk))
    assert given.count() == 1


def test_access_is_not_given_to_a_key_that_changed_meanwhile(client: PageClient, world: World, sheets: Sheets) -> None:
    dora = colleague(world)
    sign_in_unlocked(client, world.bas)
    client.post(keys_of(world.here, "give"), {"member": str(dora.pk), "fingerprint": "AAA AAA AAA AAA"})
    assert not InboxAccess.objects.filter(member=dora).exists()


@pytest.mark.parametrize("who", ["ann", "cleo"])
def test_access_is_for_who_reads_reports_here(client: PageClient, world: World, sheets: Sheets, who: str) -> None:
    sign_in_unlocked(client, world.bas)
    other = getattr(world, who)
    assert client.post(keys_of(world.here, "give"), {"member": str(other.pk)}).status_code == 404
    assert not InboxAccess.objects.filter(member=other, inbox__organisation=world.here).exists()


@pytest.mark.parametrize("secret", ["code", "old password"])
def test_after_a_lost_password_nothing_is_lost(client: PageClient, world: World, sheets: Sheets, secret: str) -> None:
    sign_in_unlocked(client, world.bas)
    code = code_on(client.post(page_of("recovery_code")))
    client.post(page_of("recovery_kept"), {"kept": "on"})
    before = own_pair(world.bas)
    lost = PageClient()
    reset_password(lost, world.bas)
    assert unlocked(request_of(lost, world.bas)) is None
    locked = lost.get(keys_of(world.here, "waiting"))
    assert locked.status_code == 200
    typed = code if secret == "code" else PASSWORD
    wrong = lost.post(page_of("recover"), {"secret": "niet dit", "password": NEW})
    assert wrong.status_code == 422
    done = lost.post(page_of("recover"), {"secret": typed, "password": NEW})
    assert done["Location"].startswith(page_of("recovery_code"))
    pair = unlocked(request_of(lost, world.bas))
    assert pair is not None
    assert pair.public == before.public
    assert inbox_pair(request_of(lost, world.bas), world.here) is not None
    opened = keyring.open_with_typed(member=world.bas, typed=NEW, now=timezone.now())
    assert opened is not None
    assert keyring.open_with_typed(member=world.bas, typed=PASSWORD, now=timezone.now()) is None
    assert Event.objects.filter(action=Action.KEY_RECOVERED).count() == 1


def test_the_present_password_must_be_right_before_the_key_lies_under_it(
    client: PageClient, world: World, sheets: Sheets
) -> None:
    sign_in_unlocked(client, world.bas)
    assert client.post(page_of("recover"), {"password": "nog iets anders"}).status_code == 422
    assert own_pair(world.bas).public


def test_a_colleague_helps_who_lost_everything(client: PageClient, world: World, sheets: Sheets) -> None:
    dora = colleague(world)
    sign_in_unlocked(client, world.bas)
    shown = MemberKey.objects.get(member=dora)
    give = {"member": str(dora.pk), "fingerprint": characters(bytes(shown.public))}
    client.post(keys_of(world.here, "give"), give)
    lost = PageClient()
    reset_password(lost, dora)
    step_up(lost, dora)
    assert "Answers about reports that you made yourself" in lost.get("/en/account/keys/replace/").content.decode()
    assert lost.post(page_of("replace"), {"password": NEW}).status_code == 302
    assert inbox_pair(request_of(lost, dora), world.here) is None
    assert lost.get(keys_of(world.here, "waiting")).status_code == 200
    # What the colleague still has on the screen names the old key, and is refused.
    client.post(keys_of(world.here, "give"), give)
    assert not InboxAccess.objects.filter(member=dora).exists()
    give["fingerprint"] = characters(bytes(MemberKey.objects.get(member=dora).public))
    client.post(keys_of(world.here, "give"), give)
    assert inbox_pair(request_of(lost, dora), world.here) is not None


def test_with_the_sheet_an_empty_desk_opens_again(client: PageClient, world: World, sheets: Sheets) -> None:
    dora = colleague(world)
    MemberKey.objects.filter(member=world.bas).delete()
    InboxAccess.objects.filter(member=world.bas).delete()
    sign_in_unlocked(client, dora)
    path = keys_of(world.here, "open_sheet")
    wrong = {"member": str(dora.pk), "code": sheets.here[:-1]}
    assert client.post(path, wrong).status_code == 422
    assert client.post(path, {"member": str(dora.pk), "code": sheets.there}).status_code == 422
    assert client.post(path, {"member": str(world.ann.pk), "code": sheets.here}).status_code == 422
    assert not InboxAccess.objects.filter(inbox__organisation=world.here).exists()
    assert client.post(path, {"member": str(dora.pk), "code": sheets.here.lower()}).status_code == 302
    assert inbox_pair(request_of(client, dora), world.here) is not None
    assert Event.objects.filter(action=Action.KEY_RECOVERED, organisation_id=str(world.here.pk)).count() == 1


def test_a_new_sheet_stops_the_old_one(client: PageClient, world: World, sheets: Sheets) -> None:
    dora = colleague(world)
    sign_in_unlocked(client, world.bas)
    code = code_on(client.post(keys_of(world.here, "sheet")))
    assert Escrow.objects.filter(organisation=world.here, retired_at=None).count() == 1
    path = keys_of(world.here, "open_sheet")
    assert client.post(path, {"member": str(dora.pk), "code": sheets.here}).status_code == 422
    assert client.post(path, {"member": str(dora.pk), "code": code}).status_code == 302
    assert InboxAccess.objects.filter(member=dora).exists()
