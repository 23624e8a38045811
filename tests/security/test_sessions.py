"""Sessions and cookies: new at each sign-in, gone at sign-out, closed to scripts and other sites, and never for visitors."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client, override_settings
from django.utils import timezone
from tests.helpers.attack import Target, address, urls
from tests.helpers.people import PASSWORD
from tests.helpers.vault import sign_in_unlocked
from tests.people.test_sign_in import code_of

from baken.config import settings as shipped  # noqa: TID251 - the names follow from BAKEN_HTTPS
from baken.people.models import SignedInSession
from baken.people.sessions import kept_key

LOGIN = "/nl/account/login/"
HTTPS = {
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SESSION_COOKIE_NAME": "__Host-session",
    "CSRF_COOKIE_NAME": "__Host-csrf",
}


def sign_in(client: Client, target: Target, **more: Any) -> Any:
    """Bas signs in with password and code, as on the page."""
    bas = target.sharing.world.bas
    client.post(LOGIN, {"login": bas.email, "password": PASSWORD}, **more)
    return client.post("/nl/account/second-step/", {"code": code_of(bas)}, **more)


def test_names_of_cookies_follow_from_https() -> None:
    source = Path(shipped.__file__).read_text(encoding="utf-8")
    assert 'SESSION_COOKIE_NAME = "__Host-session" if HTTPS else' in source
    assert 'CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else' in source


def test_cookies_are_bound_to_this_host_and_closed_to_scripts(target: Target) -> None:
    with override_settings(**HTTPS):
        client = Client()
        client.get(LOGIN, secure=True)
        done = sign_in(client, target, secure=True)
        assert done.status_code == 302
        set_here = dict(client.cookies.items())
    assert set(set_here) == {"__Host-session", "__Host-csrf", "__Host-vault"}
    for name, cookie in set_here.items():
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] == ("Strict" if name == "__Host-vault" else "Lax")
        assert cookie["path"] == "/"
        assert not cookie["domain"]
        assert not cookie["max-age"], "it goes when the browser closes"


@pytest.mark.walk
def test_no_public_url_sets_a_cookie_or_looks_at_one(target: Target) -> None:
    client = target.signed_in("bas")
    found = {}
    for url in urls(public=True):
        path = address(url, target.known)
        for method in ("get", "post"):
            response = getattr(client, method)(path)
            if response.cookies or "Cookie" in response.headers.get("Vary", ""):
                found[url.name, method] = str(response.cookies) + response.headers.get("Vary", "")
    assert not found, found


def test_a_session_that_was_prepared_for_somebody_is_not_theirs(target: Target) -> None:
    client = Client()
    client.get(LOGIN)
    client.post(LOGIN, {"login": "niemand@nergens.example", "password": "fout fout fout"})
    client.post(LOGIN, {"login": target.sharing.world.bas.email, "password": PASSWORD})
    between = client.cookies["session"].value
    waiting = client.cookies["vault"].value
    client.post("/nl/account/second-step/", {"code": code_of(target.sharing.world.bas)})
    after = client.cookies["session"].value
    assert after != between
    assert client.cookies["vault"].value not in ("", waiting)
    thief = Client()
    thief.cookies["session"] = between
    thief.cookies["vault"] = waiting
    assert thief.get("/nl/account/")["Location"].startswith(LOGIN)
    assert not SignedInSession.objects.filter(session_key=kept_key(between)).exists()


def test_a_made_up_session_is_never_taken_over(target: Target) -> None:
    client = Client()
    client.cookies["session"] = "a" * 32
    sign_in(client, target)
    assert client.cookies["session"].value != "a" * 32


def test_signing_out_ends_session_and_key(target: Target) -> None:
    client = Client()
    sign_in(client, target)
    kept = {name: client.cookies[name].value for name in ("session", "vault")}
    inbox = f"/nl/organisation/{target.known['organisation_id']}/inbox/"
    client.post("/nl/account/logout/")
    assert not client.cookies["vault"].value
    thief = Client()
    for name, value in kept.items():
        thief.cookies[name] = value
    assert thief.get(inbox)["Location"].startswith(LOGIN)
    sign_in(client, target)
    assert client.cookies["vault"].value not in ("", kept["vault"])


def test_the_key_of_one_session_opens_nothing_in_another(target: Target) -> None:
    one, two = target.signed_in("bas"), target.signed_in("bas")
    inbox = f"/nl/organisation/{target.known['organisation_id']}/inbox/"
    assert one.get(inbox).status_code == 200
    one.cookies["vault"] = two.cookies["vault"].value
    assert "/keys/open/" in one.get(inbox)["Location"]
    one.cookies["vault"] = ""
    assert "/keys/open/" in one.get(inbox)["Location"]


def test_also_a_session_in_use_ends_after_half_a_day(target: Target) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = target.signed_in("bas")
        for _ in range(72):
            clock.shift(dt.timedelta(minutes=10))
            assert client.get("/nl/account/").status_code == 200
        clock.shift(dt.timedelta(minutes=10))
        assert client.get("/nl/account/")["Location"].startswith(LOGIN)


def test_a_new_password_ends_every_other_session(target: Target) -> None:
    here, elsewhere = target.signed_in("bas"), target.signed_in("bas")
    changed = here.post(
        "/nl/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "heel andere woorden nu", "password2": "heel andere woorden nu"},
    )
    assert changed.status_code == 302
    assert here.get("/nl/account/").status_code == 200
    assert elsewhere.get("/nl/account/")["Location"].startswith(LOGIN)


def test_a_function_that_ends_counts_from_the_next_request(target: Target) -> None:
    world = target.sharing.world
    client = Client()
    sign_in_unlocked(client, world.bas)
    inbox = f"/nl/organisation/{target.known['organisation_id']}/inbox/"
    assert client.get(inbox).status_code == 200
    world.bas.memberships.update(until=timezone.now())
    assert client.get(inbox).status_code == 404
