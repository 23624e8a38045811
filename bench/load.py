"""A small load generator: requests over kept connections on this machine, one after the other on each connection.

It costs little processor time, because it shares the processors with the server that it measures.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

HOST = "127.0.0.1"
MOST_REQUESTS = 50_000
"""A run ends here even when its time is not over."""
REPLY_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Call:
    """One request, as bytes ready to send, and the status that it must get."""

    name: str
    data: bytes
    status: int = 200


@dataclass(slots=True)
class Measured:
    """What a run found. Latencies in milliseconds."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    errors: int = 0
    sent: int = 0
    """Requests that the server worked on, those of the warm-up included."""

    @property
    def rate(self) -> float:
        """Good answers per second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """The latency that ``share`` (0 to 1) of the answers did not exceed."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def call(name: str, method: str, path: str, *, form: Sequence[tuple[str, str]] = (), json: str = "") -> Call:
    """A request as a browser or a program sends it."""
    body = json.encode() if json else urlencode(form).encode()
    headers = {"Host": HOST, "Accept-Encoding": "gzip", "Accept-Language": "nl"}
    if method == "POST":
        headers["Content-Type"] = "application/json" if json else "application/x-www-form-urlencoded"
        headers["Content-Length"] = str(len(body))
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return Call(name, "\r\n".join(lines).encode() + body)


def measure(port: int, calls: Sequence[Call], *, concurrency: int, seconds: float) -> Measured:
    """Send ``calls`` in turn over ``concurrency`` connections for some seconds."""
    return asyncio.run(_measure(port, calls, concurrency, seconds))


def fetch(port: int, one: Call) -> tuple[int, int]:
    """Status and size on the wire of one answer."""

    async def once() -> tuple[int, int]:
        reader, writer = await asyncio.open_connection(HOST, port)
        try:
            return await asyncio.wait_for(_exchange(reader, writer, one), REPLY_SECONDS)
        finally:
            writer.close()

    return asyncio.run(once())


async def _measure(port: int, calls: Sequence[Call], concurrency: int, seconds: float) -> Measured:
    found = Measured()
    start = time.perf_counter()
    until = start + seconds
    async with asyncio.timeout(seconds + REPLY_SECONDS), asyncio.TaskGroup() as group:
        for offset in range(concurrency):
            group.create_task(_connection(port, calls, offset, until, found))
    found.seconds = time.perf_counter() - start
    return found


async def _connection(port: int, calls: Sequence[Call], offset: int, until: float, found: Measured) -> None:
    reader, writer = await asyncio.open_connection(HOST, port)
    turn = offset
    try:
        while time.perf_counter() < until and len(found.latencies) < MOST_REQUESTS:
            one = calls[turn % len(calls)]
            turn += 1
            begin = time.perf_counter()
            try:
                status, _size = await _exchange(reader, writer, one)
            except (OSError, EOFError, ValueError):
                found.errors += 1
                writer.close()
                reader, writer = await asyncio.open_connection(HOST, port)
                continue
            if status == one.status:
                found.latencies.append((time.perf_counter() - begin) * 1000)
            else:
                found.errors += 1
    finally:
        writer.close()


async def _exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, one: Call) -> tuple[int, int]:
    writer.write(one.data)
    head = await reader.readuntil(b"\r\n\r\n")
    _before, found, after = head.lower().partition(b"\r\ncontent-length:")
    if not found:
        raise ValueError("an answer without a length")
    length = int(after.partition(b"\r\n")[0])
    await reader.readexactly(length)
    return int(head[9:12]), len(head) + length
