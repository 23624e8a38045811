"""A key is unlocked in one session of one member: wrap and cookie open it together, and only there."""

from __future__ import annotations

from http.cookies import SimpleCookie

import pytest
from django.http import HttpRequest
from django.test import Client
from tests.helpers.people import World
from tests.helpers.vault import Sheets, own_pair, sign_in_unlocked

from baken.people.models import Member, SignedInSession
from baken.vault import session
from baken.vault.errors import Wiped
from baken.vault.opening import current_inbox
from baken.vault.session import inbox_pair, inbox_pairs, unlocked


def request_of(client: Client, who: Member) -> HttpRequest:
    """What the server sees of this client."""
    request = HttpRequest()
    request.session = client.session
    request.user = who
    request.COOKIES = {name: cookie.value for name, cookie in client.cookies.items()}
    return request


def test_wrap_and_cookie_together_open_the_key_and_the_inbox(world: World, sheets: Sheets) -> None:
    client = Client()
    sign_in_unlocked(client, world.bas)
    request = request_of(client, world.bas)
    own = unlocked(request)
    assert own is not None
    assert own.public == own_pair(world.bas).public
    newest = current_inbox(world.here)
    inbox = inbox_pair(request, world.here)
    assert newest is not None
    assert inbox is not None
    assert inbox.public == bytes(newest.public)
    assert list(inbox_pairs(request, world.here)) == [newest.key_id]
    assert inbox_pair(request, world.here, "0" * 32) is None
    assert inbox_pair(request, world.there) is None


@pytest.mark.parametrize("missing", ["cookie", "wrap", "another cookie", "not base64"])
def test_one_without_the_other_opens_nothing(world: World, sheets: Sheets, missing: str) -> None:
    client = Client()
    sign_in_unlocked(client, world.bas)
    request = request_of(client, world.bas)
    if missing == "wrap":
        del request.session["vault"]
    else:
        request.COOKIES["vault"] = {"cookie": "", "another cookie": "A" * 43, "not base64": "é"}[missing]
    assert unlocked(request) is None
    assert inbox_pair(request, world.here) is None
    assert session.is_without_cookie(request) is (missing == "cookie")


def test_a_wrap_does_not_move_to_another_session_or_member(world: World, sheets: Sheets) -> None:
    first, second = Client(), Client()
    sign_in_unlocked(first, world.bas)
    sign_in_unlocked(second, world.bas)
    stolen = request_of(second, world.bas)
    stolen.session["vault"] = first.session["vault"]
    stolen.COOKIES["vault"] = first.cookies["vault"].value
    assert unlocked(stolen) is None
    assert unlocked(request_of(first, world.ann)) is None


def test_who_has_no_access_gets_no_inbox(world: World, sheets: Sheets) -> None:
    client = Client()
    sign_in_unlocked(client, world.ann)
    request = request_of(client, world.ann)
    assert unlocked(request) is not None
    assert inbox_pair(request, world.here) is None


def test_what_a_request_opened_is_wiped_with_its_answer(world: World, sheets: Sheets) -> None:
    client = Client()
    sign_in_unlocked(client, world.bas)
    request = request_of(client, world.bas)
    pairs = [unlocked(request), inbox_pair(request, world.here)]
    session.close(request)
    for pair in pairs:
        assert pair is not None
        with pytest.raises(Wiped):
            pair.private.reveal()
    assert unlocked(request) is None


def test_the_stored_session_does_not_open_by_itself(world: World, sheets: Sheets) -> None:
    client = Client()
    sign_in_unlocked(client, world.bas)
    kept = SignedInSession.objects.get(member=world.bas)
    cookie = SimpleCookie(client.cookies)["vault"].value
    private = own_pair(world.bas).private.reveal()
    assert cookie not in str(kept.get_decoded())
    assert private.hex() not in str(kept.get_decoded())
    assert len(kept.get_decoded()["vault"]) > 40
