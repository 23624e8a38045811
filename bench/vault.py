"""What sealing costs: `python -m bench.vault`. Ends with an error when a target is missed."""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile

from baken.vault.context import Context
from baken.vault.keys import MODERATE, unlock_with_password, wrap_with_password
from baken.vault.receipts import new_receipt, read_receipt
from baken.vault.sealing import grant, open_grant, open_sealed, regrant, seal
from baken.vault.secret import KeyPair, Secret
from baken.vault.stream import CHUNK, OpeningReader, SealingReader
from bench.machine import machine_lines, write_results

CONTEXT = Context(kind="report", id="bench", field="facts", organisation="bench")
TEXT = bytes(2000)
FILE_BYTES = 100_000_000
PEAK_TARGET_MB = 16


class Zeros:
    """A clear file of any size that takes no memory."""

    def __init__(self, size: int) -> None:
        self.left = size

    def read(self, size: int, /) -> bytes:
        """The next bytes."""
        size = min(size, self.left)
        self.left -= size
        return bytes(size)


def measured(action: Callable[[], object], times: int) -> tuple[float, float]:
    """Median and 95th percentile of one call, in seconds."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]


def small_things() -> list[tuple[str, float, float]]:
    """One line per operation."""
    pair, other = KeyPair.new(), KeyPair.new()
    sealed = seal(TEXT, CONTEXT)
    granted = grant(sealed.key, pair.public, CONTEXT)
    wrapped = wrap_with_password(pair, "bench", "bench")
    code, _ = new_receipt()
    actions: list[tuple[str, Callable[[], object], int]] = [
        ("Seal 2 kB", lambda: seal(TEXT, CONTEXT), 2000),
        ("Open 2 kB", lambda: open_sealed(sealed.envelope, sealed.key, CONTEXT), 2000),
        ("Grant a key", lambda: grant(sealed.key, pair.public, CONTEXT), 2000),
        ("Open a grant", lambda: open_grant(granted, pair, CONTEXT), 2000),
        ("Move a grant to a new inbox generation", lambda: regrant(granted, pair, other.public, CONTEXT), 2000),
        ("Read a receipt", lambda: read_receipt(code), 2000),
        ("Unlock with a password (MODERATE)", lambda: unlock_with_password(wrapped, "bench", "bench"), 10),
    ]
    return [(name, *measured(action, times)) for name, action, times in actions]


def resident_peak() -> int:
    """The most memory that this process has had, in kB."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def stream() -> int:
    """Seal 100 MB into a file and open it again; 0. Prints both speeds in MB/s and the memory that it added in kB."""
    key, before = Secret.random(), resident_peak()
    with TemporaryFile() as kept:
        start = time.perf_counter()
        copy(SealingReader(Zeros(FILE_BYTES), key, CONTEXT), kept.write)
        middle = time.perf_counter()
        kept.seek(0)
        copy(OpeningReader(kept, key, CONTEXT), len)
        end = time.perf_counter()
    print(FILE_BYTES / 1e6 / (middle - start), FILE_BYTES / 1e6 / (end - middle), resident_peak() - before)
    return 0


def copy(source: io.RawIOBase, target: Callable[[bytes], object]) -> None:
    """From one to the other, a chunk at a time."""
    while piece := source.read(CHUNK):
        target(piece)


def main() -> int:
    """Measure, write the page, and say whether the target was met."""
    small = small_things()
    # A process of its own: what Argon2 took would hide what the stream takes.
    answer = subprocess.run(
        [sys.executable, "-m", "bench.vault", "stream"], capture_output=True, text=True, check=True
    ).stdout
    sealing, opening, added = (float(word) for word in answer.split())
    lines = [
        "# Sealing",
        "",
        *machine_lines(),
        f"- Password: Argon2id, {MODERATE.memory // 2**20} MiB, {MODERATE.passes} passes; each unlock takes that memory",
        "- One process, one thing at a time",
        "",
        "| Operation | Median | p95 | At median, per second |",
        "|---|---:|---:|---:|",
        *(f"| {name} | {median * 1e3:.3f} ms | {p95 * 1e3:.3f} ms | {1 / median:.0f} |" for name, median, p95 in small),
        "",
        "| A file of 100 MB | Found |",
        "|---|---:|",
        f"| Seal, to disk | {sealing:.0f} MB/s |",
        f"| Open, from disk | {opening:.0f} MB/s |",
        f"| Memory added (target: at most {PEAK_TARGET_MB} MB) | {added / 1e3:.1f} MB |",
    ]
    write_results("vault", lines)
    return 0 if added / 1e3 <= PEAK_TARGET_MB else 1


if __name__ == "__main__":
    raise SystemExit(stream() if sys.argv[1:] == ["stream"] else main())
