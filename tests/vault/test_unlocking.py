"""Opening the own key in a session: by password or passphrase, after a link from elsewhere, and not by guessing."""

from __future__ import annotations

import re

from django.test import override_settings
from django.utils import timezone
from tests.helpers.pages import PageClient
from tests.helpers.people import PASSWORD, World
from tests.helpers.vault import Sheets, sign_in_unlocked
from tests.vault.test_journeys import NEW, keys_of, page_of
from tests.vault.test_session import request_of

from baken.people.models import SignedInSession
from baken.vault import keyring, session
from baken.vault.models import KeyWrap
from baken.vault.session import unlocked


def test_a_locked_key_leads_to_unlocking_and_back(client: PageClient, world: World, sheets: Sheets) -> None:
    sign_in_unlocked(client, world.bas)
    client.cookies["vault"] = "A" * 43
    wanted = keys_of(world.here, "sheet")
    asked = client.get(wanted)["Location"]
    assert asked.startswith(page_of("unlock"))
    assert client.post(asked, {"typed": "niet dit"}).status_code == 422
    assert client.post(asked, {"typed": PASSWORD})["Location"] == wanted
    assert client.get(wanted).status_code == 200


def test_a_link_from_web_mail_goes_on_by_itself(client: PageClient, world: World, sheets: Sheets) -> None:
    sign_in_unlocked(client, world.bas)
    cookie = client.cookies.pop("vault")
    wanted = keys_of(world.here, "sheet")
    asked = client.get(wanted)["Location"]
    page = client.get(asked).content.decode()
    onward = re.search(r'href="([^"]*again=1)"', page)
    assert onward is not None
    address = onward.group(1).replace("&amp;", "&")
    # Without the cookie for good, the page asks for the password; no circle.
    assert client.get(address).status_code == 200
    client.cookies["vault"] = cookie.value
    assert client.get(address)["Location"] == wanted


def test_unlocking_follows_no_address_elsewhere(client: PageClient, world: World, sheets: Sheets) -> None:
    sign_in_unlocked(client, world.bas)
    assert client.get(page_of("unlock") + "?next=https://elders.example/")["Location"] == page_of("keys")


def test_guessing_ends_the_session(client: PageClient, world: World, sheets: Sheets) -> None:
    client.force_login(world.bas)
    for _ in range(4):
        assert client.post(page_of("unlock"), {"typed": "gok"}).status_code == 422
    assert client.post(page_of("unlock"), {"typed": "gok"})["Location"].endswith("/account/login/")
    assert client.get(page_of("keys")).status_code == 302


def test_who_signs_in_elsewhere_chooses_a_passphrase(client: PageClient, world: World) -> None:
    world.bas.set_unusable_password()
    world.bas.save()
    client.force_login(world.bas)
    short = client.post(page_of("make"), {"passphrase1": "kort", "passphrase2": "kort"})
    assert short.status_code == 422
    good = {"passphrase1": NEW, "passphrase2": NEW}
    assert client.post(page_of("make"), good)["Location"].startswith(page_of("recovery_code"))
    assert KeyWrap.objects.get(key__member=world.bas).way == "passphrase"
    other = PageClient()
    other.force_login(world.bas)
    assert "Passphrase" in other.get("/en/account/keys/open/").content.decode()
    assert other.post(page_of("unlock"), {"typed": NEW}).status_code == 302
    assert unlocked(request_of(other, world.bas)) is not None


def test_what_was_typed_too_late_is_not_kept_in_the_session(client: PageClient, world: World, sheets: Sheets) -> None:
    client.force_login(world.bas)
    response = client.post(keys_of(world.here, "open_sheet"), {"member": str(world.bas.pk), "code": sheets.here})
    assert response.status_code == 302
    assert sheets.here not in str([row.get_decoded() for row in SignedInSession.objects.all()])


def test_with_https_the_browser_itself_guards_the_cookie() -> None:
    with override_settings(SESSION_COOKIE_SECURE=True):
        assert session.cookie_name() == "__Host-vault"
    assert session.cookie_name() == "vault"


def test_the_cookie_is_closed_to_scripts_and_other_sites(client: PageClient, world: World, sheets: Sheets) -> None:
    sign_in_unlocked(client, world.bas)
    client.cookies["vault"] = "A" * 43
    answer = client.post(page_of("unlock"), {"typed": PASSWORD})
    cookie = answer.cookies["vault"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["expires"]) == (True, "Strict", "", "")


def test_a_passphrase_can_be_changed(client: PageClient, world: World) -> None:
    world.bas.set_unusable_password()
    world.bas.save()
    client.force_login(world.bas)
    client.post(page_of("make"), {"passphrase1": NEW, "passphrase2": NEW})
    other = "nog een andere lange zin"
    assert client.post(page_of("recover"), {"passphrase1": other, "passphrase2": other}).status_code == 302
    assert keyring.open_with_typed(member=world.bas, typed=NEW, now=timezone.now()) is None
    assert keyring.open_with_typed(member=world.bas, typed=other, now=timezone.now()) is not None


def test_guessing_at_a_new_wrap_ends_the_session_too(client: PageClient, world: World, sheets: Sheets) -> None:
    sign_in_unlocked(client, world.bas)
    for _try in range(5):
        answer = client.post(page_of("recover"), {"typed": "gok", "secret": "gok"})
    assert answer["Location"].endswith("/account/login/")
    assert client.get(page_of("keys")).status_code == 302
