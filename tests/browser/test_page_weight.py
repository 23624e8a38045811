"""The first view of a page stays light: what a telephone on a slow network has to fetch, from a production server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bench.first_view import MOST_BYTES, MOST_REQUESTS, view
from bench.serving import Served, serving
from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATHS = (
    "/nl/check/",
    "/bg/check/",
    "/nl/",
    "/nl/doors/",
    "/ar/help/",
    "/nl/map/",
    "/bg/map/",
    "/bg/map/coverage/",
    "/bg/map/gaps/",
)
"""Bulgarian letters take more bytes than Dutch ones."""


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving() as found:
        yield found


@pytest.mark.parametrize("path", PATHS)
def test_the_first_view_is_light_and_asks_nobody_else(chromium: Browser, served: Served, path: str) -> None:
    found = view(chromium, served.address + path)

    assert all(size > 0 for _path, size in found.files), found.files
    assert found.size <= MOST_BYTES, found.files
    assert len(found.files) <= MOST_REQUESTS, found.files
    assert found.hosts == {served.address.removeprefix("http://")}


def test_text_travels_compressed(chromium: Browser, served: Served) -> None:
    found = view(chromium, f"{served.address}/nl/check/")

    sizes = dict(found.files)
    assert sizes["/nl/check/"] < 25_000
    assert next(size for path, size in found.files if path.endswith(".css")) < 15_000
