"""Signing in at the provider of an organisation, against a real one: who comes in, and all who do not."""

from __future__ import annotations

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.db import connection
from django.utils import timezone
from tests.helpers.openid import HOME, START, is_in, refused_events, settings_of
from tests.helpers.openid_provider.process import CANARIES, SECRET, Provider
from tests.helpers.pages import PageClient
from tests.helpers.people import World

from baken.audit.models import Event
from baken.people import actions as people
from baken.people.models import Member, OrganisationProvider, SignedInSession
from baken.people.openid import actions
from baken.people.permissions import Function


def test_a_member_comes_in_without_a_password(client: PageClient, provider: Provider, els: Member) -> None:
    provider.say(email="Els@Oostzaan.example")
    answer = provider.journey(client)
    assert (answer.status_code, answer["Location"]) == (302, HOME)
    assert is_in(client)
    assert Event.objects.get(action="sign_in").member_id == str(els.pk)
    assert SocialAccount.objects.get().user_id == els.pk


def test_a_member_returns_to_the_page_that_was_asked_for(client: PageClient, provider: Provider, els: Member) -> None:
    provider.say(email=els.email)
    assert provider.journey(client, START + "?next=/en/account/sessions/")["Location"] == "/en/account/sessions/"
    assert provider.journey(PageClient(), START + "?next=https://elders.example/")["Location"] == HOME


def test_nothing_but_the_subject_is_kept(client: PageClient, provider: Provider, els: Member) -> None:
    provider.say(email=els.email)
    provider.journey(client)
    account = SocialAccount.objects.get()
    assert account.extra_data == {}
    assert not SocialToken.objects.exists()
    assert not SocialApp.objects.exists()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            kept = str(cursor.fetchall())
            assert not [canary for canary in (*CANARIES, "access_token", SECRET) if canary in kept], table
    sessions = [session.get_decoded() for session in SignedInSession.objects.all()]
    assert not [canary for canary in (*CANARIES, "subject", "access_token") if canary in str(sessions)]


def test_nobody_who_is_not_a_member_comes_in(client: PageClient, provider: Provider, els: Member) -> None:
    provider.say(email="vreemd@oostzaan.example")
    answer = provider.journey(client)
    assert answer.status_code == 403
    assert not is_in(client)
    assert not Member.objects.filter(email="vreemd@oostzaan.example").exists()
    assert refused_events() == [("", "")]


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_is_not_verified_opens_nothing(
    client: PageClient, provider: Provider, els: Member, verified: object
) -> None:
    provider.say(email=els.email, email_verified=verified)
    assert provider.journey(client).status_code == 403
    assert not is_in(client)
    assert refused_events() == [("", str(els.pk))]


def test_a_provider_may_hand_out_the_addresses_of_its_own_domain(
    client: PageClient, provider: Provider, els: Member, world: World
) -> None:
    trusting = settings_of(provider, verified_domains=["Oostzaan.example"])
    actions.configure(by=None, organisation=world.here, settings=trusting, now=timezone.now())
    provider.say(email=els.email, email_verified=None)
    assert provider.journey(client).status_code == 302
    provider.say(email=els.email, email_verified=False)
    assert provider.journey(PageClient()).status_code == 403


def test_the_answer_to_everybody_who_is_refused_is_the_same(provider: Provider, els: Member, world: World) -> None:
    bodies = set()
    for email in (world.cleo.email, "vreemd@oostzaan.example"):
        provider.say(email=email)
        bodies.add(provider.journey(PageClient()).content)
    provider.say(email=els.email, email_verified=False)
    bodies.add(provider.journey(PageClient()).content)
    assert len(bodies) == 1


def test_a_provider_opens_nothing_of_another_organisation(provider: Provider, els: Member, world: World) -> None:
    for email in (world.cleo.email, els.email):
        people.give_functions(
            by=None, member=els, organisation=world.there, functions=[Function.REPORTER], now=timezone.now()
        )
        provider.say(email=email)
        client = PageClient()
        assert provider.journey(client).status_code == 403
        assert not is_in(client)


def test_a_provider_never_opens_the_platform(client: PageClient, provider: Provider, els: Member) -> None:
    Member.objects.filter(pk=els.pk).update(is_platform_administrator=True)
    provider.say(email=els.email)
    assert provider.journey(client).status_code == 403
    assert not is_in(client)


def test_who_left_does_not_come_in(client: PageClient, provider: Provider, els: Member) -> None:
    people.end_membership(by=None, membership=els.memberships.get(), now=timezone.now())
    provider.say(email=els.email)
    assert provider.journey(client).status_code == 403


def test_a_session_ends_when_its_member_gets_more_than_the_provider_may_open(
    client: PageClient, provider: Provider, els: Member, world: World
) -> None:
    provider.say(email=els.email)
    provider.journey(client)
    people.give_functions(
        by=None, member=els, organisation=world.there, functions=[Function.REPORTER], now=timezone.now()
    )
    assert client.get("/en/account/")["Location"].startswith("/en/account/login/")
    assert not SignedInSession.objects.filter(member=els).exists()


def test_an_address_that_was_given_to_a_colleague_opens_nothing(
    client: PageClient, provider: Provider, els: Member
) -> None:
    SocialAccount.objects.create(provider="gemeente-oostzaan", uid="somebody before", user=els)
    provider.say(email=els.email)
    assert provider.journey(client).status_code == 403
    actions.forget(by=None, provider=OrganisationProvider.objects.get(), member=els, now=timezone.now())
    assert provider.journey(PageClient()).status_code == 302


def test_an_account_there_belongs_to_one_member_here(client: PageClient, provider: Provider, els: Member) -> None:
    provider.say(email=els.email)
    provider.journey(client)
    people.create_member(by=None, email="fem@oostzaan.example", password=None, language="nl", now=timezone.now())
    fem = Member.objects.get(email="fem@oostzaan.example")
    people.give_functions(
        by=None, member=fem, organisation=els.memberships.get().organisation, functions=["reporter"], now=timezone.now()
    )
    provider.say(email="fem@oostzaan.example")
    assert provider.journey(PageClient()).status_code == 403


@pytest.mark.parametrize(
    "wrong", ["nonce", "audience", "tampered", "unknown key", "foreign key", "unsigned", "expired code"]
)
def test_an_answer_that_somebody_had_their_hands_on_opens_nothing(
    client: PageClient, provider: Provider, els: Member, wrong: str
) -> None:
    said = "vreemd@oostzaan.example" if wrong == "tampered" else els.email
    provider.say(email=said, wrong=wrong, tamper_with=els.email)
    answer = provider.journey(client)
    assert answer.status_code == 400
    assert "start again" in answer.content.decode()
    assert not is_in(client)
    assert refused_events() == [("", "")]


def test_the_way_back_works_once_and_only_for_who_left(provider: Provider, els: Member) -> None:
    provider.say(email=els.email)
    here, elsewhere = PageClient(), PageClient()
    back = provider.visit(here.get(START)["Location"]).removeprefix("http://testserver")
    assert elsewhere.get(back).status_code == 400
    assert elsewhere.get(back.replace("state=", "state=x")).status_code == 400
    assert not is_in(elsewhere)
    assert here.get(back).status_code == 302
    assert here.get(back).status_code == 400


def test_stopping_at_the_provider_is_no_fault(client: PageClient, provider: Provider, els: Member) -> None:
    address = client.get(START)["Location"]
    state = address.partition("state=")[2].partition("&")[0]
    answer = client.get(f"/nl/account/with/gemeente-oostzaan/back/?error=access_denied&state={state}")
    assert answer.status_code == 200
    assert "Nothing has changed" in answer.content.decode()
    assert refused_events() == []
