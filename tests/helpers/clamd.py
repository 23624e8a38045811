"""A scanner on loopback that speaks clamd's INSTREAM and knows one virus, that of the test file."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.helpers.files import EICAR


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server = self.server
        assert isinstance(server, _Tcp | _Unix)
        if self.rfile.read(10) != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
            if len(content) > server.most:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        server.seen.append(content)
        self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0")


class _Tcp(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    most = 10**9
    seen: list[bytes]


class _Unix(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    most = 10**9
    seen: list[bytes]


@contextmanager
def clamd(path: Path | None = None, *, most: int = 10**9) -> Iterator[tuple[str, list[bytes]]]:
    """Its address for ``BAKEN_CLAMD``, and what it saw."""
    server = _Unix(str(path), _Handler) if path else _Tcp(("127.0.0.1", 0), _Handler)
    server.most, server.seen = most, []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"unix:{path}" if path else f"127.0.0.1:{server.socket.getsockname()[1]}", server.seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
