"""Look ahead in a file that passes by once, a piece at a time."""

from __future__ import annotations

from collections.abc import Iterator

from baken.vault.files.reasons import Reason, Unacceptable
from baken.vault.stream import CHUNK, Readable


class Peekable:
    """A source of bytes that can be looked at before it is taken. Holds what was peeked at and one piece, no more."""

    def __init__(self, source: Readable) -> None:
        self._source = source
        self._held = b""
        self._at = 0

    def peek(self, size: int) -> bytes:
        """The next bytes, which stay; fewer only at the end."""
        while len(self._held) - self._at < size and (piece := self._source.read(CHUNK)):
            self._held = self._held[self._at :] + piece
            self._at = 0
        return self._held[self._at : self._at + size]

    def take(self, size: int) -> bytes:
        """The next bytes; fewer only at the end."""
        taken = self.peek(size)
        self._at += len(taken)
        return taken

    def exactly(self, size: int) -> bytes:
        """The next bytes, or Unacceptable when the file ends before."""
        taken = self.take(size)
        if len(taken) < size:
            raise Unacceptable(Reason.DAMAGED)
        return taken

    def pieces(self, size: int | None = None) -> Iterator[bytes]:
        """The next so many bytes, or all that are left, piece by piece; fewer only at the end."""
        while (size is None or size > 0) and (piece := self.take(CHUNK if size is None else min(CHUNK, size))):
            size = None if size is None else size - len(piece)
            yield piece

    def exact_pieces(self, size: int) -> Iterator[bytes]:
        """As `pieces`, or Unacceptable when the file ends before."""
        for piece in self.pieces(size):
            size -= len(piece)
            yield piece
        if size:
            raise Unacceptable(Reason.DAMAGED)


def zeros(size: int) -> Iterator[bytes]:
    """So many zero bytes, piece by piece."""
    while size > 0:
        yield bytes(min(CHUNK, size))
        size -= CHUNK
