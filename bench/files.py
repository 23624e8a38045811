"""What attached files cost: `python -m bench.files`. Ends with an error when a target is missed.

One process takes a film of 100 MB through a form, seals, cleans and keeps it, and gives it back, as the site does.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

from bench.machine import machine_lines, write_results

FILE_BYTES = 100 * 1024**2
PEAK_TARGET_MB = 200
STEPS = ("Take in through the form and seal", "Clean and seal under its own key, to disk", "Open and give back")
_BOUNDARY = b"----measured"


class Form(io.RawIOBase):
    """The body of a form with one film of 100 MB, which takes no memory."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces = self._made()
        self._rest = b""

    @staticmethod
    def _made() -> Iterator[bytes]:
        yield b"--" + _BOUNDARY + b'\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n'
        moov = b"\0\0\0\x10moov\0\0\0\x08free"
        start = b"\0\0\0\x10ftypisom\0\0\0\0" + moov
        left = FILE_BYTES - len(start)
        yield start + left.to_bytes(4, "big") + b"mdat"
        left -= 8
        while left:
            yield bytes(min(left, 64 * 1024))
            left -= min(left, 64 * 1024)
        yield b"\r\n--" + _BOUNDARY + b"--\r\n"

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """The next bytes."""
        self._rest = self._rest or next(self._pieces, b"")
        piece, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)


def resident_peak() -> float:
    """The most memory that this process has had, in MB."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1e3


def measure() -> int:
    """Take one film in and give it back; prints the seconds of each step and the peak of memory in MB."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "baken.config.settings"
    import django

    django.setup()
    from django.core.handlers.wsgi import LimitedStream
    from django.core.management import call_command
    from django.http import HttpRequest, HttpResponse
    from django.test import RequestFactory
    from django.utils import timezone

    from baken.audience import public
    from baken.vault.actions import Recipient
    from baken.vault.context import Context
    from baken.vault.files.keeping import keep_upload
    from baken.vault.files.serving import download
    from baken.vault.files.upload import accepts_files
    from baken.vault.secret import KeyPair

    call_command("migrate", verbosity=0)
    pair, moments = KeyPair.new(), [time.perf_counter()]
    context = Context(kind="bench", id="1", field="file", organisation="bench")

    @accepts_files
    @public
    def view(request: HttpRequest) -> HttpResponse:
        upload = cast("Any", request.FILES["file"])
        moments.append(time.perf_counter())
        kept = keep_upload(upload, context=context, recipients=[Recipient("receipt", pair.public)], now=timezone.now())
        moments.append(time.perf_counter())
        response = download(kept.sealed, pair, media_type=kept.media_type, filename="a.mp4")
        assert sum(len(piece) for piece in cast("Any", response.streaming_content)) == FILE_BYTES
        moments.append(time.perf_counter())
        return HttpResponse()

    request = RequestFactory().post("/", content_type=f"multipart/form-data; boundary={_BOUNDARY.decode()}")
    request.META["CONTENT_LENGTH"] = str(FILE_BYTES + 300)
    request._stream = cast("Any", LimitedStream(cast("Any", io.BufferedReader(Form(), 64 * 1024)), FILE_BYTES + 300))
    moments[0] = time.perf_counter()
    view(request)
    print(*(after - before for before, after in pairwise(moments)), resident_peak())
    return 0


def measured() -> list[float]:
    """Seconds of each step, and the peak of memory in MB, of a process and an installation of its own."""
    with tempfile.TemporaryDirectory() as home:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("BAKEN_", "DATABASE"))}
        answer = subprocess.run(
            [sys.executable, "-m", "bench.files", "measure"],
            capture_output=True,
            text=True,
            check=True,
            env=environment | {"BAKEN_HOME": home},
        ).stdout
    return [float(word) for word in answer.split()]


def main() -> int:
    """Measure, write the page, and say whether the target was met."""
    *seconds, peak = measured()
    lines = [
        "# Attached files",
        "",
        *machine_lines(),
        "- One process, one film of 100 MB: through the form, cleaned, kept, and given back; no scanner",
        "",
        "| Step | Speed |",
        "|---|---:|",
        *(f"| {step} | {FILE_BYTES / 1e6 / taken:.0f} MB/s |" for step, taken in zip(STEPS, seconds, strict=True)),
        "",
        "| Memory | Found | Target |",
        "|---|---:|---:|",
        f"| Most that the process took | {peak:.0f} MB | below {PEAK_TARGET_MB} MB |",
    ]
    write_results("files", lines)
    return 0 if peak < PEAK_TARGET_MB else 1


if __name__ == "__main__":
    raise SystemExit(measure() if sys.argv[1:] == ["measure"] else main())
