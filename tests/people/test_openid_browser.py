"""Signing in at the provider in a real browser: our content policy lets it leave and come back, without JavaScript too."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer
from tests.helpers.browser import Visitor
from tests.helpers.openid_provider.process import CLIENT, NAME, PASSWORD, SECRET, Provider
from tests.helpers.people import World, member

from baken.people import doors
from baken.people.openid import actions
from baken.people.permissions import Function


@pytest.mark.browser
@pytest.mark.parametrize("with_javascript", [True, False])
def test_a_browser_goes_there_and_comes_back(
    chromium: Browser, live_server: LiveServer, openid_process: Provider, with_javascript: bool
) -> None:
    world = World()
    doors.forget()
    member("els@oostzaan.example", where=world.here, functions=(Function.REPORTER,), strong=False)
    settings = actions.ProviderSettings(openid_process.issuer, CLIENT, SECRET)
    actions.configure(by=None, organisation=world.here, settings=settings, now=timezone.now())
    openid_process.say(
        email="els@oostzaan.example",
        redirects=(f"{live_server.url}/nl/account/with/gemeente-oostzaan/back/",),
    )
    with chromium.new_context(java_script_enabled=with_javascript) as context:
        visitor = Visitor(context, live_server.url)
        page = visitor.go("/en/account/login/")
        page.get_by_role("link", name="Sign in with Gemeente Oostzaan").click()
        page.fill("[name=username]", NAME)
        page.fill("[name=password]", PASSWORD)
        page.click("button")
        page.wait_for_url(f"{live_server.url}/en/organisation/**")
        assert page.get_by_role("heading", level=1).inner_text() == "Gemeente Oostzaan"
        assert not [error for error in visitor.errors if "Content Security Policy" in error]
