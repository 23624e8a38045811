"""The machine that measures, and where results go."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Sequence
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


def processor() -> str:
    """The name of the processor, as the system gives it."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown processor"


def machine_lines() -> list[str]:
    """The machine and the day, as a Markdown list."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return [
        f"- Machine: {processor()}, {cores} processors, {platform.system()}",
        f"- Python {platform.python_version()}",
        f"- Measured on {dt.datetime.now(tz=dt.UTC).date().isoformat()}, while {os.getloadavg()[0]:.1f} other tasks "
        "wanted a processor (the mean of the minute before)",
    ]


def write_results(name: str, lines: Sequence[str]) -> None:
    """Print a page of results and keep it in ``results/``."""
    text = "\n".join([*lines, ""])
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.md").write_text(text, encoding="utf-8")
    print(text)
