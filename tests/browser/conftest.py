"""A real browser (Debian's Chromium) and the site on a loopback port."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a worker. Playwright's own download is used only where the system has no Chromium."""
    # Playwright's loop runs in this thread; Django would take it for an async view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


class Visitor:
    """A visitor with a browser of their own, who notices every error on the console and every host that is asked."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site = site
        self.context = context
        self.page: Page = context.new_page()
        self.errors: list[str] = []
        self.hosts: set[str] = set()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))

    def go(self, path: str) -> Page:
        """Open a page of the site."""
        self.page.goto(self.site + path)
        return self.page


@pytest.fixture
def visit(chromium: Browser, live_server: LiveServer) -> Iterator[object]:
    """Make visitors: ``visit(width=320, javascript=False, dark=True)``. Afterwards none saw an error or another host."""
    visitors: list[Visitor] = []

    def make(*, width: int = 1280, javascript: bool = True, dark: bool = False) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            service_workers="block",
        )
        visitors.append(Visitor(context, live_server.url))
        return visitors[-1]

    yield make
    for visitor in visitors:
        # The last page of a refused form is a 422, which Chromium reports on the console as a failed load.
        errors = [text for text in visitor.errors if "status of 422" not in text and "status of 404" not in text]
        visitor.context.close()
        assert errors == []
        assert all(host.startswith(("127.0.0.1", "localhost")) for host in visitor.hosts)
