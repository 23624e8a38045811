"""People's ways through the site in a real browser: with the keyboard only, without JavaScript, and leaving quickly."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.helpers.browser import Visitor

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]


def focused(page: Page, script: str) -> str:
    """Something about the element that has the focus."""
    return str(page.evaluate(f"(() => {{ const item = document.activeElement; return String({script}); }})()"))


def tab_to(page: Page, script: str, wanted: str, *, most: int = 200) -> None:
    """Press Tab until the focused element answers ``wanted``; every stop on the way must be visible."""
    for _ in range(most):
        page.keyboard.press("Tab")
        assert focused(page, "item.getBoundingClientRect().width > 0") == "true", focused(page, "item.outerHTML")
        if focused(page, script) == wanted:
            return
    raise AssertionError(f"never reached {wanted}")


def test_the_check_with_the_keyboard_only(visit: Visit) -> None:
    page = visit().go("/nl/")
    tab_to(page, "item.pathname", "/nl/check/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nl/check/")
    tab_to(page, "item.name", "about")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.locator("input[name=about][value=person]").is_checked()
    tab_to(page, "item.id", "municipality")
    page.keyboard.type("1511")
    tab_to(page, "item.name", "signs")
    page.keyboard.press("Space")
    assert focused(page, "item.checked") == "true"
    page.keyboard.press("Enter")
    page.wait_for_url("**/result/")
    expect(page.locator("h1")).to_be_visible()
    tab_to(page, "item.protocol", "tel:")


def test_skip_link_leads_to_the_content(visit: Visit) -> None:
    page = visit().go("/en/check/")
    page.keyboard.press("Tab")
    assert focused(page, "item.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


@pytest.mark.parametrize("width", [320, 1280])
def test_the_whole_way_without_javascript(visit: Visit, width: int) -> None:
    page = visit(width=width, javascript=False).go("/nl/check/")
    page.select_option("#profession", "gp")
    page.click("#change-profession")
    expect(page.locator("#profession")).to_have_value("gp")
    page.check("input[name=age][value=minor]")
    page.fill("#municipality", "Oostzan")
    page.locator("input[name=signs]").first.check()
    page.locator(".form-actions button").first.click()
    expect(page.locator("[role=alert]")).to_contain_text("Oostzaan")
    assert page.locator("input[name=signs]:checked").count() == 1
    assert page.locator("input[name=age][value=minor]").is_checked()
    page.fill("#municipality", "Oostzaan")
    page.locator(".form-actions button").first.click()
    expect(page.locator(".door").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("Zaanstreek-Waterland")
    page.locator("form[action$='/check/'] button").click()
    assert page.locator("input[name=signs]:checked").count() == 1


def test_the_panel_changes_while_you_tick(visit: Visit) -> None:
    page = visit().go("/nl/check/")
    before = page.locator("#result-body").inner_text()
    page.locator("input[name=signs]").first.check()
    expect(page.locator("#result-body")).not_to_have_text(before)
    expect(page.locator("#result-panel a[href^='tel:']").first).to_be_visible()


def test_search_finds_a_sign_and_says_how_many(visit: Visit) -> None:
    page = visit().go("/nl/check/")
    page.fill("#sign-search", "paspoort")
    expect(page.locator("#sign-count")).not_to_be_empty()
    assert 0 < page.locator(".sign:visible").count() < page.locator(".sign").count()


def test_nothing_is_kept_on_the_device(visit: Visit) -> None:
    visitor = visit()
    page = visitor.go("/nl/check/")
    page.check("input[name=age][value=minor]")
    page.locator("input[name=signs]").first.check()
    page.locator(".form-actions button").first.click()
    page.wait_for_url("**/result/")
    assert visitor.context.cookies() == []
    assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0
    assert "minor" not in page.url


def test_leaving_quickly_from_a_filled_result(visit: Visit, settings: Settings, live_server: LiveServer) -> None:
    # Stands in for the neutral page, which is on the internet.
    settings.BAKEN_EXIT_URL = f"{live_server.url}/robots.txt"
    page = visit().go("/nl/check/")
    page.locator("input[name=signs]").first.check()
    page.locator(".form-actions button").first.click()
    page.wait_for_url("**/result/")
    for _ in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url("**/robots.txt")
    page.go_back(wait_until="commit")
    page.wait_for_url("**/robots.txt")
