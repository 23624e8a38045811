"""Without a network: after one visit the search page finds in what the device kept, and says until when that is good."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.helpers.browser import Site, served
from tests.helpers.directory import full_service, service
from tests.helpers.pages import PageClient

from baken.audit.heads import public_key
from baken.directory import models
from baken.directory.actions import put
from baken.directory.actions.putting import Via
from baken.directory.exchange.given import UnreadableError
from baken.directory.exchange.signed import verified
from baken.directory.records import AreaRecord, ServiceRecord

TAMPER = """async ([from, to]) => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    const kept = await cache.match("/en/map/list.json");
    if (!kept) continue;
    const text = await kept.text();
    await cache.put("/en/map/list.json", new Response(text.replaceAll(from, to), { headers: kept.headers }));
  }
}"""
WITHOUT_ED25519 = """() => {
  const never = async () => { throw new DOMException("Unrecognized name.", "NotSupportedError"); };
  Object.defineProperty(SubtleCrypto.prototype, "importKey", { value: never });
}"""
READY = """async () => (await navigator.serviceWorker.ready).active.state === "activated"
  && !!(await caches.match("/en/map/list.json"))"""


def signed_in(response: Any) -> dict[str, Any]:
    """What a file holds whose signature holds."""
    verified(response.content)
    inside: dict[str, Any] = json.loads(response.json()["signed"])
    return inside


def keep(*records: ServiceRecord) -> None:
    for record in records:
        put(by=None, record=record, via=Via.PACK, now=timezone.localtime())


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en", "hu", "bg", "mk"])
def test_the_file_holds_what_everybody_may_see_and_nothing_more(client: PageClient, language: str) -> None:
    keep(
        full_service(), service("Voor vakmensen", visibility="professionals"), service("Verborgen", visibility="hidden")
    )
    data = signed_in(client.get(f"/{language}/map/list.json"))
    (entry,) = data["services"]
    assert data["language"] == language
    assert entry["name"] == "Recht op loon"
    assert entry["phones"][0] == ["0800-2000", "tel:08002000"]
    assert {"n:legal", "g:women", "l:bg", "m:all"} <= set(entry["facets"])
    assert set(map(type, data["texts"].values())) == {str}


@pytest.mark.django_db
def test_the_file_follows_every_change(client: PageClient) -> None:
    keep(service("Een"))
    assert len(signed_in(client.get("/en/map/list.json"))["services"]) == 1
    keep(service("Twee"))
    assert len(signed_in(client.get("/en/map/list.json"))["services"]) == 2


@pytest.mark.django_db
def test_the_file_is_signed_with_the_key_of_the_page(client: PageClient) -> None:
    keep(service("Een"))
    content = client.get("/en/map/list.json").content
    found = verified(content)
    assert [entry["name"] for entry in found.services] == ["Een"]
    assert found.key == public_key()
    assert f'data-map-key="{found.key}"' in client.get("/en/map/").content.decode()
    with pytest.raises(UnreadableError, match="somebody changed"):
        verified(content.replace(b"020-1234567", b"020-7654321"))


@pytest.mark.django_db
@pytest.mark.parametrize(("due_in", "holds"), [(None, 30), (90, 30), (12, 12), (-3, 0)])
def test_the_file_holds_until_the_first_check_and_never_in_the_past(
    client: PageClient, due_in: int | None, holds: int
) -> None:
    today = timezone.localdate()
    keep(service("Een"), service("Twee"))
    client.get("/en/map/list.json")
    due = None if due_in is None else today + dt.timedelta(days=due_in)
    models.Service.objects.update(due_on=today + dt.timedelta(days=365))
    models.Service.objects.filter(name="Een").update(due_on=due)
    assert verified(client.get("/en/map/list.json").content).valid_until == today + dt.timedelta(days=holds)


@pytest.mark.django_db
def test_a_key_that_cannot_be_read_costs_the_file_and_not_the_page(client: PageClient, settings: Any) -> None:
    settings.BAKEN_AUDIT_KEY = "no key"
    assert 'data-map-key=""' in client.get("/en/map/").content.decode()


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


def ask(page: Page) -> None:
    page.locator("#find .form-actions button").click()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "postgresql",
    reason="a server that disappears leaves its sessions; what is tested is in the browser",
)
@pytest.mark.parametrize("knows_ed25519", [True, False])
def test_a_kept_file_that_somebody_changed_is_thrown_away(chromium: Browser, site: Site, knows_ed25519: bool) -> None:
    keep(service("Overal advies"))
    context = chromium.new_context(base_url=site.address)
    page = context.new_page()
    page.goto("/en/map/")
    page.wait_for_function(READY)
    page.evaluate(TAMPER, ["Overal advies", "Bij de handelaar"])
    site.stop()

    page.goto("/en/map/")
    if knows_ed25519:
        ask(page)
        page.wait_for_url("**/en/offline/")
        expect(page.locator("main a[href='/en/doors/']")).to_be_visible()
        assert page.evaluate("async () => !(await caches.match('/en/map/list.json'))")
        page.goto("/en/map/")
        ask(page)
        page.wait_for_url("**/en/offline/")
    else:
        page.evaluate(WITHOUT_ED25519)
        ask(page)
        expect(page.locator(".hit__name")).to_have_text(["Bij de handelaar"])
    context.close()
