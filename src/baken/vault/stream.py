"""Files, sealed while they pass by: chunks of 64 KiB through libsodium's secretstream, never whole in memory or in clear.

Upload: a `SealingWriter` in an upload handler, or a `SealingReader` for a storage that reads. Download: an
`OpeningReader`. Each chunk is checked before it is given; that the file was cut off shows only at its end, so a download
must break off on an error, and what arrived before must not count as the file.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from types import TracebackType
from typing import BinaryIO, Protocol, Self

from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_ABYTES as CHUNK_OVERHEAD,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_HEADERBYTES as HEADER_BYTES,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_init_push,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_TAG_FINAL as FINAL,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_TAG_MESSAGE as MESSAGE,
)
from nacl.exceptions import CryptoError

from baken.vault.context import Context
from baken.vault.envelope import START_BYTES, STREAM, label_size, new_label, read_label
from baken.vault.errors import Tampered, UnknownFormat
from baken.vault.secret import Secret, derive

CHUNK = 64 * 1024
SEALED_CHUNK = CHUNK + CHUNK_OVERHEAD


class Readable(Protocol):
    """Something that gives at most so many bytes, and none at its end."""

    def read(self, size: int, /) -> bytes:
        """The next bytes."""


class _Sealer:
    """One stream of chunks under one key."""

    def __init__(self, key: Secret, context: Context) -> None:
        label = new_label(STREAM, key, context)
        self._bound = label.bound(context)
        self._state = crypto_secretstream_xchacha20poly1305_state()
        header = crypto_secretstream_xchacha20poly1305_init_push(self._state, derive(key.reveal(), "baken.stream"))
        self.start = label.raw + header

    def chunk(self, plain: bytes, *, last: bool) -> bytes:
        tag = FINAL if last else MESSAGE
        return crypto_secretstream_xchacha20poly1305_push(self._state, plain, self._bound, tag)


def seal_chunks(source: Readable, key: Secret, context: Context) -> Iterator[bytes]:
    """The sealed bytes of a file, piece by piece."""
    sealer = _Sealer(key, context)
    yield sealer.start
    plain = _take(source, CHUNK)
    while following := _take(source, CHUNK):
        yield sealer.chunk(plain, last=False)
        plain = following
    yield sealer.chunk(plain, last=True)


def open_chunks(source: Readable, key: Secret, context: Context) -> Iterator[bytes]:
    """The bytes of a sealed file, piece by piece. UnknownFormat, WrongContext, WrongKey and Tampered as for a text."""
    start = _take(source, START_BYTES)
    if len(start) < START_BYTES:
        raise UnknownFormat("not a sealed file")
    label = read_label(STREAM, start + _take(source, label_size(start) - START_BYTES))
    label.check(key, context)
    header = _take(source, HEADER_BYTES)
    if len(header) < HEADER_BYTES:
        raise Tampered("cut off")
    state = crypto_secretstream_xchacha20poly1305_state()
    crypto_secretstream_xchacha20poly1305_init_pull(state, header, derive(key.reveal(), "baken.stream"))
    tag = MESSAGE
    while tag != FINAL:
        try:
            plain, tag = crypto_secretstream_xchacha20poly1305_pull(
                state, _take(source, SEALED_CHUNK), label.bound(context)
            )
        except CryptoError:
            raise Tampered("changed, cut off or in another order") from None
        if tag == FINAL and _take(source, 1):
            raise Tampered("something was added")
        yield plain


class _ChunkReader(io.RawIOBase):
    """A file to read from, made of pieces."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Fill as much of the buffer as the piece at hand allows; 0 at the end."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


class SealingReader(_ChunkReader):
    """Reads a clear file and gives its sealed bytes."""

    def __init__(self, source: Readable, key: Secret, context: Context) -> None:
        super().__init__(seal_chunks(source, key, context))


class OpeningReader(_ChunkReader):
    """Reads a sealed file and gives its clear bytes."""

    def __init__(self, source: Readable, key: Secret, context: Context) -> None:
        super().__init__(open_chunks(source, key, context))


class SealingWriter:
    """Takes clear bytes as they come and writes sealed ones. Only `close` makes the file whole; an error leaves it torn."""

    def __init__(self, target: BinaryIO, key: Secret, context: Context) -> None:
        self._target = target
        self._sealer = _Sealer(key, context)
        self._waiting = bytearray()
        self._closed = False
        target.write(self._sealer.start)

    def write(self, data: bytes) -> int:
        """Take any number of bytes; ValueError after `close`."""
        if self._closed:
            raise ValueError("this file is closed")
        self._waiting += data
        # A full chunk waits until we know that it is not the last.
        while len(self._waiting) > CHUNK:
            self._target.write(self._sealer.chunk(bytes(self._waiting[:CHUNK]), last=False))
            del self._waiting[:CHUNK]
        return len(data)

    def close(self) -> None:
        """Write the last chunk, which says that it is the last. Leaves the target open."""
        if not self._closed:
            self._closed = True
            self._target.write(self._sealer.chunk(bytes(self._waiting), last=True))
            self._waiting.clear()

    def abandon(self) -> None:
        """Stop without making the file whole: what was written never opens to its end."""
        self._closed = True
        self._waiting.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        else:
            self.abandon()


def plain_size(sealed_size: int) -> int:
    """How long a sealed file is when it is opened, for the length of a download."""
    body = sealed_size - (label_size(bytes(START_BYTES)) + HEADER_BYTES)
    chunks = max(1, -(-body // SEALED_CHUNK))
    return body - chunks * CHUNK_OVERHEAD


def _take(source: Readable, size: int) -> bytes:
    """Exactly so many bytes, or all that are left: a read may give less than it was asked for."""
    parts: list[bytes] = []
    while size > 0 and (part := source.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
