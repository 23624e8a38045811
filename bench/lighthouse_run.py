"""Run Lighthouse over the public pages and write ``results/lighthouse.md``; ``lighthouse.sh`` installs it first."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.machine import machine_lines, write_results
from bench.serving import serving

RUNS = int(os.environ.get("BENCH_RUNS", "3"))
PAGES = {"Start": "", "Check": "check/", "Doors": "doors/", "Help yourself": "help/"}
LANGUAGES = ("nl", "en")
CATEGORIES = {"performance": "Performance", "accessibility": "Accessibility", "best-practices": "Best practices"}
TARGET = 98
MOMENTS = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time")
CHROME_FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
RUN_SECONDS = 180


def report(lighthouse: str, chromium: str, address: str) -> dict[str, Any]:
    """One run, as Lighthouse reports it. Raises CalledProcessError, TimeoutExpired."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "report.json"
        command = [
            lighthouse,
            address,
            "--quiet",
            "--output=json",
            f"--output-path={path}",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags={CHROME_FLAGS}",
        ]
        environment = os.environ | {"CHROME_PATH": chromium, "CI": "true"}
        subprocess.run(command, env=environment, check=True, timeout=RUN_SECONDS)
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found


def scores(reports: list[dict[str, Any]]) -> dict[str, int]:
    """The middle score per category, 0 to 100."""
    return {
        code: round(statistics.median(item["categories"][code]["score"] or 0 for item in reports) * 100)
        for code in CATEGORIES
    }


def complaints(found: dict[str, Any]) -> set[str]:
    """What cost points: the audits that count and do not have a full score."""
    lines = set()
    for category in CATEGORIES:
        for reference in found["categories"][category]["auditRefs"]:
            audit = found["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                shown = f" ({audit['displayValue']})" if audit.get("displayValue") else ""
                lines.add(f"{reference['id']}: {audit['score']:.2f}{shown}")
    return lines


def main() -> int:
    """Measure and write; 1 when any score is under the target."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None or len(sys.argv) != 2:
        print("usage: bench/lighthouse.sh, on a machine with Chromium", file=sys.stderr)
        return 2
    lines = [f"| Page | {' | '.join(CATEGORIES.values())} | First paint | Largest paint | Blocked | What cost points |"]
    lines.append("|---|" + "---:|" * (len(CATEGORIES) + 3) + "---|")
    lowest, version, machine = 100, "", machine_lines()
    with serving() as served:
        for language in LANGUAGES:
            for name, path in PAGES.items():
                address = f"{served.address}/{language}/{path}"
                reports = [report(sys.argv[1], chromium, address) for _run in range(RUNS)]
                version = reports[0]["lighthouseVersion"]
                found = scores(reports)
                lowest = min(lowest, *found.values())
                shown = [reports[0]["audits"][audit]["displayValue"].replace("\u00a0", " ") for audit in MOMENTS]
                why = "; ".join(sorted(complaints(reports[0]))) or "nothing"
                lines.append(
                    f"| {name}, {language} | {' | '.join(str(score) for score in found.values())} "
                    f"| {' | '.join(shown)} | {why} |"
                )
                print(lines[-1], flush=True)
    write_results(
        "lighthouse",
        [
            "# Lighthouse",
            "",
            *machine,
            f"- Lighthouse {version}, its standard telephone: slow 4G and a processor four times slower, simulated",
            f"- {'One run' if RUNS == 1 else f'The middle of {RUNS} runs'} per page",
            f"- Target: at least {TARGET} each. Lowest score found: {lowest}",
            "- The result of a check travels by POST, which Lighthouse cannot do; its parts are those of the doors",
            "",
            *lines,
        ],
    )
    return 0 if lowest >= TARGET else 1


if __name__ == "__main__":
    raise SystemExit(main())
