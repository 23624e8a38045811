"""Keys with a real browser: a passkey that opens the own key (PRF), the pages at 320 pixels, axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from baken.people import doors
from baken.people.permissions import Function
from baken.vault.models import KeyWrap
from tests.browser.test_accessibility import hold
from tests.browser.test_sign_in import no_sideways, type_password
from tests.helpers.browser import Visitor
from tests.helpers.people import World, member
from tests.helpers.vault import give_key

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

Visit = Callable[..., Visitor]


@pytest.fixture
def people(transactional_db: None) -> World:
    doors.forget()
    return World()


def with_authenticator(visitor: Visitor, *, prf: bool) -> None:
    """A passkey in this browser, on the host name that passkeys need."""
    visitor.site = visitor.site.replace("127.0.0.1", "localhost")
    cdp = visitor.context.new_cdp_session(visitor.page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "ctap2Version": "ctap2_1",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
        "hasPrf": prf,
    }
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def add_passkey(visitor: Visitor) -> None:
    page = visitor.page
    page.locator("a[href$='/passkeys/add/']").click()
    page.locator("input[name=name]").fill("Mijn laptop")
    page.locator("input[name=passwordless]").check()
    page.locator("#passkey-add").click()
    page.wait_for_url("**/second-factor/codes/")


@pytest.mark.parametrize("prf", [True, False])
def test_a_passkey_opens_the_key_where_it_can(visit: Visit, people: World, prf: bool) -> None:
    who = member("sleutel@oostzaan.example", where=people.here, functions=(Function.FOCAL_POINT,), strong=False)
    give_key(who)
    visitor = visit()
    with_authenticator(visitor, prf=prf)
    page = visitor.page
    visitor.go("/nl/account/login/")
    type_password(page, who)
    page.wait_for_url("**/second-factor/")
    add_passkey(visitor)
    visitor.go("/nl/account/keys/")
    hold(visitor)
    page.locator("form[data-passkey] button").click()
    if not prf:
        page.locator("form[data-passkey] [role=alert]").wait_for()
        assert not KeyWrap.objects.filter(way="passkey").exists()
        return
    page.locator("form[data-passkey]").wait_for(state="detached")
    assert KeyWrap.objects.filter(key__member=who, way="passkey").count() == 1
    visitor.go("/nl/account/logout/")
    page.locator("main button[type=submit]").click()
    visitor.go("/nl/account/login/")
    page.locator("#passkey-login").click()
    page.wait_for_url("**/organisation/**")
    # Signed in without a password: the key is still locked, and the passkey opens it.
    visitor.go(f"/nl/organisation/{people.here.pk}/keys/waiting/")
    visitor.go("/nl/account/keys/open/")
    hold(visitor)
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/account/keys/")
    assert page.locator("a[href$='/account/keys/open/']").count() == 0


def test_the_sheet_and_the_code_on_a_small_screen(visit: Visit, people: World) -> None:
    who = member("eerste@oostzaan.example", where=people.here, functions=(Function.FOCAL_POINT,), strong=False)
    visitor = visit(width=320)
    with_authenticator(visitor, prf=True)
    page = visitor.go("/nl/account/login/")
    type_password(page, who)
    page.wait_for_url("**/second-factor/")
    add_passkey(visitor)
    visitor.go(f"/nl/organisation/{people.here.pk}/keys/start/")
    page.wait_for_url("**/account/keys/code/**")
    hold(visitor)
    page.locator("main form button").first.click()
    page.locator(".sheet-code").wait_for()
    hold(visitor)
    no_sideways(page)
    page.locator("input[name=kept]").check()
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/keys/start/")
    page.locator("main form button[type=submit]").click()
    page.locator(".sheet-code").wait_for()
    hold(visitor)
    no_sideways(page)
    page.emulate_media(media="print")
    assert page.locator(".sheet-code").is_visible()
    page.emulate_media(media="screen")
    visitor.go(f"/nl/organisation/{people.here.pk}/keys/")
    hold(visitor)
    no_sideways(page)
    visitor.go("/nl/account/keys/")
    hold(visitor)
    no_sideways(page)
