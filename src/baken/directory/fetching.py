"""Fetch one public page, and nothing else: no private network, no other port, no endless answer. Pure but for the network.

An address in the map is written by others. So that nobody can make this server ask its own neighbours, the name is looked up
once, every address that it has must be a public one, and the connection goes to the very address that was looked at. A
redirect is held against the same rules, and followed a few times only.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

TIMEOUT = 10.0
"""Seconds for each step of one fetch."""
LONGEST = 60.0
"""Seconds for one answer from its first byte to its last: who sends a letter now and then does not keep us for hours."""
MOST_REDIRECTS = 4
MOST_BYTES = 512 * 1024
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
UNICAST = ipaddress.IPv6Network("2000::/3")
"""Every new address of the public network is in here (RFC 4291); what else there is leads to old or own networks."""
PORTS = {"http": 80, "https": 443}
REDIRECTS = (301, 302, 303, 307, 308)
AGENT = "Baken link check"
Allowed = Callable[[str, int], bool]
"""May we connect to this IP address at this port?"""


class FetchError(Exception):
    """It cannot be fetched; ``reason`` is a code: ``address``, ``name``, ``private``, ``redirects``, ``network``."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. ``text`` holds at most `MOST_BYTES`, of text pages only."""

    status: int
    text: str = ""


def is_public(address: str, port: int) -> bool:
    """A public address, at the port of the web."""
    found = ipaddress.ip_address(address)
    inner = _inner(found)
    if inner is not None and not inner.is_global:
        return False
    if isinstance(found, ipaddress.IPv6Address) and inner is None and found not in UNICAST:
        return False
    return found.is_global and not found.is_multicast and port in PORTS.values()


def _inner(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The old address to which a new one leads, in the three ways that there are."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def fetch(url: str, *, allowed: Allowed = is_public, timeout: float = TIMEOUT, longest: float = LONGEST) -> Fetched:
    """The page at an address, after redirects. Raises FetchError."""
    for _step in range(MOST_REDIRECTS + 1):
        status, target, text = _once(_parts(url), allowed, timeout, longest)
        if status not in REDIRECTS or not target:
            return Fetched(status, text)
        url = _joined(url, target)
    raise FetchError("redirects")


def _joined(url: str, target: str) -> str:
    try:
        return urljoin(url, target)
    except ValueError:
        raise FetchError("address") from None


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        raise FetchError("address") from None
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password:
        raise FetchError("address")
    return parts


def _once(parts: SplitResult, allowed: Allowed, timeout: float, longest: float) -> tuple[int, str, str]:
    """Status, where it sends us, and the text."""
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    connection = _connection(parts.scheme, host, port, _address(host, port, allowed), timeout)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.connect()
        with _ended_after(connection, longest):
            connection.request(
                "GET", path.encode("ascii", "ignore").decode(), headers={"User-Agent": AGENT, "Accept": "text/*"}
            )
            answer = connection.getresponse()
            kind = answer.headers.get_content_type()
            body = answer.read(MOST_BYTES) if kind.startswith("text/") or kind == "application/xhtml+xml" else b""
        charset = answer.headers.get_content_charset() or "utf-8"
        return answer.status, answer.headers.get("Location", ""), _decoded(body, charset)
    except (OSError, http.client.HTTPException, ValueError):
        raise FetchError("network") from None
    finally:
        connection.close()


@contextmanager
def _ended_after(connection: http.client.HTTPConnection, seconds: float) -> Iterator[None]:
    """Whatever is read within is cut off after so many seconds. Raises TimeoutError then."""
    sock = connection.sock
    over = threading.Event()

    def cut() -> None:
        over.set()
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    if over.is_set():
        raise TimeoutError


def _address(host: str, port: int, allowed: Allowed) -> str:
    """The first address of a name; refused when any of them is not allowed."""
    try:
        found = [str(item[4][0]) for item in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise FetchError("name") from None
    if not found:
        raise FetchError("name")
    if not all(allowed(address, port) for address in found):
        raise FetchError("private")
    return found[0]


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was looked at, in the name of a host."""

    def __init__(self, host: str, port: int, address: str, timeout: float, context: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=timeout)
        self._address = address
        self._context = context

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host) if self._context else plain


def _connection(scheme: str, host: str, port: int, address: str, timeout: float) -> http.client.HTTPConnection:
    context = ssl.create_default_context() if scheme == "https" else None
    return _Pinned(host, port, address, timeout, context)


def _decoded(body: bytes, charset: str) -> str:
    try:
        return body.decode(charset, "replace")
    except LookupError:
        return body.decode("utf-8", "replace")
