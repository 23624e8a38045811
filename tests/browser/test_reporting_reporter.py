"""Report and follow with a real browser: from a finished check, on a telephone, without JavaScript, without a network."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from baken.people import doors
from baken.people.proof import BITS_CAP, Challenge, is_solved
from baken.recognise.personal_data import find_personal_data
from baken.reports import places
from baken.reports.models import Report
from tests.browser.test_accessibility import hold, sticking_out
from tests.helpers.browser import Visitor
from tests.helpers.people import World
from tests.helpers.vault import give_keys

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

Visit = Callable[..., Visitor]
FACTS = "Zij mocht niet zelf antwoorden."


@pytest.fixture
def people(transactional_db: None) -> World:
    made = World()
    give_keys(made)
    doors.forget()
    places.forget()
    return made


def finished_check(visitor: Visitor) -> Page:
    page = visitor.go("/nl/check/")
    page.check("input[name=about][value=person]")
    page.fill("#municipality", "Oostzaan")
    page.locator("input[name=signs]").first.check()
    page.locator(".form-actions button").first.click()
    page.wait_for_url("**/result/")
    return page


def pictured(page: Page, name: str) -> None:
    """For whoever wants to look: in ``var/pictures``, when that folder is there."""
    folder = Path("var/pictures")
    if folder.is_dir():
        page.screenshot(path=str(folder / f"{name}.png"), full_page=True)


def report_form(visitor: Visitor, people: World) -> Page:
    return visitor.go(f"/nl/report/{people.here.pk}/")


@pytest.mark.parametrize("width", [320, 1280])
def test_from_a_finished_check_to_a_receipt(visit: Visit, people: World, width: int) -> None:
    visitor = visit(width=width)
    page = finished_check(visitor)
    pictured(page, f"result-{width}")
    began, clicks = time.monotonic(), 0
    page.locator("form[action*='/report/'] button").first.click()
    clicks += 1
    page.wait_for_selector("form[data-report]")
    pictured(page, f"form-{width}")
    hold(visitor)
    assert sticking_out(page, width) == []
    page.fill("#facts", FACTS)
    page.locator("form[data-report] button").last.click()
    clicks += 1
    page.wait_for_selector(".receipt__code")
    assert clicks <= 3
    assert time.monotonic() - began < 90
    pictured(page, f"sent-{width}")
    hold(visitor)
    assert sticking_out(page, width) == []
    assert "/report/" in page.url
    code = page.locator(".receipt__code").inner_text()
    assert page.title().startswith(page.locator("h1").inner_text())
    page.get_by_role("button", name="Follow").or_(page.locator(".receipt form button")).first.click()
    page.wait_for_selector(".track")
    hold(visitor)
    pictured(page, f"followed-{width}")
    assert sticking_out(page, width) == []
    page.fill("#text", "Zij was er vandaag weer.")
    page.locator(".answer .form-actions button").click()
    page.wait_for_selector(".said--mine")
    hold(visitor)
    pictured(page, f"answered-{width}")
    assert "".join(code.split()) not in page.url
    assert visitor.context.cookies() == []
    stored = page.evaluate("[localStorage.length, sessionStorage.length]")
    assert stored == [0, 0]


def test_without_javascript_it_takes_a_moment_and_loses_nothing(visit: Visit, people: World) -> None:
    visitor = visit(width=320, javascript=False)
    page = report_form(visitor, people)
    page.fill("#facts", FACTS)
    page.locator("form[data-report] button").last.click()
    page.wait_for_selector("#came-back")
    assert page.input_value("#facts") == FACTS
    pictured(page, "too-quick-320")
    time.sleep(15)
    page.locator("form[data-report] button").last.click()
    page.wait_for_selector(".receipt__code")


def test_a_lost_network_keeps_the_form(visit: Visit, people: World) -> None:
    visitor = visit()
    page = report_form(visitor, people)
    page.fill("#facts", FACTS)
    page.set_input_files("#files", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"tekst"})
    visitor.context.set_offline(True)
    page.locator("form[data-report] button").last.click()
    page.wait_for_selector("[data-not-sent]:not([hidden])")
    pictured(page, "offline-1280")
    assert page.input_value("#facts") == FACTS
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    visitor.context.set_offline(False)
    page.locator("form[data-report] button").last.click()
    page.wait_for_selector(".receipt__code")
    assert Report.objects.get().attachments.count() == 1
    visitor.errors[:] = [text for text in visitor.errors if "ERR_INTERNET_DISCONNECTED" not in text]


def test_a_hint_while_typing_and_files_stay_chosen(visit: Visit, people: World) -> None:
    visitor = visit(width=320)
    page = report_form(visitor, people)
    page.fill("#facts", "Bel 06 12345678")
    page.wait_for_selector("#facts-people:not(:empty)")
    page.set_input_files("#files", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"tekst"})
    page.locator("form[data-report] button").last.click()
    page.wait_for_selector("#came-back")
    hold(visitor)
    pictured(page, "hints-320")
    assert page.evaluate("document.querySelector('#files').files.length") == 1
    page.locator("form[data-report] button").last.click()
    page.wait_for_selector(".receipt__code")
    assert Report.objects.get().attachments.count() == 1


def test_an_error_is_said_where_it_is(visit: Visit, people: World) -> None:
    visitor = visit(width=320)
    page = report_form(visitor, people)
    page.locator("form[data-report] button").last.click()
    page.wait_for_selector("#errors")
    assert page.evaluate("document.activeElement.id") == "errors"
    hold(visitor)


def test_with_the_keyboard_alone(visit: Visit, people: World) -> None:
    page = report_form(visit(), people)
    page.locator("#facts").focus()
    page.keyboard.type(FACTS)
    page.locator("#where").focus()
    page.keyboard.type("Bij de balie")
    page.keyboard.press("Enter")
    page.wait_for_selector(".receipt__code")


def test_the_browser_does_the_work_that_the_server_checks(visit: Visit, people: World) -> None:
    page = report_form(visit(), people)
    challenge = page.input_value("[name=challenge]")
    proof = page.evaluate("async (text) => (await import('/static/baken/work.js')).solve(text)", challenge)
    _one, _organisation, _at, bits, random, _signature = challenge.split(".")
    assert is_solved(Challenge(str(people.here.pk), timezone.now(), int(bits), random), proof)
    assert int(bits) < BITS_CAP


@pytest.mark.parametrize(
    "text",
    [
        "111222333",
        "123456789",
        "a@b.nl",
        "06 12345678",
        "+31 6 1234 5678",
        "0800-2000",
        "112",
        "op 12-11-2026",
        "1511 AB",
        "020-1234567",
    ],
)
def test_the_hint_in_the_browser_says_what_the_server_says(visit: Visit, people: World, text: str) -> None:
    page = report_form(visit(), people)
    found = page.evaluate("async (text) => (await import('/static/baken/people.js')).pointsToPerson(text)", text)
    assert found is bool(find_personal_data(text))


def test_quick_exit_forgets_what_was_typed(visit: Visit, people: World) -> None:
    page = report_form(visit(), people)
    page.route("**/exit/", lambda route: route.fulfill(body="<title>weg</title>", content_type="text/html"))
    page.fill("#facts", FACTS)
    page.locator("[data-exit]").first.click()
    page.wait_for_url("**/exit/")
    page.go_back()
    assert FACTS not in (page.locator("body").inner_text() if page.locator("body").is_visible() else "")
