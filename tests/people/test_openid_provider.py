"""The provider of an organisation: how it is kept, changed, taken away and offered, and calm pages when it is down."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone
from tests.helpers.openid import HOME, START, is_in, settings_of
from tests.helpers.openid_provider.process import SECRET, Provider
from tests.helpers.pages import PageClient
from tests.helpers.people import World

from baken.people import actions as people
from baken.people.links import token_of
from baken.people.models import Member, OrganisationProvider
from baken.people.openid import actions
from baken.people.permissions import Function


def test_a_provider_that_is_down_is_a_calm_page(client: PageClient, provider: Provider, world: World) -> None:
    for issuer in ("http://127.0.0.1:9/o", f"{provider.address}/nowhere", f"{provider.address}/o/"):
        actions.configure(
            by=None, organisation=world.here, settings=settings_of(provider, issuer=issuer), now=timezone.now()
        )
        answer = client.get(START)
        if issuer.endswith("/o/"):
            assert answer.status_code == 302
        else:
            assert answer.status_code == 503
            assert "does not answer" in answer.content.decode()


def test_a_provider_that_goes_down_halfway_is_a_calm_page(
    client: PageClient, provider: Provider, els: Member, world: World
) -> None:
    provider.say(email=els.email)
    back = provider.visit(client.get(START)["Location"]).removeprefix("http://testserver")
    OrganisationProvider.objects.update(issuer="http://127.0.0.1:9/o")
    assert client.get(back).status_code == 503
    assert not is_in(client)


def test_the_secret_is_not_in_the_database_in_clear(provider: Provider) -> None:
    from baken.people.openid.secrets import opened

    kept = OrganisationProvider.objects.get().client_secret
    assert SECRET not in kept
    assert opened(kept) == SECRET


def test_after_a_new_secret_of_the_installation_the_page_stays_calm(
    client: PageClient, provider: Provider, settings: Any
) -> None:
    settings.SECRET_KEY = "another secret of the installation"
    assert client.get(START).status_code == 503


def test_another_issuer_or_client_forgets_who_came_in(
    client: PageClient, provider: Provider, els: Member, world: World
) -> None:
    provider.say(email=els.email)
    provider.journey(client)
    actions.configure(by=None, organisation=world.here, settings=settings_of(provider), now=timezone.now())
    assert SocialAccount.objects.count() == 1
    other = settings_of(provider, client_id="another")
    actions.configure(by=None, organisation=world.here, settings=other, now=timezone.now())
    assert SocialAccount.objects.count() == 0


def test_taking_a_provider_away_ends_the_sessions_it_opened(
    client: PageClient, provider: Provider, els: Member
) -> None:
    provider.say(email=els.email)
    provider.journey(client)
    actions.remove(by=None, provider=OrganisationProvider.objects.get(), now=timezone.now())
    assert not is_in(client)
    assert client.get(START).status_code == 404


@pytest.mark.parametrize("issuer", ["http://elders.example/o", "ftp://127.0.0.1/o", "https://", "elders"])
def test_a_provider_must_be_https(world: World, openid_process: Provider, issuer: str) -> None:
    with pytest.raises(ValueError, match="address"):
        actions.configure(
            by=None, organisation=world.here, settings=settings_of(openid_process, issuer=issuer), now=timezone.now()
        )


def test_the_sign_in_page_offers_it_only_where_there_is_one(client: PageClient, world: World, request) -> None:
    assert "/account/with/" not in client.get("/en/account/login/").content.decode()
    assert "No organisation" in client.get("/en/account/with/").content.decode()
    provider = request.getfixturevalue("provider")
    assert START in client.get("/en/account/login/").content.decode()
    actions.configure(by=None, organisation=world.there, settings=settings_of(provider), now=timezone.now())
    assert 'href="/en/account/with/"' in client.get("/en/account/login/").content.decode()
    page = client.get("/en/account/with/").content.decode()
    assert START in page
    assert "/en/account/with/gemeente-elders/" in page


def test_who_is_invited_needs_no_password(client: PageClient, provider: Provider, world: World) -> None:
    invitation = people.invite(
        by=None,
        email="gijs@oostzaan.example",
        organisation=world.here,
        functions=[Function.REPORTER],
        language="en",
        now=timezone.now(),
    )
    path = f"/en/account/invitation/{token_of(invitation)}/"
    assert "without a password" in client.get(path).content.decode()
    assert client.post(path, {"without_password": "1"})["Location"] == "/en/account/with/"
    assert not Member.objects.get(email="gijs@oostzaan.example").has_usable_password()
    provider.say(email="gijs@oostzaan.example")
    assert provider.journey(client)["Location"] == HOME


def test_where_there_is_no_provider_an_invitation_asks_for_a_password(client: PageClient, world: World) -> None:
    invitation = people.invite(
        by=None,
        email="gijs@oostzaan.example",
        organisation=world.here,
        functions=[Function.REPORTER],
        language="en",
        now=timezone.now(),
    )
    path = f"/en/account/invitation/{token_of(invitation)}/"
    assert client.post(path, {"without_password": "1"}).status_code == 422
    assert not Member.objects.filter(email="gijs@oostzaan.example").exists()
