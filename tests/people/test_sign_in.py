"""Signing in: by invitation only, with a second factor where it counts, without telling who is a member."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.hashers import get_hasher, identify_hasher, make_password
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings
from django.utils import timezone
from tests.helpers.pages import PageClient
from tests.helpers.people import PASSWORD, World, member

from baken.audit.models import Event
from baken.config import settings as shipped  # noqa: TID251 - what an installation gets, not what tests use
from baken.people import actions
from baken.people.links import send_invitation, token_of
from baken.people.models import Member, SignedInSession
from baken.people.permissions import Function
from baken.people.sessions import kept_key

LOGIN = "/nl/account/login/"


def code_of(who: Member) -> str:
    authenticator = Authenticator.objects.get(user=who, type=Authenticator.Type.TOTP)
    counter = next(iter(yield_hotp_counters_from_time()))
    from allauth.mfa.adapter import get_adapter
    from allauth.mfa.totp.internal.auth import format_hotp_value

    return format_hotp_value(hotp_value(get_adapter().decrypt(authenticator.data["secret"]), counter))


def test_a_password_alone_does_not_sign_a_focal_point_in(client: PageClient, world: World) -> None:
    first = client.post(LOGIN, {"login": world.bas.email, "password": PASSWORD})
    assert first["Location"] == "/nl/account/second-step/"
    assert client.get(f"/nl/organisation/{world.here.pk}/").status_code == 302
    wrong = client.post(first["Location"], {"code": "000000"})
    assert wrong.status_code == 200
    said = client.post("/en/account/second-step/", {"code": "000000"}).content.decode()
    assert "This code does not work" in said
    assert "one of your spare codes" in said
    done = client.post(first["Location"], {"code": code_of(world.bas)})
    assert done["Location"] == "/nl/organisation/"
    assert client.get(f"/nl/organisation/{world.here.pk}/").status_code == 200


def test_who_needs_a_second_factor_is_sent_to_set_one_up(client: PageClient, world: World) -> None:
    weak = member("nieuw@oostzaan.example", where=world.here, functions=(Function.FOCAL_POINT,), strong=False)
    client.force_login(weak)
    for path in ("/nl/organisation/", f"/nl/organisation/{world.here.pk}/", "/nl/account/"):
        assert client.get(path)["Location"] == "/nl/account/second-factor/"
    assert client.get("/nl/account/second-factor/").status_code == 200


def test_the_last_second_factor_stays_where_it_is_compulsory(client: PageClient, world: World) -> None:
    client.force_login(world.bas)
    client.post("/nl/account/second-factor/confirm/", {"code": code_of(world.bas)})
    client.post("/nl/account/second-factor/app/remove/")
    assert Authenticator.objects.filter(user=world.bas, type=Authenticator.Type.TOTP).exists()


def test_the_seed_is_not_in_the_database_in_clear(world: World) -> None:
    from allauth.mfa.adapter import get_adapter

    kept = Authenticator.objects.get(user=world.bas, type=Authenticator.Type.TOTP).data["secret"]
    assert get_adapter().decrypt(kept) not in kept


def test_unknown_and_known_addresses_get_the_same_answer(world: World) -> None:
    bodies = []
    for email in (world.ann.email, "niemand@nergens.example"):
        response = PageClient().post(LOGIN, {"login": email, "password": "een verkeerd wachtwoord"})
        body = re.sub(r'(name="csrfmiddlewaretoken" value|value)="[^"]*"', "", response.content.decode())
        bodies.append((response.status_code, body))
    assert bodies[0] == bodies[1]


def test_unknown_addresses_cost_the_same_work(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hasher, spent = type(get_hasher()), []
    encode = hasher.encode

    def counted(*args):
        spent.append(1)
        return encode(*args)

    monkeypatch.setattr(hasher, "encode", counted)
    work = []
    for email in (world.ann.email, "niemand@nergens.example"):
        spent.clear()
        Client().post(LOGIN, {"login": email, "password": "een verkeerd wachtwoord"})
        work.append(len(spent))
    assert work[0] == work[1] == 1


def test_five_wrong_passwords_close_the_door_for_known_and_unknown_alike(world: World) -> None:
    for email in (world.ann.email, "niemand@nergens.example"):
        for _ in range(5):
            PageClient().post(LOGIN, {"login": email, "password": "fout fout fout"})
        last = PageClient().post(LOGIN, {"login": email, "password": PASSWORD})
        assert last.status_code == 200
        assert "error-summary" in last.content.decode()
    cache.clear()
    assert PageClient().post(LOGIN, {"login": world.ann.email, "password": PASSWORD}).status_code == 302


def test_no_address_of_a_visitor_is_kept(world: World) -> None:
    from baken.people.models import CountedAttempt

    client = Client(REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")
    client.post(LOGIN, {"login": world.ann.email, "password": "fout fout fout"})
    client.force_login(world.ann)
    client.get("/nl/account/sessions/")
    session = SignedInSession.objects.get(member=world.ann)
    kept = [*CountedAttempt.objects.values_list("cache_key", "value"), str(session.get_decoded()), session.session_data]
    assert "203.0.113.77" not in str(kept)


@override_settings(PASSWORD_HASHERS=shipped.PASSWORD_HASHERS)
def test_passwords_are_kept_with_argon2id() -> None:
    kept = make_password("vier gewone woorden")
    assert kept.startswith("argon2$argon2id$")
    assert identify_hasher(kept).algorithm == "argon2"


def test_nobody_registers_by_themselves(client: PageClient) -> None:
    assert client.get("/nl/account/signup/").status_code == 404


def test_a_session_ends_after_fifteen_minutes_without_use(world: World) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        client = PageClient()
        client.force_login(world.ann)
        for _ in range(3):
            clock.shift(dt.timedelta(minutes=14))
            assert client.get("/nl/account/").status_code == 200
        clock.shift(dt.timedelta(minutes=16))
        assert client.get("/nl/account/").status_code == 302


def test_own_sessions_are_listed_and_can_be_ended(world: World) -> None:
    here, phone = PageClient(), PageClient(headers={"User-Agent": "Mozilla/5.0 (iPhone) Safari/605"})
    here.force_login(world.ann)
    phone.force_login(world.ann)
    phone.get("/nl/account/")
    other = SignedInSession.objects.get(member=world.ann, session_key=kept_key(phone.session.session_key))
    stranger = PageClient()
    stranger.force_login(world.cleo)
    assert stranger.post(f"/nl/account/sessions/{other.public_id}/end/").status_code == 404
    assert here.post(f"/nl/account/sessions/{other.public_id}/end/").status_code == 302
    assert phone.get("/nl/account/").status_code == 302
    assert here.get("/nl/account/sessions/").status_code == 200


def test_the_table_of_sessions_does_not_let_anybody_in(world: World) -> None:
    client = PageClient()
    client.force_login(world.ann)
    client.get("/nl/account/")
    kept = SignedInSession.objects.get(member=world.ann).session_key
    thief = PageClient()
    thief.cookies["session"] = kept
    assert thief.get("/nl/account/").status_code == 302


def test_public_pages_set_no_cookie_even_for_a_member(world: World) -> None:
    client = PageClient()
    client.force_login(world.ann)
    for path in ("/nl/", "/nl/check/", "/nl/doors/"):
        response = client.get(path)
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")


def test_an_invitation_makes_a_member_once(client: PageClient, world: World) -> None:
    made = actions.invite(
        by=None,
        email="Dirk@Oostzaan.example",
        organisation=world.here,
        functions=[Function.REPORTER],
        language="nl",
        now=timezone.now(),
    )
    path = send_invitation(made, site="http://testserver").removeprefix("http://testserver")
    assert path in mail.outbox[0].body
    assert client.get(path).status_code == 200
    short = client.post(path, {"password1": "kort", "password2": "kort"})
    assert short.status_code == 422
    assert client.post(path, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    dirk = Member.objects.get(email="dirk@oostzaan.example")
    assert dirk.memberships.get().function == Function.REPORTER
    assert client.get(path).status_code == 410
    assert client.get("/nl/account/invitation/verzonnen/").status_code == 410
    assert "member.added" in set(Event.objects.values_list("action", flat=True))


def test_an_invitation_for_a_member_asks_them_to_sign_in(client: PageClient, world: World) -> None:
    made = actions.invite(
        by=None,
        email=world.ann.email,
        organisation=world.there,
        functions=[Function.TRAINER],
        language="nl",
        now=timezone.now(),
    )
    path = f"/nl/account/invitation/{token_of(made)}/"
    client.post(path)
    assert not world.ann.memberships.filter(organisation=world.there).exists()
    client.force_login(world.ann)
    client.post(path)
    assert world.ann.memberships.filter(organisation=world.there).exists()


def test_a_forgotten_password_is_reset_by_a_link(client: PageClient, world: World) -> None:
    assert client.post("/nl/account/password/reset/", {"email": world.ann.email}).status_code == 302
    found = re.search(r"http://127\.0\.0\.1:8000(\S+)", str(mail.outbox[0].body))
    assert found
    form = client.get(found.group(1), follow=True)
    changed = client.post(
        form.redirect_chain[-1][0], {"password1": "heel andere woorden nu", "password2": "heel andere woorden nu"}
    )
    assert changed.status_code == 302
    world.ann.refresh_from_db()
    assert world.ann.check_password("heel andere woorden nu")


def test_step_up_asks_again(client: PageClient, world: World) -> None:
    client.force_login(world.bas)
    assert client.get("/nl/account/second-factor/passkeys/add/")["Location"].startswith("/nl/account/reauthenticate/")


ADD_PASSKEY = "/nl/account/second-factor/passkeys/add/"


def test_step_up_does_not_ask_right_after_signing_in(client: PageClient, world: World) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.post(LOGIN, {"login": world.bas.email, "password": PASSWORD})
        client.post("/nl/account/second-step/", {"code": code_of(world.bas)})
        assert client.get(ADD_PASSKEY).status_code == 200
        clock.shift(dt.timedelta(minutes=5))
        assert client.get(ADD_PASSKEY)["Location"].startswith("/nl/account/")


def test_a_password_alone_counts_only_for_who_has_nothing_else(client: PageClient, world: World) -> None:
    weak = member("zwak@oostzaan.example", where=world.here, functions=(Function.REPORTER,), strong=False)
    client.post(LOGIN, {"login": weak.email, "password": PASSWORD})
    assert client.get(ADD_PASSKEY).status_code == 200
    app = TOTP.activate(weak, "JBSWY3DPEHPK3PXP").instance
    assert client.get(ADD_PASSKEY).status_code == 200, "set up in this session"
    Authenticator.objects.filter(pk=app.pk).update(created_at=timezone.now() - dt.timedelta(days=1))
    assert client.get(ADD_PASSKEY)["Location"].startswith("/nl/account/")


@pytest.mark.django_db
def test_the_form_says_everything_once(client: Client) -> None:
    body = client.get("/en/account/login/").content.decode()
    assert "placeholder" not in body
    assert body.count("Forgot your password?") == 1
