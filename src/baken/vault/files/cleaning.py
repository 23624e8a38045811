"""Clean a file while it passes by: what kind it is by its content, and only what a reader needs of it.

Sound, film and text go straight through in pieces. Images, PDFs and Office documents are taken apart by
`baken.vault.files.worker`, a process of its own, so this one stays small whatever comes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO

from baken.vault.files.kinds import APART, HEAD, KINDS, TEXT, Kind, detect
from baken.vault.files.reading import Peekable
from baken.vault.files.reasons import Reason, Unacceptable
from baken.vault.files.sound import clean_mp3, clean_opus, clean_wav
from baken.vault.files.text import clean_text
from baken.vault.files.video import clean_mp4
from baken.vault.stream import CHUNK, Readable

MOST_APART = 25 * 1024 * 1024
"""Bytes of a file that has to be taken apart."""
MOST_CLEANED = 4 * MOST_APART
"""Bytes that may come of it."""
PATIENCE = 60.0
"""Seconds for the worker, also when it waits."""
_TURN = threading.BoundedSemaphore(2)
_FIRST_LINE = 128
_SEEN_AS_PDF = 1024


@dataclass(frozen=True)
class Cleaned:
    """The kind that it is, and its bytes. Only when `pieces` came to an end without an error is the file clean."""

    kind: Kind
    pieces: Iterator[bytes]


def clean(source: Readable, size: int) -> Cleaned:
    """Start to clean a file of ``size`` bytes; Unacceptable now, or while the pieces are taken."""
    reader = Peekable(source)
    kind = detect(reader.peek(HEAD))
    if kind.way not in APART:
        if kind.way != "text" or b"%PDF-" not in reader.peek(_SEEN_AS_PDF):
            return Cleaned(kind, _not_also_pdf(_passing(kind, reader, size)))
        raise Unacceptable(Reason.TWO_IN_ONE)
    if size > MOST_APART:
        raise Unacceptable(Reason.TOO_BIG_TO_CLEAN)
    pieces = _taken_apart(kind, reader)
    found = next(pieces).decode("ascii")
    return Cleaned(KINDS[found], pieces)


def _passing(kind: Kind, source: Peekable, size: int) -> Iterator[bytes]:
    if kind is TEXT:
        return clean_text(source)
    if kind.way == "mp4":
        return clean_mp4(source, size)
    return {"mp3": clean_mp3, "wav": clean_wav, "opus": clean_opus}[kind.way](source)


def _not_also_pdf(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Readers of PDF look for its mark in the first kilobyte of anything."""
    start = b""
    for piece in pieces:
        if len(start) < _SEEN_AS_PDF:
            start += piece[:_SEEN_AS_PDF]
            if b"%PDF-" in start:
                raise Unacceptable(Reason.TWO_IN_ONE)
        yield piece


def _taken_apart(kind: Kind, source: Peekable) -> Iterator[bytes]:
    """First the media type, then the bytes."""
    with _TURN, _worker(kind) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        _feed(worker.stdin, source)
        verdict, _, word = worker.stdout.readline(_FIRST_LINE).decode("ascii", "replace").strip().partition(" ")
        if verdict == "no" and word in set(Reason):
            raise Unacceptable(Reason(word))
        if verdict != "ok" or word not in KINDS:
            raise Unacceptable(Reason.TOO_MUCH_INSIDE)
        yield word.encode("ascii")
        given = 0
        while piece := worker.stdout.read(CHUNK):
            given += len(piece)
            if given > MOST_CLEANED:
                raise Unacceptable(Reason.TOO_MUCH_INSIDE)
            yield piece
        if worker.wait() != 0:
            raise Unacceptable(Reason.TOO_MUCH_INSIDE)


def _feed(target: IO[bytes], source: Peekable) -> None:
    # A worker that died says why by what it does not answer.
    with suppress(BrokenPipeError):
        for piece in source.pieces():
            target.write(piece)
        target.flush()
    with suppress(BrokenPipeError):
        target.close()


@contextmanager
def _worker(kind: Kind) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that is gone afterwards, whatever happened. It gets no settings and no secrets of this process."""
    command = [sys.executable, "-I", "-m", "baken.vault.files.worker", kind.way, kind.media_type]
    environment = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "LANG") if name in os.environ}
    worker = subprocess.Popen(  # noqa: S603 - our own program, nothing typed # nosec
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        close_fds=True,
    )
    alarm = threading.Timer(PATIENCE, worker.kill)
    alarm.daemon = True
    alarm.start()
    try:
        yield worker
    finally:
        alarm.cancel()
        worker.kill()
        for pipe in (worker.stdin, worker.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        worker.wait()
