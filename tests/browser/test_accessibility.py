"""Axe finds nothing on any public page, in any language, in light and in dark; nothing scrolls sideways on a small phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.helpers.browser import Visitor
from tests.ui.test_public_pages import LANGUAGES, PAGES, address

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Visitor]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def violations(page: Page) -> list[str]:
    """What axe finds, one line for each element."""
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{item['id']}: {node['html'][:120]} {node.get('failureSummary', '')[:200]}"
        for item in found
        for node in item["nodes"]
    ]


def open_everything(page: Page) -> None:
    """What is folded away must be accessible too; only the language menu lies over the page when it is open."""
    page.evaluate("document.querySelectorAll('details:not(.language)').forEach((item) => { item.open = true; })")


def hold(visitor: Visitor) -> None:
    """Axe in light and in dark on the page that stands open."""
    page = visitor.page
    schemes: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        open_everything(page)
        # What stays on top of the page hides a control behind it, wherever the last click happened to scroll to.
        page.evaluate("window.scrollTo(0, 0)")
        assert violations(page) == [], f"{scheme} {page.url}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visit: Visit, name: str, language: str) -> None:
    visitor = visit()
    visitor.go(address(name, language, **PAGES[name]))
    hold(visitor)


def test_axe_finds_nothing_on_the_right_to_left_page(visit: Visit) -> None:
    visitor = visit(width=320)
    visitor.go("/ar/help/")
    hold(visitor)


def fill_check(page: Page) -> None:
    """A filled-in check."""
    page.check("input[name=about][value=person]")
    page.fill("#municipality", "Oostzaan")
    open_everything(page)
    for box in page.locator("input[name=signs]").all()[:5]:
        box.check()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_the_result(visit: Visit, language: str, width: int) -> None:
    visitor = visit(width=width, javascript=True)
    page = visitor.go(address("recognise:check", language))
    fill_check(page)
    page.locator(".form-actions button").first.click()
    page.wait_for_url("**/result/")
    hold(visitor)


def test_axe_finds_nothing_on_a_form_with_errors(visit: Visit) -> None:
    visitor = visit(width=320)
    page = visitor.go("/nl/doors/")
    page.fill("#municipality", "Atlantis")
    page.locator(".form-actions button").first.click()
    page.wait_for_selector("[role=alert]")
    hold(visitor)


WIDER = """(width) => [...document.querySelectorAll("body *")]
  .filter((item) => !item.closest(".table-wrap") && !item.closest(".visually-hidden"))
  .filter((item) => item.getBoundingClientRect().right > width + 1 && item.getClientRects().length)
  .map((item) => item.outerHTML.slice(0, 120))"""


def sticking_out(page: Page, width: int) -> list[str]:
    """Elements that stick out of a screen of this width, everything unfolded."""
    open_everything(page)
    found: list[str] = page.evaluate(WIDER, width)
    return [f"{page.url}: {item}" for item in found]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 768])
def test_nothing_sticks_out_of_the_screen(visit: Visit, width: int, language: str) -> None:
    visitor = visit(width=width)
    found = []
    for name, arguments in PAGES.items():
        found += sticking_out(visitor.go(address(name, language, **arguments)), width)
    page = visitor.go(address("recognise:check", language))
    fill_check(page)
    page.locator(".form-actions button").first.click()
    page.wait_for_url("**/result/")
    found += sticking_out(page, width)
    assert found == []


def test_nothing_sticks_out_of_the_right_to_left_page(visit: Visit) -> None:
    page = visit(width=320).go("/ar/help/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
