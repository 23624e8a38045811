"""A page of somebody else shows <baken-check>, and a visitor completes a check in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Page, expect
from tests.helpers.browser import served

pytestmark = [pytest.mark.browser]

HOST_PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Intranet</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src {baken}; frame-src {baken}">
<script type="module" src="{baken}/embed/baken-check.js"></script></head>
<body><h1>Intranet</h1><p>Other things.</p>
<baken-check profession="gp" municipality="Oostzaan"></baken-check></body></html>"""


@pytest.fixture
def baken(settings) -> Iterator[str]:
    settings.WHITENOISE_USE_FINDERS = True
    settings.WHITENOISE_AUTOREFRESH = True
    with served(get_wsgi_application()) as site:
        settings.BAKEN_EXIT_URL = f"{site.address}/robots.txt"
        yield site.address


@pytest.fixture
def intranet(baken) -> Iterator[str]:
    """A site of another origin. The path is the language of its page."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        language = environ["PATH_INFO"].strip("/") or "nl"
        return [HOST_PAGE.format(baken=baken, language=language).encode()]

    with served(answer) as site:
        yield site.address


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 900, "height": 700})
    yield context.new_page()
    context.close()


def inside(page: Page) -> Any:
    return page.frame_locator("baken-check iframe")


def test_a_check_is_completed_inside_another_site(page, intranet):
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)

    page.goto(intranet)
    frame = inside(page)
    expect(frame.locator("h1")).to_be_visible()
    expect(frame.locator("#profession")).to_have_value("gp")
    expect(frame.locator("#municipality")).to_have_value("Oostzaan")
    frame.locator("input[value=minor]").check()
    frame.locator("input[name=signs]").first.check()
    frame.locator(".form-actions button").first.click()

    expect(frame.locator(".door").first).to_be_visible()
    expect(frame.locator("a[href='tel:112']").first).to_be_visible()
    assert page.url.startswith(intranet)
    # The sprite of another file is refused at first; embed-frame.js then brings the icons into the page.
    assert [text for text in said if "icons.svg" not in text] == []
    expect(frame.locator("svg use[href^='#icon-']").first).to_be_attached()


def test_frame_takes_the_title_of_the_page_in_it(page, intranet):
    page.goto(intranet)
    heading = inside(page).locator("h1").inner_text()

    expect(page.locator("baken-check iframe")).to_have_attribute("title", f"{heading} – Baken")


def test_frame_is_as_high_as_what_is_in_it(page, intranet):
    page.goto(intranet)
    more = inside(page).locator("#more-signs > summary")
    expect(more).to_be_visible()

    def height() -> float:
        page.wait_for_timeout(600)
        found: float = page.locator("baken-check iframe").evaluate("frame => frame.clientHeight")
        return found

    closed = height()
    bottom = inside(page).locator("#main > :last-child").evaluate("last => last.getBoundingClientRect().bottom")
    more.click()
    opened = height()
    more.click()

    assert 0 < closed - bottom < 60
    assert opened > closed + 500
    assert height() == closed


def test_frame_has_an_origin_of_its_own(page, intranet):
    page.goto(intranet)

    assert page.locator("baken-check iframe").evaluate("frame => frame.contentDocument") is None
    assert inside(page).locator("body").evaluate("() => window.origin") == "null"


@pytest.mark.parametrize(("asked", "language"), [("en", "en"), ("hu-HU", "hu"), ("fr", "nl")])
def test_language_follows_the_page_around_it(page, intranet, asked, language):
    page.goto(f"{intranet}/{asked}")

    expect(inside(page).locator("html")).to_have_attribute("lang", language)


def test_messages_of_others_change_nothing(page, intranet):
    page.goto(intranet)
    expect(inside(page).locator("h1")).to_be_visible()

    page.evaluate("window.postMessage({type: 'baken:exit'}, '*')")
    page.evaluate("window.postMessage({type: 'baken:height', height: 9}, '*')")
    page.wait_for_timeout(300)

    assert page.url.rstrip("/") == intranet
    assert page.locator("baken-check iframe").evaluate("frame => frame.clientHeight") > 200


@pytest.mark.parametrize("way", ["button", "escape"])
def test_quick_exit_leaves_the_whole_page(page, intranet, baken, way):
    page.goto(intranet)
    expect(inside(page).locator("h1")).to_be_visible()

    if way == "button":
        inside(page).locator("[data-exit]").click()
    else:
        inside(page).locator("#municipality").focus()
        for _ in range(3):
            page.keyboard.press("Escape")

    page.wait_for_url(f"{baken}/robots.txt")
    assert page.evaluate("history.length") <= 2


def test_frame_is_refused_to_sites_that_are_not_in_the_setting(page, intranet, settings):
    settings.BAKEN_EMBED_ORIGINS = ["https://elsewhere.example"]

    page.goto(intranet)
    page.wait_for_timeout(500)

    assert inside(page).locator("#main").count() == 0
