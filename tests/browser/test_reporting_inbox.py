"""The focal point's day in a real browser: inbox, report, two at once; keyboard, axe, a small phone, and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from baken.people import doors
from baken.people.models import Member
from baken.reports.actions.dialogue import write_note
from baken.reports.models import Message, Report
from tests.browser.test_accessibility import hold
from tests.helpers.browser import Visitor
from tests.helpers.people import World
from tests.helpers.reports import second_reader, send
from tests.helpers.vault import acting, give_keys, sign_in_unlocked

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

Visit = Callable[..., Visitor]


@pytest.fixture
def people(transactional_db: None) -> World:
    doors.forget()
    world = World()
    give_keys(world)
    return world


def signed_in(visitor: Visitor, who: Member) -> Page:
    """The cookies of a session that is unlocked already."""
    client = Client()
    sign_in_unlocked(client, who)
    cookies = [
        {"name": name, "value": cookie.value, "url": visitor.site, "httpOnly": True}
        for name, cookie in client.cookies.items()
    ]
    visitor.context.add_cookies(cookies)  # type: ignore[arg-type]
    return visitor.page


def inbox(world: World, query: str = "") -> str:
    return f"/en/organisation/{world.here.pk}/inbox/{query}"


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url


@pytest.mark.parametrize("width", [320, 1280])
def test_from_the_list_to_a_question(visit: Visit, people: World, width: int) -> None:
    send(people, urgent=True)
    report = send(people).report
    visitor = visit(width=width)
    page = signed_in(visitor, people.bas)
    visitor.go(inbox(people, "?list=team"))
    hold(visitor)
    fits(page)
    page.get_by_role("link", name=report.reference).click()
    page.get_by_role("button", name="Take into triage").click()
    page.locator("[role=status]").first.wait_for()
    hold(visitor)
    fits(page)
    page.locator("#message_text").fill("Wat zag je precies?")
    page.locator("#message_question").check()
    page.get_by_role("button", name="Send to the reporter").click()
    page.wait_for_url("**#dialogue")
    assert Report.objects.get(pk=report.pk).state == "waiting"
    assert "Wat zag je precies?" in page.locator("#dialogue").inner_text()
    assert str(report.pk) in page.url
    assert "Wat" not in page.url


def test_two_at_once_without_javascript(visit: Visit, people: World) -> None:
    report, dina = send(people).report, second_reader(people)
    visitor = visit(width=320, javascript=False)
    page = signed_in(visitor, people.bas)
    visitor.go(inbox(people, f"{report.pk}/"))
    write_note(by=acting(dina, people.here), report_id=report.pk, expected=1, text="Ik bel morgen.", now=timezone.now())
    page.locator("#message_text").fill("Mijn eigen tekst")
    page.get_by_role("button", name="Send to the reporter").click()
    shown = page.locator("main").inner_text()
    assert "Ik bel morgen." in shown
    assert page.locator("#kept_text").input_value() == "Mijn eigen tekst"
    assert not Message.objects.exists()
    page.get_by_role("button", name="Send it after all").click()
    page.wait_for_url("**#dialogue")
    assert Message.objects.count() == 1
    # A refusal of 409 is what this is about; Chromium reports it as a failed load.
    visitor.errors[:] = [text for text in visitor.errors if "409" not in text]


@pytest.mark.parametrize("width", [320, 1280])
def test_searching_with_the_keyboard_alone(visit: Visit, people: World, width: int) -> None:
    report = send(people).report
    visitor = visit(width=width)
    page = signed_in(visitor, people.bas)
    visitor.go(inbox(people, "search/"))
    hold(visitor)
    page.locator("#search_text").focus()
    page.keyboard.type("kanarie")
    page.keyboard.press("Enter")
    page.locator("#found-title").wait_for()
    assert report.reference in page.locator("main").inner_text()
    assert "kanarie" not in page.url
    hold(visitor)
    fits(page)


def test_an_empty_inbox_leads_to_a_test_report(visit: Visit, people: World) -> None:
    visitor = visit(width=320)
    page = signed_in(visitor, people.bas)
    visitor.go(inbox(people, "?list=team"))
    hold(visitor)
    fits(page)
    page.get_by_role("link", name="Send yourself a test report").click()
    page.get_by_role("button", name="Send the test report").click()
    page.get_by_text("Test report").first.wait_for()
    assert Report.objects.get().is_test
    hold(visitor)
    fits(page)
    visitor.go(f"/en/organisation/{people.here.pk}/figures/")
    hold(visitor)
    fits(page)
