"""Requests per second, latency, memory and pack load time of the production server; writes ``results/server.md``."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.load import Call, Measured, call, fetch, measure
from bench.machine import machine_lines, write_results
from bench.serving import Served, serving

CONCURRENCY = (1, 8, 32)
RUNS = int(os.environ.get("BENCH_RUNS", "3"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "3"))
WARM_UP_SECONDS = 1.0
LOADS = 7
MEGABYTE = 1024 * 1024

SITUATION = {
    "about": "person",
    "age": "minor",
    "danger": "no",
    "form": "labour",
    "sphere": "work",
    "residence": "dutch_eu",
    "consent": "not_asked",
    "profession": "desk_clerk",
    "municipality": "Oostzaan",
}
SIGNS = (
    "dest_other_speaks",
    "dest_overcrowded_address",
    "dest_documents_taken",
    "dest_always_reachable",
    "exploit_bank_account_used",
    "dest_asks_for_help",
    "exploit_long_hours",
    "exploit_low_pay",
    "dest_wages_withheld",
    "dest_sleeps_at_work",
    "dest_no_own_home",
    "recruit_deceived_job",
)
PROFESSIONS = ("desk_clerk", "gp", "labour_inspector", "teacher", "emergency_nurse", "reception_worker", "other")
PLACES = ("Oostzaan", "1511", "Rotterdam", "Groningen", "", "Maastricht", "Zaanstad", "Utrecht")
VARIANTS = 240
LOAD_PACKS = """
import time
start = time.perf_counter()
from baken.packs import loader
imported = time.perf_counter()
for country in loader.countries():
    loader.read_pack(country)
print((time.perf_counter() - imported) * 1000, (imported - start) * 1000)
"""


@dataclass(frozen=True, slots=True)
class Target:
    """What was promised, and what was found."""

    text: str
    found: str
    met: bool


def forms() -> list[list[tuple[str, str]]]:
    """Filled-in checks that differ from each other as visitors differ: in work, place, age, danger and signs."""
    found = []
    for turn in range(VARIANTS):
        situation = SITUATION | {
            "age": ("minor", "adult", "unknown")[turn % 3],
            "danger": ("no", "unknown", "no", "now")[turn % 4],
            "consent": ("not_asked", "refused", "given", "unsafe", "not_asked")[turn % 5],
            "profession": PROFESSIONS[turn % len(PROFESSIONS)],
            "municipality": PLACES[turn % len(PLACES)],
        }
        ticked = [SIGNS[(turn + step) % len(SIGNS)] for step in range(1 + turn % 7)]
        found.append([*situation.items(), *(("signs", code) for code in ticked)])
    return found


def groups() -> dict[str, list[Call]]:
    """What visitors ask: the pages and the API, with forms as people fill them in."""
    doors = [[(name, value) for name, value in form if name != "signs"] for form in forms()]
    return {
        "Start page": [call("Start page", "GET", "/nl/")],
        "Check result": [call("Check result", "POST", "/nl/check/result/", form=form) for form in forms()],
        "Doors": [call("Doors", "POST", "/nl/doors/", form=form) for form in doors],
        "API: route (POST)": [
            call("API route", "POST", "/api/v1/routes", json=json.dumps(dict(form))) for form in doors
        ],
        "API: doors (GET)": [call("API doors", "GET", "/api/v1/doors")],
    }


def mixed(each: dict[str, list[Call]]) -> list[Call]:
    """Every kind in turn, as often as the others; the forms go round."""
    return [calls[turn % len(calls)] for turn in range(VARIANTS) for calls in each.values()]


def runs(port: int, what: list[Call], concurrency: int) -> tuple[Measured, list[float]]:
    """Several runs together, and the rate of each."""
    warm = measure(port, what, concurrency=concurrency, seconds=WARM_UP_SECONDS)
    each = [measure(port, what, concurrency=concurrency, seconds=SECONDS) for _run in range(RUNS)]
    total = Measured(
        seconds=sum(run.seconds for run in each),
        latencies=[latency for run in each for latency in run.latencies],
        errors=sum(run.errors for run in each),
    )
    total.sent = sum(len(run.latencies) + run.errors for run in [warm, *each])
    return total, [run.rate for run in each]


def measure_all(served: Served) -> tuple[list[str], dict[tuple[str, int], Measured]]:
    """The lines of the table, and the numbers behind them by name and concurrency."""
    lines = [
        "| Page | Size on the wire | At once | Requests/s (lowest to highest run) | p50 | p95 | Processor time | Errors |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    found: dict[tuple[str, int], Measured] = {}
    each = groups()
    for name, what in [*each.items(), ("All of these, mixed", mixed(each))]:
        sizes = []
        for one in what:
            status, size = fetch(served.port, one)
            if status != one.status:
                raise SystemExit(f"{one.name}: expected {one.status}, found {status}")
            sizes.append(size)
        for concurrency in CONCURRENCY:
            before = processor_ms(served.workers())
            total, rates = runs(served.port, what, concurrency)
            each_ms = (processor_ms(served.workers()) - before) / max(1, total.sent)
            found[name, concurrency] = total
            lines.append(
                f"| {name} | {statistics.mean(sizes) / 1000:.1f} kB | {concurrency} "
                f"| {total.rate:.0f} ({min(rates):.0f} to {max(rates):.0f}) "
                f"| {total.percentile(0.5):.1f} ms | {total.percentile(0.95):.1f} ms "
                f"| {each_ms:.1f} ms | {total.errors} |"
            )
            print(lines[-1], flush=True)
    return lines, found


def processor_ms(pids: list[int]) -> float:
    """Milliseconds of processor time that processes have had so far. Linux only."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> tuple[float, float]:
    """Resident and proportional memory of a process in MB; the second counts shared pages once. Linux only."""
    fields = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]:
        name, _separator, value = line.partition(":")
        fields[name] = int(value.split()[0]) * 1024 / MEGABYTE
    return fields["Rss"], fields["Pss"]


def pack_loads() -> tuple[list[float], list[float]]:
    """Milliseconds to read all packs in fresh interpreters, and to import the loader before that."""
    reading, importing = [], []
    for _load in range(LOADS):
        done = subprocess.run([sys.executable, "-c", LOAD_PACKS], capture_output=True, text=True, check=True)
        read, imported = done.stdout.split()
        reading.append(float(read))
        importing.append(float(imported))
    return reading, importing


def targets(found: dict[tuple[str, int], Measured], resident: float, reading: list[float]) -> list[Target]:
    """The promises, each against the number that was found."""
    result = found["Check result", 1].percentile(0.95)
    rate = found["All of these, mixed", 32].rate
    errors = sum(run.errors for run in found.values())
    median = statistics.median(reading)
    return [
        Target("Check result, one at once: p95 under 15 ms", f"{result:.1f} ms", result < 15),
        Target("All pages mixed, 32 at once: at least 400 requests/s", f"{rate:.0f}", rate >= 400),
        Target("Each process: under 150 MB resident", f"{resident:.0f} MB", resident < 150),
        Target("All packs read: under 300 ms", f"{median:.0f} ms", median < 300),
        Target("No errors", str(errors), errors == 0),
    ]


def main() -> bool:
    """Measure, print and write; True when every target is met."""
    machine = machine_lines()
    reading, importing = pack_loads()
    with serving() as served:
        table, found = measure_all(served)
        processes = [("Parent", served.pid), *((f"Worker {n}", pid) for n, pid in enumerate(served.workers(), start=1))]
        used = [(name, *memory(pid)) for name, pid in processes]
    held = targets(found, max(resident for _name, resident, _shared in used), reading)
    write_results(
        "server",
        [
            "# Speed and memory of the server",
            "",
            *machine,
            f"- Each line: {RUNS} runs of {SECONDS:g} s after a warm-up, over kept connections; p50 and p95 over all",
            "- Processor time: what the server itself used per request, whatever else the machine was doing",
            "- The load generator runs on the same processors as the server and takes its share of them",
            "",
            "| Target | Found | Met |",
            "|---|---:|---|",
            *(f"| {target.text} | {target.found} | {'yes' if target.met else '**no**'} |" for target in held),
            "",
            *table,
            "",
            "| Process | Resident | Proportional (shared pages counted once) |",
            "|---|---:|---:|",
            *(f"| {name} | {resident:.0f} MB | {shared:.0f} MB |" for name, resident, shared in used),
            "",
            f"Reading all packs in a fresh interpreter, {LOADS} times: median {statistics.median(reading):.0f} ms, "
            f"slowest {max(reading):.0f} ms. Importing the loader comes before that: median "
            f"{statistics.median(importing):.0f} ms.",
        ],
    )
    return all(target.met for target in held)


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)
