"""Take the pictures of the README: the demonstration as it looks in a browser, at a moment that never changes."""

from __future__ import annotations

import datetime as dt
import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.serving import Served, serving
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from scripts.story import Members, Story

PICTURES = Path(__file__).parents[1] / "docs" / "screenshots"
MOMENT = "2026-11-24T10:15:00+01:00"
"""A Tuesday morning: some doors are open, others are not."""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--hide-scrollbars"]
MOST_BYTES = 200_000
COLOURS = (256, 128, 64)
HEIGHTS = {1280: 900, 320: 720}
SIGNS = ("dest_other_speaks", "dest_overcrowded_address", "dest_documents_taken")


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: where it is taken, how wide, and what is done on the page before."""

    name: str
    path: str
    width: int
    prepare: Callable[[Page], None] | None = None


def _tick(page: Page) -> None:
    page.check("input[name=about][value=person]")
    page.check("input[name=age][value=adult]")
    page.select_option("#profession", "desk_clerk")
    page.fill("#municipality", "Oostzaan")
    page.wait_for_load_state("networkidle")
    for code in SIGNS:
        page.check(f"input[name=signs][value={code}]")
    page.locator("#result-body .action").wait_for()


def ticked(page: Page) -> None:
    """The check while somebody ticks."""
    _tick(page)
    page.evaluate("document.activeElement.blur(); document.querySelector('#signs').scrollIntoView()")


def answered(page: Page) -> None:
    """The result of the same check."""
    _tick(page)
    page.locator(".form-actions button").first.click()
    page.wait_for_url("**/result/")


def asked(page: Page) -> None:
    """Whom to call about a minor in a municipality."""
    page.fill("#municipality", "Oostzaan")
    page.check("input[name=age][value=minor]")
    with page.expect_navigation():
        page.locator(".form-actions button").first.click()
    page.evaluate("document.querySelector('#doors-title').scrollIntoView()")


def begun(page: Page) -> None:
    """The guide for a profession under the reporting code."""
    page.select_option("select[name=profession]", "gp")
    with page.expect_navigation():
        page.locator("main form button").first.click()


def found(page: Page) -> None:
    """Who helps with wages, for somebody in a municipality."""
    page.fill("#find input[name=text]", "loon niet betaald")
    page.fill("#find input[name=place]", "Oostzaan")
    with page.expect_navigation():
        page.locator("#find .form-actions button").click()
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")


def handed(page: Page) -> None:
    """The card of a service that answers in danger, in another language."""
    page.fill("#find input[name=text]", "Veilig Thuis advies")
    with page.expect_navigation():
        page.locator("#find .form-actions button").click()
    page.locator(".hit__name a").first.click()
    page.locator("a[href$='/card/']").click()
    page.select_option("select[name=language]", "bg")
    with page.expect_navigation():
        page.locator("main form button").first.click()
    page.evaluate("document.querySelector('.qr').scrollIntoView({block: 'center'})")


def drawn(page: Page) -> None:
    """The map itself, not the words above it."""
    page.evaluate("document.querySelector('.tile-map').scrollIntoView()")


PAGES = (
    Picture("start-1280-nl", "/nl/", 1280),
    Picture("check-1280-nl", "/nl/check/", 1280, ticked),
    Picture("result-1280-nl", "/nl/check/", 1280, answered),
    Picture("doors-320-nl", "/nl/doors/", 320, asked),
    Picture("help-320-ar", "/ar/help/", 320),
    Picture("map-1280-nl", "/nl/map/", 1280, found),
    Picture("card-320-nl", "/nl/map/", 320, handed),
    Picture("coverage-1280-nl", "/nl/map/coverage/", 1280, drawn),
    Picture("meldcode-1280-en", "/en/meldcode/", 1280, begun),
)


def _context(browser: Browser, width: int) -> BrowserContext:
    return browser.new_context(
        viewport={"width": width, "height": HEIGHTS[width]},
        device_scale_factor=1 if width > 320 else 2,
        reduced_motion="reduce",
        color_scheme="light",
        timezone_id="Europe/Amsterdam",
        service_workers="block",
    )


def take(browser: Browser, served: Served, picture: Picture) -> bytes:
    """The picture as PNG. A failing script on the page is an error here."""
    context = _context(browser, picture.width)
    try:
        page = context.new_page()
        page.clock.set_fixed_time(MOMENT)
        failures: list[str] = []
        page.on("pageerror", lambda error: failures.append(str(error)))
        answer = page.goto(served.address + picture.path)
        if answer is None or not answer.ok:
            raise RuntimeError(f"{picture.path}: {answer.status if answer else 'no answer'}")
        if picture.prepare:
            picture.prepare(page)
        if failures:
            raise RuntimeError(f"{picture.name}: {failures[0]}")
        return _shot(page)
    finally:
        context.close()


def _shot(page: Page) -> bytes:
    return page.screenshot(animations="disabled", caret="hide")


def tell(browser: Browser, served: Served, members: Members) -> None:
    """Play the story of one report, and write its pictures."""

    def page(width: int) -> Page:
        opened = _context(browser, width).new_page()
        opened.clock.set_fixed_time(MOMENT)
        return opened

    Story(
        served, members, page, lambda at, name: _write(name, _shot(at)), dt.datetime.fromisoformat(MOMENT).date()
    ).play(_tick)


def _write(name: str, png: bytes) -> None:
    path = PICTURES / f"{name}.png"
    path.write_bytes(smaller(png))
    print(f"{path.name}: {path.stat().st_size // 1000} kB")


def smaller(png: bytes) -> bytes:
    """The same picture in fewer colours when it is too heavy. Raises ValueError when that is not enough."""
    from PIL import Image  # comes with WeasyPrint

    best = png
    for colours in COLOURS:
        if len(best) <= MOST_BYTES:
            return best
        target = io.BytesIO()
        Image.open(io.BytesIO(png)).convert("RGB").quantize(colours, dither=Image.Dither.NONE).save(
            target, format="PNG", optimize=True
        )
        best = min(best, target.getvalue(), key=len)
    if len(best) > MOST_BYTES:
        raise ValueError(f"still {len(best)} bytes")
    return best


def main() -> None:
    """Take and write all pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    members = Members(MOMENT)
    with serving(demo=True, moment=MOMENT, before=members.make) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for picture in PAGES:
            _write(picture.name, take(browser, served, picture))
        tell(browser, served, members)
        browser.close()


if __name__ == "__main__":
    main()
