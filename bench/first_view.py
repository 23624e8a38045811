"""The first view of the check on a slow telephone: bytes, requests and seconds; writes ``results/first-view.md``.

Chromium is slowed as Lighthouse slows it: slow 4G and a processor that is four times slower.
"""

from __future__ import annotations

import shutil
import statistics
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.machine import machine_lines, write_results
from bench.serving import serving

RUNS = 7
PROCESSOR_SLOWER = 4
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
"""Milliseconds there and back, and bytes per second."""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
TELEPHONE = {"width": 412, "height": 823}
LATEST_SECONDS, MOST_BYTES, MOST_REQUESTS = 1.5, 60_000, 10
QUIET_MS = 1000
"""After the page has loaded: what it still asks for by itself belongs to the first view too."""
MOMENTS = """() => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
  const shown = performance.getEntriesByType("navigation")[0];
  const long = window.longTasks ?? [];
  const last = Math.max(paint, shown.domContentLoadedEventEnd, ...long.map((task) => task.startTime + task.duration));
  return { paint, ready: shown.domContentLoadedEventEnd, interactive: last, blocked: long.reduce(
    (sum, task) => sum + Math.max(0, task.duration - 50), 0) };
}"""
WATCH = """
window.longTasks = [];
new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(
  ({ startTime, duration }) => ({ startTime, duration })))).observe({ type: "longtask", buffered: true });
"""


@dataclass(frozen=True, slots=True)
class View:
    """One first view, with nothing kept from before."""

    files: tuple[tuple[str, int], ...]
    """Path and bytes on the wire of each answer, headers included."""
    hosts: frozenset[str]
    moments: dict[str, float]
    """Milliseconds from the start of the visit to paint, ready and interactive; and how long the page was blocked."""

    @property
    def size(self) -> int:
        """Bytes on the wire."""
        return sum(size for _path, size in self.files)


class _Wire:
    """Listens to every answer that the browser gets."""

    def __init__(self, session: CDPSession) -> None:
        self.addresses: dict[str, str] = {}
        self.sizes: dict[str, int] = {}
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")

    def _asked(self, event: dict[str, object]) -> None:
        request = event["request"]
        assert isinstance(request, dict)
        self.addresses[str(event["requestId"])] = str(request["url"])

    def _finished(self, event: dict[str, object]) -> None:
        self.sizes[str(event["requestId"])] = int(str(event["encodedDataLength"]).partition(".")[0])


def view(browser: Browser, address: str, *, slow: bool = False, offline_copy: bool = False) -> View:
    """Visit an address once with a new browser context. ``offline_copy`` lets the service worker fetch for later."""
    context = browser.new_context(viewport=TELEPHONE, service_workers="allow" if offline_copy else "block")  # type: ignore[arg-type]
    try:
        page: Page = context.new_page()
        session = context.new_cdp_session(page)
        wire = _Wire(session)
        if slow:
            session.send("Network.emulateNetworkConditions", SLOW_4G)
            session.send("Emulation.setCPUThrottlingRate", {"rate": PROCESSOR_SLOWER})
            page.add_init_script(WATCH)
        page.goto(address, wait_until="load")
        page.wait_for_timeout(QUIET_MS)
        moments = page.evaluate(MOMENTS)
        asked = {key: url for key, url in wire.addresses.items() if not url.startswith("data:")}
        files = tuple((urlsplit(url).path, wire.sizes.get(key, 0)) for key, url in asked.items())
        return View(files, frozenset(urlsplit(url).netloc for url in asked.values()), moments)
    finally:
        context.close()


def main() -> bool:
    """Measure, print and write; True when every target is met."""
    machine = machine_lines()
    with serving() as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        version = browser.version
        views = [view(browser, f"{served.address}/nl/check/", slow=True) for _run in range(RUNS)]
        browser.close()
    one = views[0]
    middle = {name: statistics.median(item.moments[name] for item in views) / 1000 for name in one.moments}
    worst = max(item.moments["interactive"] for item in views) / 1000
    third = len(one.hosts) - 1
    held = (
        (f"At most {MOST_BYTES // 1000} kB on the wire", f"{one.size / 1000:.1f} kB", one.size <= MOST_BYTES),
        (f"At most {MOST_REQUESTS} requests", str(len(one.files)), len(one.files) <= MOST_REQUESTS),
        ("No other host", str(third), third == 0),
        (
            f"Interactive within {LATEST_SECONDS} s (median)",
            f"{middle['interactive']:.2f} s",
            middle["interactive"] < LATEST_SECONDS,
        ),
    )
    write_results(
        "first-view",
        [
            "# First view of the check",
            "",
            *machine,
            f"- Chromium {version}, headless, {RUNS} visits with an empty cache; server on the same machine",
            f"- Slow 4G: 150 ms there and back, 1.6 Mbit/s; processor {PROCESSOR_SLOWER} times slower",
            "",
            "| Target | Found | Met |",
            "|---|---:|---|",
            *(f"| {text} | {found} | {'yes' if met else '**no**'} |" for text, found, met in held),
            "",
            f"First paint {middle['paint']:.2f} s, document ready {middle['ready']:.2f} s, interactive "
            f"{middle['interactive']:.2f} s (slowest visit {worst:.2f} s), blocked {middle['blocked'] * 1000:.0f} ms. "
            "Interactive: painted, scripts run, and the last long task over.",
            "",
            "| File | Bytes on the wire |",
            "|---|---:|",
            *(f"| `{path}` | {size} |" for path, size in one.files),
        ],
    )
    return all(met for _text, _found, met in held)


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)
