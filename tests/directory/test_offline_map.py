"""Without a network: after one visit the search page finds in what the device kept, and says until when that is good."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer
from tests.helpers.browser import Site, served
from tests.helpers.directory import full_service, service
from tests.helpers.pages import PageClient

from baken.directory.actions import put
from baken.directory.actions.putting import Via
from baken.directory.records import AreaRecord, ServiceRecord

READY = """async () => (await navigator.serviceWorker.ready).active.state === "activated"
  && !!(await caches.match("/en/map/list.json"))"""


def keep(*records: ServiceRecord) -> None:
    for record in records:
        put(by=None, record=record, via=Via.PACK, now=timezone.localtime())


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en", "hu", "bg", "mk"])
def test_the_file_holds_what_everybody_may_see_and_nothing_more(client: PageClient, language: str) -> None:
    keep(
        full_service(), service("Voor vakmensen", visibility="professionals"), service("Verborgen", visibility="hidden")
    )
    data = client.get(f"/{language}/map/list.json").json()
    (entry,) = data["services"]
    assert entry["name"] == "Recht op loon"
    assert entry["phones"][0] == ["0800-2000", "tel:08002000"]
    assert {"n:legal", "g:women", "l:bg", "m:all"} <= set(entry["facets"])
    assert data["until"] > data["made"]
    assert set(map(type, data["texts"].values())) == {str}


@pytest.mark.django_db
def test_the_file_follows_every_change(client: PageClient) -> None:
    keep(service("Een"))
    assert len(client.get("/en/map/list.json").json()["services"]) == 1
    keep(service("Twee"))
    assert len(client.get("/en/map/list.json").json()["services"]) == 2


@pytest.fixture
def site(settings: Any, tmp_path: Path, live_server: LiveServer) -> Iterator[Site]:
    """A site that can disappear; the live server is there for the database that both share."""
    settings.STATIC_ROOT = str(tmp_path)
    with served(StaticFilesHandler(get_wsgi_application())) as site:
        yield site


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "postgresql",
    reason="a server that disappears leaves its sessions; what is tested is in the browser",
)
def test_a_search_on_the_device_alone(chromium: Browser, site: Site) -> None:
    keep(
        full_service(),
        service("Alleen Groningen", areas=(AreaRecord(kind="municipality", code="GM0014"),)),
        service("Overal advies"),
    )
    context = chromium.new_context(base_url=site.address)
    page = context.new_page()
    page.goto("/en/map/")
    page.wait_for_function(READY)
    site.stop()

    page.goto("/en/map/")
    page.fill("#place", "Utrecht")
    page.locator("#find .form-actions button").click()
    expect(page.locator("#found-title")).to_have_text("Without a network")
    expect(page.locator(".hit__name")).to_have_text(["Overal advies", "Recht op loon"])
    expect(page.locator("#found [role=status]")).to_contain_text("good until")
    page.select_option("#language", "bg")
    page.locator("#find .form-actions button").click()
    expect(page.locator(".hit__name")).to_have_text(["Recht op loon"])
    expect(page.locator(".hit a[href^='tel:']").first).to_be_visible()
    page.fill("#text", "zxzxzx")
    page.locator("#find .form-actions button").click()
    expect(page.locator(".hit")).to_have_count(0)
    expect(page.locator("#found a.button")).to_have_attribute("href", "/en/doors/")
    context.close()
