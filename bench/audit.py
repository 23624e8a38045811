"""The audit: how fast events are recorded and verified. ``python -m bench.audit``; DATABASE_URL names a PostgreSQL server.

Makes a database of its own and removes it. Writers are threads, each with a connection of its own.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import threading
import time

from bench.machine import machine_lines, write_results

EVENTS = 100_000
APPENDS = 400
WRITERS = (1, 8, 32)
VERIFY_TARGET = 5.0
"""Seconds for all events: "a few seconds"."""
APPENDS_TARGET = {"sqlite": 60, "postgresql": 100}
"""Reports per second that the audit must not be the brake on."""


def main() -> bool:
    """Measure this database, write the table, and say whether the targets are met."""
    home = tempfile.mkdtemp(prefix="baken-bench-")
    os.environ["BAKEN_HOME"] = home
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baken.config.settings")
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import override_settings

    vendor = connection.vendor
    if vendor == "sqlite":
        # A file, as an installation has it: the test database in memory knows no other connection.
        connection.settings_dict["TEST"]["NAME"] = f"{home}/bench.sqlite3"
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        with override_settings(DEBUG=False):
            lines, met = _measure(vendor)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    write_results(f"audit-{vendor}", lines)
    return met


def _measure(vendor: str) -> tuple[list[str], bool]:
    appended = {writers: _append(writers) for writers in WRITERS}
    _fill()
    seconds, whole = _verify()
    target = APPENDS_TARGET[vendor]
    slowest = min(rate for rate, _times in appended.values())
    met = whole and seconds < VERIFY_TARGET and slowest >= target
    lines = [
        f"# Audit on {'PostgreSQL' if vendor == 'postgresql' else 'SQLite'}",
        "",
        *machine_lines(),
        f"- While {os.getloadavg()[0]:.1f} tasks wanted a processor (the mean of the minute before)",
        f"- Each line of the second table: {APPENDS} transactions of one event; writers are threads of one process",
        "",
        "| Target | Found | Met |",
        "|---|---:|---|",
        f"| {EVENTS:,} events verified within {VERIFY_TARGET:.0f} s | {seconds:.2f} s | {_yes(seconds < VERIFY_TARGET)} |",
        f"| At least {target} events/s with every number of writers | {slowest:.0f} | {_yes(slowest >= target)} |",
        f"| The chain is whole after all writers | {'yes' if whole else 'no'} | {_yes(whole)} |",
        "",
        "| Writers | Events/s | p50 | p95 |",
        "|---:|---:|---:|---:|",
        *(
            f"| {writers} | {rate:.0f} | {statistics.median(times) * 1000:.1f} ms "
            f"| {statistics.quantiles(times, n=20)[18] * 1000:.1f} ms |"
            for writers, (rate, times) in appended.items()
        ),
    ]
    return lines, met


def _yes(met: bool) -> str:
    return "yes" if met else "**no**"


def _append(writers: int) -> tuple[float, list[float]]:
    """Events per second, and how long each took, with so many writers at once."""
    from django.db import connection, transaction
    from django.utils import timezone

    from baken.audit.actions import record
    from baken.audit.kinds import SYSTEM, Action, Kind, Subject

    times: list[float] = []

    def write() -> None:
        for _turn in range(APPENDS // writers):
            start = time.perf_counter()
            with transaction.atomic():
                record(by=SYSTEM, action=Action.READ, on=Subject(Kind.REPORT, "bench"), now=timezone.now())
            times.append(time.perf_counter() - start)
        connection.close()

    threads = [threading.Thread(target=write) for _number in range(writers)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(times) / (time.perf_counter() - start), times


def _fill() -> None:
    """Events up to the number to verify, written in bulk, the guards lifted meanwhile."""
    from django.db import transaction
    from django.utils import timezone

    from baken.audit import guards
    from baken.audit.chain import sealed
    from baken.audit.heads import sign
    from baken.audit.models import Event, Head

    last = Event.objects.latest("sequence").entry()
    made, now = [], timezone.now()
    while last.sequence < EVENTS:
        last = sealed(last._replace(at=now, object_id=f"report-{last.sequence}"), after=last.tip())
        made.append(Event(**last._asdict()))
    with transaction.atomic():
        connection = transaction.get_connection()
        guards.lift(connection)
        Event.objects.bulk_create(made, batch_size=2000)
        head = sign(last.tip(), at=now)
        Head.objects.update(sequence=head.sequence, hash=head.hash, at=now, key=head.key, signature=head.signature)
        guards.put(connection)


def _verify() -> tuple[float, bool]:
    from baken.audit.queries import check_chain

    start = time.perf_counter()
    found = check_chain()
    return time.perf_counter() - start, found.sound and found.checked == EVENTS


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)
