"""Reporting: submissions, the inbox list, rotation. ``python -m bench.reporting``; DATABASE_URL names a PostgreSQL server.

Makes a database of its own and removes it. Submissions are worked on by two processes with as many threads as the server has;
more writers than threads stand in line, and the wait counts. One submission is the whole act: sealing, all rows, the audit
event, the commit.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, ThreadPoolExecutor, wait
from typing import Any

from bench.inbox_fill import fill, rotated_in
from bench.machine import machine_lines, write_results

WRITERS = (1, 8, 32)
PROCESSES = 2
SUBMISSIONS = 640
RUNS = 3
PER_SECOND = {"sqlite": 60, "postgresql": 100}
P95_AT_32 = 250.0
"""Milliseconds."""
LISTS = {10_000: 60.0, 100_000: 120.0}
"""Reports in the inbox, and the milliseconds that a page of the list may take (p95)."""
QUERIES = 12
PAGES = 40
ROTATED = 10_000


def main() -> bool:
    """Measure this database, write the table, and say whether the targets are met."""
    home = tempfile.mkdtemp(prefix="baken-bench-")
    os.environ["BAKEN_HOME"] = home
    os.environ["BAKEN_HOSTS"] = "testserver"
    os.environ["DJANGO_SETTINGS_MODULE"] = "baken.config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("collectstatic", interactive=False, verbosity=0)
    vendor = connection.vendor
    if vendor == "sqlite":
        # A file, as an installation has it: the test database in memory knows no other connection.
        connection.settings_dict["TEST"]["NAME"] = f"{home}/bench.sqlite3"
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        lines, met = _measure(vendor, _address(connection.settings_dict, vendor, name))
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    write_results(f"reporting-{vendor}", lines)
    return met


def _address(settings: dict[str, Any], vendor: str, name: str) -> str:
    if vendor == "sqlite":
        return f"sqlite:///{name}"
    host, port = settings["HOST"], settings["PORT"]
    return f"postgresql://{settings['USER']}:{settings['PASSWORD']}@{host}{':' + port if port else ''}/{name}"


def _measure(vendor: str, address: str) -> tuple[list[str], bool]:
    from tests.helpers.people import World
    from tests.helpers.vault import give_keys

    world = World()
    give_keys(world)
    organisation = str(world.here.pk)
    submitted = {writers: _submissions(address, organisation, writers) for writers in WRITERS}
    listed = {count: _list(world, count) for count in LISTS}
    rotated = rotated_in(world, ROTATED)
    target = PER_SECOND[vendor]
    slowest = min(rate for rate, _p50, _p95 in submitted.values())
    p95 = submitted[32][2]
    checks = [
        (f"At least {target} submissions/s with every number of writers", f"{slowest:.0f}", slowest >= target),
        (f"p95 below {P95_AT_32:.0f} ms with 32 writers", f"{p95:.0f} ms", p95 < P95_AT_32),
        *(
            (
                f"Inbox list of {count:,} reports, p95 at most {most:.0f} ms",
                f"{listed[count][1]:.0f} ms",
                listed[count][1] <= most,
            )
            for count, most in LISTS.items()
        ),
        (f"At most {QUERIES} queries for a list", str(listed[max(LISTS)][2]), listed[max(LISTS)][2] <= QUERIES),
        (f"{ROTATED:,} reports moved to a new key, all readable", f"{rotated:.0f} s", rotated > 0),
    ]
    lines = [
        f"# Reporting on {'PostgreSQL' if vendor == 'postgresql' else 'SQLite'}",
        "",
        *machine_lines(),
        f"- Submissions: {SUBMISSIONS} a run, the median of {RUNS} runs; writers are threads of {PROCESSES} processes",
        "",
        "| Target | Found | Met |",
        "|---|---:|---|",
        *(f"| {text} | {found} | {'yes' if met else '**no**'} |" for text, found, met in checks),
        "",
        "| Writers | Submissions/s | p50 | p95 |",
        "|---:|---:|---:|---:|",
        *(
            f"| {writers} | {rate:.0f} | {p50:.1f} ms | {high:.1f} ms |"
            for writers, (rate, p50, high) in submitted.items()
        ),
        "",
        "| Reports in the inbox | p50 | p95 | queries |",
        "|---:|---:|---:|---:|",
        *(
            f"| {count:,} | {p50:.1f} ms | {high:.1f} ms | {queries} |"
            for count, (p50, high, queries) in listed.items()
        ),
    ]
    return lines, all(met for _text, _found, met in checks)


def _submissions(address: str, organisation: str, writers: int) -> tuple[float, float, float]:
    """Submissions per second, and p50 and p95 in milliseconds: the medians of some runs."""
    processes = min(PROCESSES, writers)
    line = writers // processes
    context = multiprocessing.get_context("spawn")
    found = []
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=(address,)) as pool:
        each = SUBMISSIONS // writers
        list(pool.map(_submit_many, [(organisation, line, 2)] * processes))
        for _run in range(RUNS):
            start = time.perf_counter()
            parts = list(pool.map(_submit_many, [(organisation, line, each)] * processes))
            seconds = time.perf_counter() - start
            times = sorted(moment for part in parts for moment in part)
            found.append((len(times) / seconds, statistics.median(times), times[int(len(times) * 0.95)]))
    rate, p50, p95 = (statistics.median(column) for column in zip(*found, strict=True))
    return rate, p50 * 1000, p95 * 1000


def _begin(address: str) -> None:
    os.environ["DATABASE_URL"] = address
    import django

    from baken.cli.server import share_processor

    share_processor()
    django.setup()


def _submit_many(given: tuple[str, int, int]) -> list[float]:
    """What each submission of this process took, in seconds, from standing in line until it was kept."""
    organisation, line, each = given
    from baken.cli.server import THREADS
    from baken.people.models import Organisation

    where = Organisation.objects.get(pk=organisation)

    def one(asked: float) -> float:
        _submit(where)
        return time.perf_counter() - asked

    times = []
    with ThreadPoolExecutor(THREADS) as pool:
        waiting = {pool.submit(one, time.perf_counter()) for _writer in range(line)}
        left = line * (each - 1)
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            times += [item.result() for item in done]
            # Whoever has an answer comes back with the next report.
            again = min(len(done), left)
            left -= again
            waiting |= {pool.submit(one, time.perf_counter()) for _writer in range(again)}
    return times


def _submit(where: Any) -> None:
    from django.utils import timezone

    from baken.reports.actions.submit import submit
    from baken.reports.parts import Content

    content = Content(
        situation={"signs": ["dest_documents_taken", "dest_other_speaks"], "fields": {"form": "labour"}},
        facts="What somebody saw. " * 40,
        opinion="What somebody thinks. " * 10,
        place="Where and when.",
        reach={"channel": "phone", "value": "in office hours"},
    )
    submit(
        by=None,
        organisation=where,
        content=content,
        manner="confidential",
        urgent=False,
        language="nl",
        now=timezone.now(),
    )


def _list(world: Any, count: int) -> tuple[float, float, int]:
    """p50 and p95 in milliseconds, and queries (without the frame of a transaction), of the list with so many reports."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from tests.helpers.vault import sign_in_unlocked

    fill(world.here, world.ann, count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client()
    sign_in_unlocked(client, world.bas)
    address = f"/nl/organisation/{world.here.pk}/inbox/?list=team"

    def page() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, answer.status_code

    page()
    with CaptureQueriesContext(connection) as captured:
        page()
    queries = sum(not query["sql"].startswith(("BEGIN", "COMMIT")) for query in captured.captured_queries)
    times = sorted(_timed(page) for _turn in range(PAGES))
    return times[PAGES // 2] * 1000, times[int(PAGES * 0.95)] * 1000, queries


def _timed(act: Callable[[], None]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)
