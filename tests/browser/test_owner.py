"""The owner of a service in a real browser: without an account, a script or a cookie, on a small telephone."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from baken.directory import models
from baken.directory.actions.owners import make_link
from tests.browser.test_accessibility import hold, sticking_out
from tests.helpers.browser import Visitor
from tests.helpers.directory import full_service, service
from tests.helpers.keeping import listed

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Visitor]


def link() -> str:
    made = listed(full_service())
    return f"/en/map/owner/{make_link(service_id=made.pk, now=timezone.now())[1]}/"


def picture(page: Page, name: str) -> None:
    """A picture to look at, where somebody asks for one."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize("width", [320, 1280])
def test_an_owner_answers_without_a_script(visit: Visit, width: int) -> None:
    visitor = visit(width=width, javascript=False)
    address = link()
    page = visitor.go(address)
    picture(page, f"owner-{width}")
    for code in ("telephone", "for_whom", "referral", "status", "visibility"):
        page.check(f"input[name=answer-{code}][value=right]")
    page.get_by_role("button", name="Send my answers").click()
    assert "Opening hours: choose an answer." in page.inner_text(".error-summary")
    picture(page, f"owner-error-{width}")
    page.check("input[name=answer-hours][value=changed]")
    page.locator("section:has(#title-hours) summary").click()
    page.fill("#hours-0", "9-13")
    picture(page, f"owner-open-{width}")
    page.get_by_role("button", name="Send my answers").click()
    assert page.inner_text("h1") == "Thank you"
    picture(page, f"owner-thanks-{width}")
    assert models.Service.objects.get().hours.startswith("Mo 09:00-13:00; Tu-Fr")
    assert visitor.context.cookies() == []
    visitor.go(address)
    assert page.inner_text("h1") == "This link does not work any more"
    picture(page, f"owner-over-{width}")
    # Chromium notes a closed page (410) as a failed load.
    visitor.errors.clear()


def test_axe_finds_nothing_and_nothing_sticks_out(visit: Visit) -> None:
    address = link()
    for width in (320, 1280):
        visitor = visit(width=width)
        page = visitor.go(address)
        hold(visitor)
        assert sticking_out(page, width) == []
    page.get_by_role("button", name="Send my answers").click()
    hold(visitor)
    visitor.go("/en/map/owner/nothing/")
    visitor.errors.clear()
    hold(visitor)


def test_axe_finds_nothing_after_a_signal(visit: Visit) -> None:
    made = listed(service(kind="crisis"))
    visitor = visit(width=320)
    page = visitor.go(f"/en/map/service/{made.pk}/")
    page.get_by_role("button", name="This number does not work").click()
    assert page.inner_text("h1") == "Thank you for telling us"
    picture(page, "signal-320")
    hold(visitor)
    assert sticking_out(page, 320) == []
