"""Without a network: after one visit the check, the doors and the step-by-step guide work on the device alone.

The server is a real one in this process, and being without a network is that server being gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.helpers.browser import Site, served

pytestmark = [pytest.mark.browser]

KEPT = """
async () => {
  const found = [];
  for (const name of await caches.keys()) {
    for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
  }
  return found;
}
"""
READY = """
async () => {
  const registration = await navigator.serviceWorker.ready;
  return registration.active.state === "activated" && (await caches.keys()).length > 0;
}
"""


@pytest.fixture
def site(settings: Any, tmp_path: Path) -> Iterator[Site]:
    # Static files come from where they are written, so nothing needs to be collected.
    settings.STATIC_ROOT = str(tmp_path)
    with served(StaticFilesHandler(get_wsgi_application())) as site:
        yield site


@pytest.fixture
def context(chromium: Browser, site: Site) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=site.address)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def visit_once(page: Page) -> None:
    page.goto("/nl/check/")
    page.wait_for_function(READY)


def tick(page: Page, *codes: str) -> None:
    for code in codes:
        page.evaluate("(code) => document.querySelector(`input[value='${code}']`).click()", code)


def test_the_panel_follows_while_you_tick(page: Page) -> None:
    page.goto("/nl/check/")
    panel = page.locator("#result-body")
    before = panel.inner_text()
    page.locator("input[name=signs]").first.check()
    expect(panel.locator(".action--watch")).to_be_visible()
    expect(panel.locator("a[href^='tel:']").first).to_be_visible()
    page.locator("input[name=danger][value=now]").check()
    expect(panel.locator(".action--call_now")).to_be_visible()
    expect(panel.locator("a[href='tel:112']")).to_be_visible()
    page.locator("input[name=danger][value=unknown]").check()
    page.locator("input[name=signs]").first.uncheck()
    expect(panel).to_have_text(before)


def test_search_hides_what_does_not_match_and_says_how_many(page: Page) -> None:
    page.goto("/nl/check/")
    every = page.locator(".sign").count()
    page.fill("#sign-search", "PASPOORT")
    expect(page.locator("#sign-count")).not_to_have_text("")
    expect(page.locator("#sign-count")).to_contain_text(str(page.locator(".sign:not([hidden])").count()))
    assert 0 < page.locator(".sign:not([hidden])").count() < every
    page.fill("#sign-search", "")
    expect(page.locator("#sign-count")).to_have_text("")
    assert page.locator(".sign:not([hidden])").count() == every


def test_another_profession_keeps_what_is_ticked(page: Page) -> None:
    page.goto("/nl/check/")
    for index in (0, 3, 40):
        page.locator("input[name=signs]").nth(index).evaluate("(input) => input.click()")
    ticked = "() => [...document.querySelectorAll('input[name=signs]:checked')].map((input) => input.value).sort()"
    before = page.evaluate(ticked)
    first = page.locator(".sign__text").first.inner_text()
    with page.expect_response("**/check/signs/**"):
        page.select_option("#profession", "dentist")
    expect(page.locator(".sign__text").first).not_to_have_text(first)
    assert page.evaluate(ticked) == before


def test_only_public_pages_are_kept(page: Page) -> None:
    visit_once(page)
    page.goto("/nl/doors/")
    with page.expect_navigation():
        page.locator("form#doors button").last.click()
    kept = set(page.evaluate(KEPT))
    pages = {path for path in kept if not path.startswith("/static/")}
    names = ("check/", "doors/", "meldcode/", "offline/", "bundle.json", "places.json")
    assert pages == {f"/nl/{name}" for name in names}
    for name in ("page.js", "check.js", "engine.js", "result.js", "places.js", "meldcode.js", "baken.css", "icons.svg"):
        assert f"/static/baken/{name}" in kept


def test_with_a_network_nothing_kept_is_shown(page: Page) -> None:
    visit_once(page)
    page.evaluate(
        """async () => {
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) await cache.put(request, new Response("old"));
          }
        }"""
    )
    page.goto("/nl/check/?profession=gp")
    expect(page.locator("form#check")).to_be_visible()
    page.goto("/nl/doors/")
    expect(page.locator("form#doors")).to_be_visible()


def test_the_check_without_a_network(page: Page, site: Site) -> None:
    visit_once(page)
    site.stop()
    page.goto("/nl/check/?profession=gp")
    assert page.locator("#profession").input_value() == "gp"
    page.locator("input[name=age][value=minor]").check()
    page.locator("input[name=signs]").first.check()
    page.fill("#municipality", "1511")
    page.locator(".form-actions button.button--primary").click()
    result = page.locator("#offline-result")
    expect(result.locator(".action--discuss")).to_be_visible()
    expect(result).to_contain_text("Zaanstreek-Waterland")
    assert result.locator(".door").count() >= 3
    assert result.locator(".steps--dont li").count() >= 3
    expect(result.locator("a[href='tel:08002000']").first).to_be_visible()
    assert result.locator(".record").inner_text().count("- ") == 1
    # What was filled in is still there, and nothing of it is in the address.
    assert page.locator("input[name=signs]:checked").count() == 1
    assert page.url.endswith("/nl/check/?profession=gp")


def test_the_doors_and_any_other_page_without_a_network(page: Page, site: Site) -> None:
    visit_once(page)
    site.stop()
    page.goto("/nl/doors/")
    page.locator("input[name=danger][value=now]").check()
    page.fill("#municipality", "nergens")
    page.locator("form#doors button").last.click()
    expect(page.locator("#offline-result .door").first).to_contain_text("112")
    expect(page.locator("#offline-result .notice--warning")).to_be_visible()
    page.goto("/nl/privacy/")
    assert page.evaluate("fetch('/nl/offline/').then((answer) => answer.text())").count("<h1") == 1
    expect(page.locator("a[href='/nl/check/']").first).to_be_visible()


def test_the_guide_without_a_network(page: Page, site: Site) -> None:
    visit_once(page)
    site.stop()
    page.goto("/nl/meldcode/")
    page.select_option("#profession", "gp")
    page.locator("#choose button").click()
    result = page.locator("#offline-result")
    expect(result.locator("summary", has_text="Stap")).to_have_count(5)
    choices = result.locator(".question button")
    choices.first.click()
    choices.last.click()
    expect(result.locator("li", has_text="?")).to_have_count(2)
    choices.last.click()
    expect(result.locator(".question")).to_contain_text("Veilig Thuis")
    result.locator("button.button--quiet").click()
    expect(result.locator("li", has_text="?")).to_have_count(2)
    page.select_option("#profession", "desk_clerk")
    page.locator("#choose button").click()
    expect(result.locator(".question")).to_have_count(0)
    expect(result.locator("a[href='tel:112']").first).to_be_visible()


def test_quick_exit_forgets_what_was_kept(page: Page) -> None:
    visit_once(page)
    page.route("**/exit/", lambda route: route.fulfill(body="elsewhere"))
    page.locator("[data-exit]").first.click()
    page.wait_for_url("**/exit/")
    page.wait_for_function("async () => (await caches.keys()).length === 0")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
