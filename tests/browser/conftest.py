"""Visitors of the site, which answers on a loopback port."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.helpers.browser import Visitor


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
