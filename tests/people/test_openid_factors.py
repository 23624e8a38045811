"""A second factor and the step-up of those who sign in at a provider: what counts there, and what does not."""

from __future__ import annotations

from typing import Any

import pytest
from tests.helpers.openid import HOME, START, is_in
from tests.helpers.openid_provider.process import Provider
from tests.helpers.pages import PageClient
from tests.helpers.people import PASSWORD, World, member

from baken.audit.models import Event
from baken.people.models import Member, SignedInSession
from baken.people.permissions import Function


def test_our_own_second_factor_is_asked_as_with_a_password(
    client: PageClient, provider: Provider, world: World
) -> None:
    provider.say(email=world.bas.email)
    assert provider.journey(client)["Location"] == "/en/account/second-step/"
    assert not is_in(client)
    session = SignedInSession.objects.get().get_decoded()
    assert PASSWORD not in str(session)
    assert world.bas.password not in str(session)


@pytest.mark.parametrize("claims", [{"amr": ["pwd", "mfa"]}, {"amr": ["hwk"]}, {"amr": ["otp"]}, {"acr": "sterk"}])
def test_a_second_factor_at_the_provider_counts(
    client: PageClient, provider: Provider, world: World, claims: dict[str, Any]
) -> None:
    provider.say(email=world.bas.email, **claims)
    assert provider.journey(client)["Location"] == HOME
    assert client.get(f"/en/organisation/{world.here.pk}/members/").status_code == 200


@pytest.mark.parametrize("claims", [{"amr": ["pwd"]}, {"amr": "mfa"}, {"acr": "1"}, {"acr": ""}, {}])
def test_less_than_that_does_not_count(
    client: PageClient, provider: Provider, world: World, claims: dict[str, Any]
) -> None:
    weak = member("focal@oostzaan.example", where=world.here, functions=(Function.FOCAL_POINT,), strong=False)
    provider.say(email=weak.email, **claims)
    assert provider.journey(client)["Location"] == HOME
    assert client.get(f"/en/organisation/{world.here.pk}/members/")["Location"] == "/en/account/second-factor/"


def test_an_abandoned_strong_sign_in_does_not_help_a_later_password(provider: Provider, world: World) -> None:
    client = PageClient()
    provider.say(email=world.bas.email, amr=["mfa"])
    provider.journey(client)
    client.post("/en/account/logout/")
    first = client.post("/en/account/login/", {"login": world.bas.email, "password": PASSWORD})
    assert first["Location"] == "/en/account/second-step/"


def test_step_up_without_a_password_asks_the_provider_again(
    client: PageClient, provider: Provider, els: Member
) -> None:
    provider.say(email=els.email)
    provider.journey(client)
    asked = client.get("/en/account/second-factor/app/")
    assert asked["Location"] == "/en/account/confirm/?next=%2Fen%2Faccount%2Fsecond-factor%2Fapp%2F"
    page = client.get(asked["Location"]).content.decode()
    link = page.partition('href="/en/account/with/gemeente-oostzaan/')[2].partition('"')[0].replace("&amp;", "&")
    assert provider.journey(client, START + link)["Location"] == "/en/account/second-factor/app/"
    assert client.get("/en/account/second-factor/app/").status_code == 200
    assert Event.objects.filter(action="step_up", outcome="ok", member_id=str(els.pk)).count() == 1


def test_step_up_takes_only_the_same_member_who_was_asked_just_now(
    client: PageClient, provider: Provider, els: Member, world: World
) -> None:
    provider.say(email=els.email)
    provider.journey(client)
    wrong: list[dict[str, Any]] = [{"email": world.ann.email}, {"email": els.email, "email_verified": False}]
    for said in wrong:
        provider.say(**said)
        assert provider.journey(client, START + "?confirm=1").status_code == 403
        assert client.get("/en/account/second-factor/app/").status_code == 302
    assert Event.objects.filter(action="step_up", outcome="refused", member_id=str(els.pk)).count() == 2


def test_a_member_without_a_password_may_choose_one_after_step_up(
    client: PageClient, provider: Provider, els: Member
) -> None:
    provider.say(email=els.email)
    provider.journey(client)
    assert client.get("/en/account/password/change/")["Location"] == "/en/account/password/set/"
    assert client.get("/en/account/password/set/")["Location"].startswith("/en/account/confirm/")
    provider.journey(client, START + "?confirm=1")
    assert client.get("/en/account/password/set/").status_code == 200
    client.post("/en/account/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    els.refresh_from_db()
    assert els.check_password(PASSWORD)
    assert Event.objects.filter(action="password.changed").count() == 1
