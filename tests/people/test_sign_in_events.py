"""What the audit keeps of signing in: each act once, in the transaction of the change, and nothing that was typed."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.utils import timezone
from tests.helpers.pages import PageClient
from tests.helpers.people import PASSWORD, World, member

from baken.audit.models import Event
from baken.people.models import Member, SignedInSession
from baken.people.permissions import Function
from baken.people.sessions import SessionStore

LOGIN = "/nl/account/login/"
CANARY = "kanarie-wachtwoord-dat-nergens-staat"
NEW = "heel andere woorden nu"


def code_of(who: Member) -> str:
    from allauth.mfa.adapter import get_adapter

    kept = Authenticator.objects.get(user=who, type=Authenticator.Type.TOTP).data["secret"]
    return format_hotp_value(hotp_value(get_adapter().decrypt(kept), next(iter(yield_hotp_counters_from_time()))))


def events(*actions: str) -> list[tuple[str, str, str, str]]:
    """Action, outcome, who and on what, of the events with these actions."""
    found = Event.objects.filter(action__in=actions).order_by("sequence")
    return [(item.action, item.outcome, item.member_id, item.object_id) for item in found]


@pytest.fixture
def plain(world: World) -> Member:
    return member("els@oostzaan.example", where=world.here, functions=(Function.REPORTER,), strong=False)


def signed_in(who: Member) -> PageClient:
    client = PageClient()
    assert client.post(LOGIN, {"login": who.email, "password": PASSWORD}).status_code == 302
    return client


def test_signing_in_and_out_are_events_of_one_session(plain: Member, world: World) -> None:
    client = signed_in(plain)
    public_id = str(SignedInSession.objects.get(member=plain).public_id)
    client.post("/nl/account/logout/")
    assert events("sign_in", "sign_out") == [
        ("sign_in", "ok", str(plain.pk), public_id),
        ("sign_out", "ok", str(plain.pk), public_id),
    ]
    assert Event.objects.get(action="sign_in").organisation_id == str(world.here.pk)


def test_a_second_step_is_one_sign_in(world: World) -> None:
    client = signed_in(world.bas)
    assert events("sign_in") == []
    client.post("/nl/account/second-step/", {"code": "000000"})
    client.post("/nl/account/second-step/", {"code": code_of(world.bas)})
    assert [item[:3] for item in events("sign_in")] == [
        ("sign_in", "refused", ""),
        ("sign_in", "ok", str(world.bas.pk)),
    ]


def test_a_refusal_names_the_member_only_when_there_is_one(plain: Member) -> None:
    for email in (plain.email, "niemand@nergens.example"):
        PageClient().post(LOGIN, {"login": email, "password": CANARY})
    assert events("sign_in") == [("sign_in", "refused", "", str(plain.pk)), ("sign_in", "refused", "", "")]


def test_nothing_that_was_typed_is_in_the_audit(plain: Member) -> None:
    PageClient().post(LOGIN, {"login": "kanarie@nergens.example", "password": CANARY})
    kept = str(list(Event.objects.values_list()))
    assert "kanarie" not in kept
    assert "@" not in kept


def test_changing_a_password_is_an_event(plain: Member) -> None:
    client = signed_in(plain)
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/nl/account/password/change/", form).status_code == 302
    assert events("password.changed") == [("password.changed", "ok", str(plain.pk), str(plain.pk))]


def test_resetting_a_password_is_an_event(plain: Member) -> None:
    client = PageClient()
    client.post("/nl/account/password/reset/", {"email": plain.email})
    found = re.search(r"http://127\.0\.0\.1:8000(\S+)", str(mail.outbox[0].body))
    assert found
    form = client.get(found.group(1), follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert events("password.changed") == [("password.changed", "ok", str(plain.pk), str(plain.pk))]


def test_without_its_event_a_password_is_not_changed(plain: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(plain)

    def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("baken.audit.actions.sign", full)
    client.raise_request_exception = False
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/nl/account/password/change/", form).status_code == 500
    plain.refresh_from_db()
    assert plain.check_password(PASSWORD)


def test_second_factors_come_and_go_with_events(plain: Member) -> None:
    client = signed_in(plain)
    client.post("/nl/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/nl/account/second-factor/app/")
    assert page.status_code == 200
    secret = client.session["mfa.totp.secret"]
    counter = next(iter(yield_hotp_counters_from_time()))
    added = client.post("/nl/account/second-factor/app/", {"code": format_hotp_value(hotp_value(secret, counter))})
    assert added.status_code == 302
    client.post("/nl/account/second-factor/app/remove/")
    me = str(plain.pk)
    assert events("step_up", "factor.added", "factor.removed") == [
        ("step_up", "ok", me, me),
        ("factor.added", "ok", me, me),
        ("factor.removed", "ok", me, me),
    ]


def test_without_its_event_a_second_factor_stays(plain: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    TOTP.activate(plain, "JBSWY3DPEHPK3PXP")
    client = PageClient()
    client.force_login(plain)
    client.post("/nl/account/reauthenticate/", {"password": PASSWORD})

    def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("baken.audit.actions.sign", full)
    client.raise_request_exception = False
    assert client.post("/nl/account/second-factor/app/remove/").status_code == 500
    assert Authenticator.objects.filter(user=plain, type=Authenticator.Type.TOTP).exists()


def test_a_wrong_password_at_step_up_is_a_refused_step_up(plain: Member) -> None:
    client = signed_in(plain)
    client.post("/nl/account/reauthenticate/", {"password": CANARY})
    me = str(plain.pk)
    assert events("step_up") == [("step_up", "refused", me, me)]


def test_a_session_that_nobody_used_ends_with_an_event_when_its_browser_comes_back(plain: Member) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = signed_in(plain)
        session = SignedInSession.objects.get(member=plain)
        clock.shift(dt.timedelta(minutes=16))
        assert client.get("/nl/account/").status_code == 302
        assert client.get("/nl/account/").status_code == 302
    (ended,) = Event.objects.filter(action="sign_out")
    assert (ended.function, ended.on_behalf_of) == ("system", str(plain.pk))
    assert ended.object_id == str(session.public_id)
    assert not SignedInSession.objects.filter(pk=session.pk).exists()


def test_sessions_that_nobody_used_are_ended_by_the_broom_too(plain: Member) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        signed_in(plain)
        clock.shift(dt.timedelta(minutes=14))
        SessionStore.clear_expired()
        assert SignedInSession.objects.filter(member=plain).exists()
        clock.shift(dt.timedelta(minutes=2))
        SessionStore.clear_expired()
    assert not SignedInSession.objects.exists()
    assert [item[0] for item in events("sign_out")] == ["sign_out"]
