"""Quick exit in a real browser: blank at once, gone for good, whatever the browser refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

import baken.ui

SCRIPT = (Path(baken.ui.__file__).parent / "static" / "baken" / "exit.js").read_text(encoding="utf-8")
SITE, ELSEWHERE = "https://baken.test", "https://neutral.test"
PAGE = """<!doctype html><html lang="en" data-exit-url="/exit/"><head><title>A page – Baken</title>
<script src="/exit.js"></script></head><body><h1>A page</h1>
<a href="/exit/" data-exit>Leave</a><form><input id="q"><input type="checkbox" id="c" checked></form></body></html>"""
REFUSE = """for (const name of ["sessionStorage", "caches"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });
}
Object.defineProperty(navigator, "serviceWorker", { get() { throw new Error("no"); } });"""

pytestmark = [pytest.mark.browser]


def _answer(route: Route) -> None:
    url = route.request.url
    if url.startswith(ELSEWHERE) or url.endswith("/exit/"):
        route.fulfill(content_type="text/html", body="<title>News</title>News")
    elif url.endswith("exit.js"):
        route.fulfill(content_type="text/javascript", body=SCRIPT)
    else:
        route.fulfill(content_type="text/html; charset=utf-8", body=PAGE, headers={"Cache-Control": "no-store"})


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    context.route("**/*", _answer)
    yield context.new_page()
    context.close()


def _visit_two_pages(page: Page) -> None:
    page.goto(f"{SITE}/one/")
    page.goto(f"{SITE}/two/")
    page.fill("#q", "something private")


def test_click_blanks_and_empties_at_once(page: Page) -> None:
    _visit_two_pages(page)
    after = page.evaluate(
        """() => { const start = performance.now(); document.querySelector("[data-exit]").click();
        return [performance.now() - start, getComputedStyle(document.documentElement).display,
                document.querySelector("#q").value, document.querySelector("#c").checked]; }"""
    )
    assert after[0] < 200
    assert after[1:] == ["none", "", False]
    page.wait_for_url(f"{SITE}/exit/")


def test_escape_three_times_leaves_and_twice_does_not(page: Page) -> None:
    _visit_two_pages(page)
    page.focus("#q")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    assert page.url == f"{SITE}/two/"
    page.keyboard.press("Escape")
    page.wait_for_url(f"{SITE}/exit/")


def test_back_does_not_return_but_opening_anew_does(page: Page) -> None:
    _visit_two_pages(page)
    page.click("[data-exit]", no_wait_after=True)
    page.wait_for_url(f"{SITE}/exit/")
    page.go_back(wait_until="commit")
    page.wait_for_url(f"{SITE}/exit/")
    page.goto(f"{SITE}/one/")
    page.wait_for_timeout(300)
    assert page.url == f"{SITE}/one/"
    assert page.locator("h1").is_visible()


def test_exit_works_when_storage_is_refused(page: Page) -> None:
    page.add_init_script(REFUSE)
    _visit_two_pages(page)
    page.click("[data-exit]", no_wait_after=True)
    page.wait_for_url(f"{SITE}/exit/")
    page.go_back(wait_until="commit")
    page.wait_for_url(f"{SITE}/exit/")


def test_exit_is_a_plain_link_without_script(chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    context.route("**/*", _answer)
    page = context.new_page()
    page.goto(f"{SITE}/one/")
    page.click("[data-exit]")
    assert page.url == f"{SITE}/exit/"
    context.close()
