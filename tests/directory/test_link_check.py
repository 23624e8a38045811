"""Dead links and changed sources: fetched from public addresses only, and from a real server on loopback in tests."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from tests.helpers.directory import NOW, service
from tests.helpers.keeping import DAY, confirm, listed, look

from baken.directory import link_check, models
from baken.directory.fetching import MOST_BYTES, Fetched, FetchError, fetch, is_public
from baken.directory.freshness import State
from baken.directory.page_facts import fingerprint
from baken.directory.records import SourceRecord

LOOPBACK = "127.0.0.1"


class _Pages(BaseHTTPRequestHandler):
    """Answers by path."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        port = self.headers["Host"].rpartition(":")[2]
        moves = {
            "/moved": "/page",
            "/far": f"http://{LOOPBACK}:{port}/page",
            "/loop": "/loop",
            "/inside": "http://10.0.0.1/",
            "/local": "http://localhost:1/",
            "/file": "file:///etc/passwd",
            "/broken": "http://[broken",
        }
        if self.path in moves:
            self.send_response(302)
            self.send_header("Location", moves[self.path])
            self.end_headers()
        elif self.path == "/gone":
            self.send_error(404)
        else:
            self.send_response(200)
            self.send_header("Content-Type", "application/pdf" if self.path == "/pdf" else "text/html; charset=utf-8")
            self.end_headers()
            if self.path == "/slow":
                self._trickle()
            self.wfile.write(
                b"x" * (MOST_BYTES + 9) if self.path == "/long" else "<p>Bel 020-1234567 – één</p>".encode()
            )

    def _trickle(self) -> None:
        with suppress(OSError):
            for _letter in range(30):
                self.wfile.write(b"x")
                time.sleep(0.1)

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    _Pages.asked = []
    server = ThreadingHTTPServer((LOOPBACK, 0), _Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://{LOOPBACK}:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def only_here(site: str, address: str, port: int) -> bool:
    return (address, port) == (LOOPBACK, int(site.rpartition(":")[2]))


def get(site: str, path: str) -> Fetched:
    return fetch(site + path, allowed=partial(only_here, site), timeout=5)


def test_a_page_is_fetched_after_redirects(site: str) -> None:
    for path in ("/page", "/moved", "/far"):
        assert get(site, path) == Fetched(200, "<p>Bel 020-1234567 – één</p>")
    assert get(site, "/gone").status == 404
    assert get(site, "/pdf") == Fetched(200, "")
    assert len(get(site, "/long").text) == MOST_BYTES


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/loop", "redirects"),
        ("/inside", "private"),
        ("/local", "private"),
        ("/file", "address"),
        ("/broken", "address"),
    ],
)
def test_a_redirect_is_held_against_the_same_rules(site: str, path: str, reason: str) -> None:
    with pytest.raises(FetchError, match=reason):
        get(site, path)


def test_who_sends_a_letter_now_and_then_keeps_nobody(site: str) -> None:
    started = time.monotonic()
    with pytest.raises(FetchError, match="network"):
        fetch(f"{site}/slow", allowed=partial(only_here, site), timeout=5, longest=0.3)
    assert time.monotonic() - started < 2


def test_this_server_is_not_asked_by_anybody_s_link(site: str) -> None:
    port = site.rpartition(":")[2]
    for host in (LOOPBACK, "localhost", "2130706433", "0x7f.1", "[::1]", "0.0.0.0"):
        with pytest.raises(FetchError):
            fetch(f"http://{host}:{port}/page")
    assert _Pages.asked == []


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "http://", "http://a:b@example.org/", "http://example.org:99999/", "nonsense", "//x"]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(FetchError, match="address"):
        fetch(url)


@pytest.mark.parametrize(
    ("address", "port", "allowed"),
    [
        ("93.184.216.34", 443, True),
        ("2606:2800:220:1:248:1893:25c8:1946", 80, True),
        ("93.184.216.34", 22, False),
        ("127.0.0.1", 80, False),
        ("10.1.2.3", 80, False),
        ("172.16.0.1", 80, False),
        ("192.168.1.1", 443, False),
        ("169.254.169.254", 80, False),
        ("100.64.0.1", 80, False),
        ("0.0.0.0", 80, False),
        ("224.0.0.1", 80, False),
        ("::1", 80, False),
        ("fe80::1", 80, False),
        ("fd00::1", 80, False),
        ("::ffff:127.0.0.1", 80, False),
        ("::ffff:10.0.0.1", 80, False),
        ("64:ff9b::7f00:1", 80, False),
        ("2002:7f00:1::", 80, False),
        ("ff0e::1", 80, False),
        ("64:ff9b:1::a00:1", 80, False),
        ("::10.0.0.1", 80, False),
        ("fec0::1", 80, False),
    ],
)
def test_only_public_addresses_at_the_port_of_the_web(address: str, port: int, allowed: bool) -> None:
    assert is_public(address, port) is allowed


def test_only_numbers_and_times_matter_where_there_are_any() -> None:
    page = "<p>Bel 020 - 123 45 67</p><p>Open van 9.00 tot 17:00</p>"
    assert fingerprint(page) == fingerprint(f"<script>06-12345678</script><h1>Nieuws</h1>{page}<p>22 november 2026</p>")
    assert fingerprint(page) != fingerprint(page.replace("45 67", "45 68"))
    assert fingerprint(page) != fingerprint(page.replace("17:00", "16:00"))
    assert fingerprint("<p>Niets</p>") != fingerprint("<p>Iets</p>")
    assert fingerprint("<p>Niets</p>") == fingerprint("<div> Niets </div>")
    assert fingerprint("Bel 0800-2000") != fingerprint("Bel 0800-2001")


# --- In the map --------------------------------------------------------------------------------------------------------

PAGE = "https://voorbeeld.example/"
SOURCE = "https://bron.example/"


class Web:
    """Addresses that answer; everything else does not."""

    def __init__(self, **pages: int | str) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def __call__(self, url: str) -> Fetched:
        self.asked.append(url)
        found = self.pages.get("page" if url == PAGE else "source" if url == SOURCE else url, None)
        if found is None:
            raise FetchError("network")
        return Fetched(found) if isinstance(found, int) else Fetched(200, found)


def with_links() -> models.Service:
    made = listed(service(url=PAGE, source=SourceRecord(name="Bron", url=SOURCE)))
    confirm(made, by=None, now=NOW)
    return made


def checked(made: models.Service, web: Web, days: int) -> models.Service:
    link_check.check([models.Service.objects.get(pk=made.pk)], NOW + days * DAY, fetch=web)
    return models.Service.objects.get(pk=made.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("answer", [None, 404, 410, 500, 503])
def test_a_dead_link_brings_the_check_forward_until_it_lives_again(answer: int | None) -> None:
    made = with_links()
    dead = Web(source="Bel 020-1234567", **({} if answer is None else {"page": answer}))
    row = checked(made, dead, 1)
    assert dead.asked.count(PAGE) == 2
    assert (row.url_dead_since, row.due_on, row.verified_at) == (NOW + DAY, (NOW + DAY).date(), NOW)
    assert checked(made, dead, 8).url_dead_since == NOW + DAY
    alive = checked(made, Web(source="Bel 020-1234567", page="Welkom"), 15)
    assert (alive.url_dead_since, look(made, NOW + 15 * DAY).state) == (None, State.FRESH)


@pytest.mark.django_db
@pytest.mark.parametrize("answer", [200, 301, 401, 403, 429])
def test_a_site_that_wants_no_programs_lives(answer: int) -> None:
    row = checked(with_links(), Web(page=answer, source="x"), 1)
    assert row.url_dead_since is None


@pytest.mark.django_db
def test_a_source_that_says_something_else_brings_the_check_forward() -> None:
    made = with_links()
    row = checked(made, Web(page=200, source="Bel 020-1234567"), 1)
    assert (row.source_seen_at, row.source_changed_at, row.verified_at) == (NOW + DAY, None, NOW)
    row = checked(made, Web(page=200, source="Bel 020-1234567. Nieuws!"), 8)
    assert (row.source_seen_at, row.source_changed_at) == (NOW + 8 * DAY, None)
    row = checked(made, Web(page=200, source="Bel 020-7654321"), 15)
    assert (row.source_changed_at, row.due_on) == (NOW + 15 * DAY, (NOW + 15 * DAY).date())
    confirm(made, by=None, now=NOW + 16 * DAY)
    assert look(made, NOW + 16 * DAY).state is State.FRESH
    assert checked(made, Web(page=200), 22).source_seen_at == NOW + 15 * DAY


@pytest.mark.django_db
def test_when_nothing_answers_it_is_we_who_are_not_connected() -> None:
    made = [listed(service(f"D{number}", url=f"https://d{number}.example/")) for number in range(3)]
    assert link_check.check(made, NOW, fetch=Web()) == 0
    assert not models.Service.objects.exclude(url_dead_since=None).exists()


@pytest.mark.django_db
def test_each_is_looked_at_once_a_week_and_only_when_wanted(settings: Any) -> None:
    for number in range(20):
        listed(service(f"D{number}", url=f"https://d{number}.example/"))
    listed(service("Weg", url="https://weg.example/", status="defunct"))
    webs = [Web() for _day in range(7)]
    counts = [link_check.check_day(NOW + day * DAY, fetch=web) for day, web in enumerate(webs)]
    asked = {url for web in webs for url in web.asked if "voorbeeld" not in url}
    assert asked == {f"https://d{number}.example/" for number in range(20)}
    assert max(counts) < 20
    assert settings.BAKEN_LINK_CHECK is False
    link_check.run(NOW)
