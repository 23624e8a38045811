"""Ask ClamAV's daemon about a file while it passes by: clamd's INSTREAM command over TCP or a local socket.

Fails closed: when a scanner is configured and does not say OK, the file is not kept.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable, Iterator
from contextlib import suppress

from baken.vault.files.reasons import Reason, Unacceptable

PATIENCE = 60.0
"""Seconds to wait for each answer."""
_LONGEST_ANSWER = 4096


def parse_address(text: str) -> str | tuple[str, int]:
    """A path from ``unix:/path``, or host and port from ``host:port``. ValueError for anything else."""
    if text.startswith("unix:/"):
        return text.removeprefix("unix:")
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError("host:port or unix:/path")
    return host.strip("[]"), int(port)


def scanned(pieces: Iterable[bytes], address: str) -> Iterator[bytes]:
    """The same pieces; Unacceptable at the end when something was found (INFECTED) or nobody answered (NOT_SCANNED).

    An empty address means that there is no scanner.
    """
    if not address:
        yield from pieces
        return
    with _connected(address) as line:
        _ask(line, b"zINSTREAM\0")
        for piece in pieces:
            if piece:
                _ask(line, struct.pack(">I", len(piece)) + piece)
                yield piece
        _ask(line, struct.pack(">I", 0))
        _judge(_answer(line))


def _connected(address: str) -> socket.socket:
    place = parse_address(address)
    try:
        if isinstance(place, tuple):
            return socket.create_connection(place, timeout=PATIENCE)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(PATIENCE)
        try:
            line.connect(place)
        except OSError:
            line.close()
            raise
    except OSError:
        raise Unacceptable(Reason.NOT_SCANNED) from None
    return line


def _ask(line: socket.socket, data: bytes) -> None:
    try:
        line.sendall(data)
    except OSError:
        # It may have hung up because it had found enough: read what it said.
        _judge(_answer(line))
        raise Unacceptable(Reason.NOT_SCANNED) from None


def _answer(line: socket.socket) -> bytes:
    answer = b""
    with suppress(OSError):
        while b"\0" not in answer and len(answer) < _LONGEST_ANSWER and (part := line.recv(_LONGEST_ANSWER)):
            answer += part
    return answer.partition(b"\0")[0].strip()


def _judge(answer: bytes) -> None:
    if answer.endswith(b" FOUND"):
        raise Unacceptable(Reason.INFECTED)
    if answer != b"stream: OK":
        raise Unacceptable(Reason.NOT_SCANNED)
