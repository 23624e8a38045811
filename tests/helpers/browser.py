"""A real browser for tests, visitors who notice what goes wrong, and a site on a port of its own that can disappear."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@contextmanager
def launched() -> Iterator[Browser]:
    """Debian's Chromium; where the system has none, the one that Playwright brought."""
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


class _QuietHandler(WSGIRequestHandler):
    """Says nothing about who asked what."""

    def log_message(self, *_arguments: Any) -> None:
        """Nothing."""


class _ThreadingServer(ThreadingMixIn, WSGIServer):
    """Answers several requests at once, as a page asks them."""

    daemon_threads = True


class Site:
    """An application on a port of its own, and so an origin of its own, until it is stopped."""

    def __init__(self, application: Callable[..., Any]) -> None:
        self._server = make_server("127.0.0.1", 0, application, _ThreadingServer, _QuietHandler)
        self._thread = Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        """From here on nobody answers. Stopping twice is fine."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()


@contextmanager
def served(application: Callable[..., Any]) -> Iterator[Site]:
    """An application on a port of its own, for as long as the block lasts."""
    site = Site(application)
    try:
        yield site
    finally:
        site.stop()
