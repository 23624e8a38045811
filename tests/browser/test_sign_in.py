"""Signing in with a real browser: app with codes, passkey, keyboard alone, axe, and a screen of 320 pixels."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Page

from baken.people import doors
from baken.people.models import Member
from baken.people.permissions import Function
from tests.browser.test_accessibility import hold
from tests.helpers.browser import Visitor
from tests.helpers.people import PASSWORD, World, member

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

Visit = Callable[..., Visitor]


@pytest.fixture
def people(transactional_db: None) -> World:
    doors.forget()
    return World()


def type_password(page: Page, who: Member) -> None:
    """With the keyboard alone."""
    page.locator("input[name=login]").focus()
    page.keyboard.type(who.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def no_sideways(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url


def test_app_with_codes_from_nothing_to_signed_in(visit: Visit, people: World) -> None:
    who = member("nieuw@oostzaan.example", where=people.here, functions=(Function.FOCAL_POINT,), strong=False)
    visitor = visit(width=320)
    page = visitor.go("/nl/account/login/")
    hold(visitor)
    no_sideways(page)
    type_password(page, who)
    page.wait_for_url("**/second-factor/")
    hold(visitor)
    no_sideways(page)
    page.locator("a[href$='/second-factor/app/']").click()
    secret = page.locator("main code").inner_text()
    hold(visitor)
    no_sideways(page)
    page.locator("input[name=code]").fill(code_for(secret))
    page.keyboard.press("Enter")
    page.wait_for_url("**/second-factor/codes/")
    recovery = page.locator("main code").first.inner_text()
    assert len(recovery) == 8
    hold(visitor)
    page.goto(visitor.site + "/nl/account/logout/")
    page.locator("main button[type=submit]").click()
    page.goto(visitor.site + "/nl/account/login/")
    type_password(page, who)
    page.wait_for_url("**/second-step/")
    hold(visitor)
    page.locator("input[name=code]").fill(recovery)
    page.keyboard.press("Enter")
    page.wait_for_url("**/organisation/**")
    hold(visitor)
    no_sideways(page)


def test_a_passkey_signs_in_without_a_password(visit: Visit, people: World) -> None:
    who = member("sleutel@oostzaan.example", where=people.here, functions=(Function.FOCAL_POINT,), strong=False)
    visitor = visit()
    visitor.site = visitor.site.replace("127.0.0.1", "localhost")
    page = visitor.page
    cdp = visitor.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    visitor.go("/nl/account/login/")
    type_password(page, who)
    page.wait_for_url("**/second-factor/")
    page.locator("a[href$='/passkeys/add/']").click()
    page.locator("input[name=name]").fill("Mijn laptop")
    page.locator("input[name=passwordless]").check()
    hold(visitor)
    page.locator("#passkey-add").click()
    page.wait_for_url("**/second-factor/codes/")
    page.goto(visitor.site + "/nl/account/logout/")
    page.locator("main button[type=submit]").click()
    page.goto(visitor.site + "/nl/account/login/")
    page.locator("#passkey-login").click()
    page.wait_for_url("**/organisation/**")
    assert people.here.name in page.locator("h1").inner_text()
