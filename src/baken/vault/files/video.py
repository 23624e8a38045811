"""MP4, QuickTime, 3GP and M4A: names, places, times and pictures beside the film become empty boxes of the same length.

Nothing moves, so the offsets inside stay right and a film of any length passes in pieces. Only the table of contents
(`moov`) is held in memory, up to `MOST_HELD`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from baken.vault.files.reading import Peekable, zeros
from baken.vault.files.reasons import Reason, Unacceptable

MOST_HELD = 16 * 1024 * 1024
_PASSED = (b"mdat",)
_HELD = (b"ftyp", b"styp", b"moov", b"moof", b"mfra", b"sidx")
_CONTAINERS = frozenset((b"moov trak mdia minf stbl edts dinf mvex tapt moof traf mfra").split())
_LEAVES = frozenset(
    (
        b"mvhd tkhd mdhd hdlr vmhd smhd hmhd dref stsd stts ctts cslg stss stsc stsz stz2 stco co64 sdtp sgpd sbgp subs "
        b"elst iods trex mehd tfhd tfdt trun mfhd tfra mfro clef prof enof stps"
    ).split()
)
_WITH_TIMES = (b"mvhd", b"tkhd", b"mdhd")
_PLAYED = (b"vide", b"soun")
# Tracks of cameras with a place for every moment; their samples lie among those of the film.
_PLACES = (b"gpmd", b"camm", b"rtmd", b"location")
_DEEPEST = 8


@dataclass(frozen=True)
class _Box:
    name: bytes
    head: bytes
    body: int


def clean_mp4(source: Peekable, size: int) -> Iterator[bytes]:
    """The same number of bytes, without what is told by accident. ``size`` is the length of the whole file."""
    left, seen = size, set[bytes]()
    while left > 0:
        box = _next_box(source, left)
        if not seen and box.name != b"ftyp":
            raise Unacceptable(Reason.DAMAGED)
        seen.add(box.name)
        yield from _cleaned(source, box)
        left -= len(box.head) + box.body
    if b"moov" not in seen:
        raise Unacceptable(Reason.DAMAGED)


def _next_box(source: Peekable, left: int) -> _Box:
    head = source.exactly(8)
    size, name = struct.unpack(">I4s", head)
    if size == 1:
        head += source.exactly(8)
        size = struct.unpack(">Q", head[8:])[0]
    elif size == 0:
        size = left
    if not len(head) <= size <= left:
        raise Unacceptable(Reason.DAMAGED)
    return _Box(name, head, size - len(head))


def _cleaned(source: Peekable, box: _Box) -> Iterator[bytes]:
    if box.name in _PASSED:
        yield box.head
        yield from source.exact_pieces(box.body)
    elif box.name in _HELD:
        if box.body > MOST_HELD:
            raise Unacceptable(Reason.TOO_MUCH_INSIDE)
        body = bytearray(source.exactly(box.body))
        if box.name in _CONTAINERS:
            _clean_inside(body, 0, len(body), 1)
        yield box.head
        yield bytes(body)
    else:
        yield box.head[:4] + b"free" + box.head[8:]
        for _piece in source.exact_pieces(box.body):
            pass
        yield from zeros(box.body)


def _clean_inside(held: bytearray, start: int, end: int, depth: int) -> None:
    """Clean the boxes between two places."""
    for name, box, body, after in _boxes(held, start, end):
        if name in _CONTAINERS and depth < _DEEPEST and not (name == b"trak" and _is_hidden(held, body, after)):
            _clean_inside(held, body, after, depth + 1)
        elif name not in _LEAVES:
            held[box + 4 : box + 8] = b"free"
            held[body:after] = bytes(after - body)
        elif name in _WITH_TIMES:
            times = 16 if held[body : body + 1] == b"\x01" else 8
            _blank(held, body + 4, min(body + 4 + times, after))
        elif name == b"hdlr":
            _blank(held, body + 12, after)


def _boxes(held: bytearray, start: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Name, and where a box, its body and what comes after it begin."""
    while end - start >= 8:
        size, name = struct.unpack_from(">I4s", held, start)
        body = start + 8
        if size == 1 and end - start >= 16:
            size, body = struct.unpack_from(">Q", held, start + 8)[0], start + 16
        if not body - start <= size <= end - start:
            raise Unacceptable(Reason.DAMAGED)
        yield bytes(name), start, body, start + size
        start += size
    # QuickTime may end a list with four zero bytes; anything else there has no business.
    _blank(held, start, end)


def _is_hidden(held: bytearray, start: int, end: int) -> bool:
    """A track that is neither seen nor heard. Refused when it tells places, because its samples would stay."""
    handler = held.find(b"hdlr", start, end)
    if handler != -1 and bytes(held[handler + 12 : handler + 16]) in _PLAYED:
        return False
    if any(held.find(word, start, end) != -1 for word in _PLACES):
        raise Unacceptable(Reason.HIDDEN_PLACES)
    return True


def _blank(held: bytearray, start: int, end: int) -> None:
    held[start:end] = bytes(max(0, end - start))
