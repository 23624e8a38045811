"""The finding engine of the social map: ``python -m bench.directory [size ...]``; DATABASE_URL names a PostgreSQL server.

Makes a database of its own and removes it. For each size it fills the index with made-up services and asks: everything at once
(text, three facets, language, open at a moment, within 30 km), text alone, nearness alone, counts per facet; and changes one
service at a time, each change followed by the question that must find it. One process, one connection.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from bench.machine import machine_lines, write_results

SIZES = (5_000, 100_000)
TARGETS = {5_000: 5.0, 100_000: 20.0, 1_000_000: 60.0}
"""Services, and the milliseconds (p95) that a question with everything may take."""
UPDATE_TARGET = 50.0
"""Milliseconds, of one change until it is found."""
SHORT = 1_000_000
"""From so many services on the texts are short."""
ASKED = 300
ASKED_SLOWLY = 30
CHANGED = 50


class Times(NamedTuple):
    """Milliseconds of work on one core (of this process and the database server), and on the clock."""

    p50: float
    p95: float
    clock_p50: float
    clock_p95: float


class Measured(NamedTuple):
    """One size."""

    build: float
    megabytes: float
    everything: Times
    text: Times
    near: Times
    counts: Times
    update: Times
    found: float


def main(sizes: Sequence[int]) -> bool:
    """Measure this database, write the table, and say whether the targets are met."""
    home = tempfile.mkdtemp(prefix="baken-bench-")
    os.environ["BAKEN_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "baken.config.settings"
    import django

    django.setup()
    from django.db import connection

    vendor = connection.vendor
    if vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = f"{home}/bench.sqlite3"
    machine = machine_lines()
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        measured = {size: _measure(size) for size in sizes}
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    checks = [
        (
            f"{size:,} services, everything at once: p95 at most {TARGETS[size]:.0f} ms on one core",
            found.everything.p95,
            TARGETS[size],
        )
        for size, found in measured.items()
    ] + [
        (
            f"{size:,} services, one change found within {UPDATE_TARGET:.0f} ms on the clock (p95)",
            found.update.clock_p95,
            UPDATE_TARGET,
        )
        for size, found in measured.items()
    ]
    write_results(f"directory-{vendor}", _page(vendor, machine, measured, checks))
    return all(found <= most for _text, found, most in checks)


def _measure(size: int) -> Measured:
    from django.db import connection

    from baken.directory.finding import store
    from baken.directory.finding.documents import Audience, Query
    from baken.directory.finding.search import counts, find
    from bench.directory_world import documents, queries

    store.drop(connection)
    store.create(connection)
    before = _bytes(connection)
    start = time.perf_counter()
    extras = 0 if size >= SHORT else 2
    store.put(documents(size, extras=extras))
    store.optimise()
    build = time.perf_counter() - start
    megabytes = (_bytes(connection) - before) / 1e6
    asked = list(queries(ASKED))
    for query in queries(20, seed=3):
        find(query)
    hits = []
    everything = _times([lambda query=query: hits.append(find(query).total) for query in asked])
    text = [Query(Audience.PUBLIC, query.text, query.text_language) for query in asked[:ASKED_SLOWLY]]
    near = [Query(Audience.PUBLIC, near=query.near, within_km=5) for query in asked[:ASKED_SLOWLY]]
    result = Measured(
        build=build,
        megabytes=megabytes,
        everything=everything,
        text=_times([lambda query=query: find(query) for query in text]),
        near=_times([lambda query=query: find(query) for query in near]),
        counts=_times([lambda query=query: counts(query) for query in asked[:ASKED_SLOWLY]]),
        update=_times([lambda document=document: _change(document) for document in documents(CHANGED, extras=extras)]),
        found=sum(total > 0 for total in hits) / len(hits),
    )
    print(f"{size:,}: {result}", file=sys.stderr)
    return result


def _change(document: Any) -> None:
    """Put a service anew under its key, with a word that no other has, and find it."""
    from baken.directory.finding.documents import Audience, Query, Text, Weight
    from baken.directory.finding.search import find
    from baken.directory.finding.store import put

    word = f"bijzonder{document.key.int % 1_000_000}"
    put([replace(document, texts=(*document.texts, Text("nl", Weight.KEYWORDS, word)))])
    hits = find(Query(Audience.EDITOR, word)).hits
    assert hits[0].key == document.key, "A change is not found."


def _times(acts: Sequence[Callable[[], object]]) -> Times:
    server = _server()
    clock, work = [], []
    for act in acts:
        at, before = time.perf_counter(), time.process_time() + server()
        act()
        work.append(time.process_time() + server() - before)
        clock.append(time.perf_counter() - at)
    return Times(*(sorted(taken)[int(len(taken) * share)] * 1000 for taken in (work, clock) for share in (0.5, 0.95)))


def _server() -> Callable[[], float]:
    """The seconds that the server process of this connection has worked; SQLite works in this process."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return lambda: 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        path = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return lambda: int(path.read_text().split()[0]) / 1e9


def _bytes(connection: Any) -> int:
    """What the index takes of the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size)"
            )
        else:
            cursor.execute(
                "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relname LIKE 'finding%%' AND relkind = 'r'"
            )
        return int(cursor.fetchone()[0])


def _page(
    vendor: str, machine: list[str], measured: dict[int, Measured], checks: list[tuple[str, float, float]]
) -> list[str]:
    def cells(times: Times) -> str:
        return f"{times.p50:.1f} / {times.p95:.1f} ({times.clock_p50:.1f} / {times.clock_p95:.1f})"

    return [
        f"# Finding in the social map on {'PostgreSQL' if vendor == 'postgresql' else 'SQLite'}",
        "",
        *machine,
        f"- {ASKED} questions with everything, {ASKED_SLOWLY} of the others, {CHANGED} changes; the share of the first that finds "
        f"something: {', '.join(f'{found.found:.0%} of {size:,}' for size, found in measured.items())}",
        f"- From {SHORT:,} services on their texts are short",
        "",
        "| Target | Found | Met |",
        "|---|---:|---|",
        *(f"| {text} | {found:.1f} ms | {'yes' if found <= most else '**no**'} |" for text, found, most in checks),
        "",
        "Milliseconds of work on one core, p50 / p95; in brackets the same on the clock, on which everything else that runs "
        "takes its share" + (". The work of the server process counts." if vendor == "postgresql" else "."),
        "",
        "| Services | Everything | Text alone | Within 5 km | Counts per facet | One change, found |",
        "|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {size:,} | {cells(found.everything)} | {cells(found.text)} | {cells(found.near)} | {cells(found.counts)} "
            f"| {cells(found.update)} |"
            for size, found in measured.items()
        ),
        "",
        "| Services | Build | Size of the index, texts included |",
        "|---:|---:|---:|",
        *(f"| {size:,} | {found.build:.0f} s | {found.megabytes:.0f} MB |" for size, found in measured.items()),
    ]


if __name__ == "__main__":
    raise SystemExit(0 if main([int(size) for size in sys.argv[1:]] or SIZES) else 1)
