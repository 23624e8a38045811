"""Sound: MP3, WAV and Opus in Ogg. The sound itself passes; titles, names, places and pictures beside it do not."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from baken.vault.files.reading import Peekable, zeros
from baken.vault.files.reasons import Reason, Unacceptable
from baken.vault.stream import CHUNK

# Kilobits per second of layer III, by the four bits in a frame: MPEG 1, and MPEG 2 and 2.5.
_RATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_RATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
_SAMPLES = {3: (44100, 48000, 32000, 0), 2: (22050, 24000, 16000, 0), 0: (11025, 12000, 8000, 0)}
_TRAILER = 1024 * 1024
_KEPT_IN_WAV = (b"fmt ", b"data", b"fact")
_MOST_WAV_CHUNKS = 10_000
_OPUS_TAGS = b"OpusTags"
_NO_OPUS_TAGS = _OPUS_TAGS + bytes(8)


def frame_size(header: bytes) -> int:
    """Length of an MP3 frame by its first four bytes; 0 when it is none."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return 0
    version = header[1] >> 3 & 3
    rate = (_RATES_1 if version == 3 else _RATES_2)[header[2] >> 4]
    samples = _SAMPLES.get(version, (0, 0, 0, 0))[header[2] >> 2 & 3]
    if not rate or not samples:
        return 0
    return (144 if version == 3 else 72) * rate * 1000 // samples + (header[2] >> 1 & 1)


def starts_as_mp3(head: bytes) -> bool:
    """A tag in front, or two frames in a row."""
    if head.startswith(b"ID3") and head[3:4] in (b"\x02", b"\x03", b"\x04"):
        return True
    size = frame_size(head[:4])
    return bool(size and frame_size(head[size : size + 4]))


def clean_mp3(source: Peekable) -> Iterator[bytes]:
    """The frames and nothing else: tags before and behind fall away, as does anything that was hung on to the end."""
    _skip_tags(source)
    ready, frames = bytearray(), 0
    while size := frame_size(source.peek(4)):
        frame = source.take(size)
        if len(frame) < size:
            break
        frames += 1
        ready += frame
        if len(ready) >= CHUNK:
            yield bytes(ready)
            ready.clear()
    if frames < 2 or sum(map(len, source.pieces(_TRAILER + 1))) > _TRAILER:
        raise Unacceptable(Reason.DAMAGED)
    yield bytes(ready)


def _skip_tags(source: Peekable) -> None:
    while (head := source.peek(10)).startswith(b"ID3") and len(head) == 10:
        size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
        footer = 10 if head[5] & 0x10 else 0
        for _piece in source.exact_pieces(10 + size + footer):
            pass
    while source.peek(1) == b"\x00":
        source.take(1)


def clean_wav(source: Peekable) -> Iterator[bytes]:
    """The same length up to the end of the sound; every other chunk becomes an empty JUNK chunk."""
    head = source.exactly(12)
    left = struct.unpack("<I", head[4:8])[0] - 4
    yield head
    seen: list[bytes] = []
    while left >= 8 and len(seen) < _MOST_WAV_CHUNKS:
        name, size = struct.unpack("<4sI", source.exactly(8))
        padded = size + size % 2
        if padded > left - 8:
            raise Unacceptable(Reason.DAMAGED)
        keep = name in _KEPT_IN_WAV and name not in seen
        yield struct.pack("<4sI", name if keep else b"JUNK", size)
        yield from source.exact_pieces(padded) if keep else _blank(source, padded)
        seen.append(name)
        left -= 8 + padded
    if not {b"fmt ", b"data"} <= set(seen) or left > 0:
        raise Unacceptable(Reason.DAMAGED)


def _blank(source: Peekable, size: int) -> Iterator[bytes]:
    for _piece in source.exact_pieces(size):
        pass
    yield from zeros(size)


def clean_opus(source: Peekable) -> Iterator[bytes]:
    """The pages of one Opus stream, with an empty page of comments. What is no page ends it and falls away."""
    first = _page(source)
    if first is None or not first[28:].startswith(b"OpusHead"):
        raise Unacceptable(Reason.DAMAGED)
    comments = _page(source)
    # Comments that fill more than one page hold a picture; numbering all other pages anew is not worth it.
    if comments is None or _OPUS_TAGS not in comments[27:300] or comments[26] == 255:
        raise Unacceptable(Reason.DAMAGED)
    yield first
    yield _with_checksum(comments[:26] + bytes([1, len(_NO_OPUS_TAGS)]) + _NO_OPUS_TAGS)
    serial, pages = first[14:18], 0
    while (page := _page(source)) and page[14:18] == serial:
        pages += 1
        yield page
    if not pages or sum(map(len, source.pieces(_TRAILER + 1))) > _TRAILER:
        raise Unacceptable(Reason.DAMAGED)


def _page(source: Peekable) -> bytes | None:
    """One Ogg page, with its head of 27 bytes and its table of lengths; None when there is none."""
    head = source.peek(27)
    if len(head) < 27 or not head.startswith(b"OggS\x00"):
        return None
    table = source.peek(27 + head[26])[27:]
    return source.exactly(27 + head[26] + sum(table))


def _with_checksum(page: bytes) -> bytes:
    blank = page[:22] + bytes(4) + page[26:]
    checksum = 0
    for byte in blank:
        checksum ^= byte << 24
        for _bit in range(8):
            checksum = (checksum << 1 ^ 0x04C11DB7 if checksum & 0x80000000 else checksum << 1) & 0xFFFFFFFF
    return blank[:22] + struct.pack("<I", checksum) + blank[26:]
