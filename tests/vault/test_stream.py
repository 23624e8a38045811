"""A file is sealed while it passes by: any size, little memory, and whatever is done to it shows."""

from __future__ import annotations

import dataclasses
import io
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.bindings import crypto_secretstream_xchacha20poly1305_HEADERBYTES as HEADER_BYTES
from tests.helpers.damage import CONTEXT, damaged

from baken.vault.envelope import label_size
from baken.vault.errors import Tampered, UnknownFormat, VaultError, WrongContext, WrongKey
from baken.vault.sealing import seal
from baken.vault.secret import Secret
from baken.vault.stream import (
    CHUNK,
    SEALED_CHUNK,
    OpeningReader,
    SealingReader,
    SealingWriter,
    open_chunks,
    plain_size,
    seal_chunks,
)

HEAD = label_size(bytes(6)) + HEADER_BYTES
KEY = Secret(bytes(range(32)))
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7]


def sealed_file(plain: bytes) -> bytes:
    return b"".join(seal_chunks(io.BytesIO(plain), KEY, CONTEXT))


def opened(sealed: bytes) -> bytes:
    return b"".join(open_chunks(io.BytesIO(sealed), KEY, CONTEXT))


def upload_that_breaks_off(target: io.BytesIO) -> None:
    with SealingWriter(target, KEY, CONTEXT) as writer:
        writer.write(b"x" * 3 * CHUNK)
        raise ConnectionResetError


class Dripping:
    """A source that gives less than it is asked for, as a socket does."""

    def __init__(self, content: bytes) -> None:
        self._content = io.BytesIO(content)

    def read(self, size: int, /) -> bytes:
        return self._content.read(min(size, 1000))


class Zeros:
    """A clear file of any size that takes no memory."""

    def __init__(self, size: int) -> None:
        self.left = size

    def read(self, size: int, /) -> bytes:
        size = min(size, self.left)
        self.left -= size
        return bytes(size)


class Counter(io.RawIOBase):
    """Counts what is written and keeps nothing."""

    size = 0

    def writable(self) -> bool:
        return True

    def write(self, data, /) -> int:
        self.size += len(data)
        return len(data)


@pytest.mark.parametrize("size", SIZES)
def test_file_of_any_size_opens_again(size):
    plain = bytes(range(256)) * (size // 256) + bytes(size % 256)
    sealed = sealed_file(plain)

    assert opened(sealed) == plain
    assert plain_size(len(sealed)) == size
    assert b"".join(open_chunks(Dripping(sealed), KEY, CONTEXT)) == plain


@pytest.mark.parametrize("size", SIZES)
def test_readers_behave_as_files(size):
    plain = b"x" * size
    sealing = SealingReader(Dripping(plain), KEY, CONTEXT)
    opening = OpeningReader(io.BytesIO(sealing.read()), KEY, CONTEXT)

    assert opening.readable()
    assert not opening.seekable()
    assert opening.read(10) == plain[:10]
    assert opening.read() == plain[10:]
    assert opening.read() == b""


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 2 * CHUNK), max_size=5))
def test_writer_takes_pieces_of_any_size(sizes):
    target = io.BytesIO()

    with SealingWriter(target, KEY, CONTEXT) as writer:
        assert [writer.write(b"x" * size) for size in sizes] == sizes

    assert opened(target.getvalue()) == b"x" * sum(sizes)
    assert plain_size(len(target.getvalue())) == sum(sizes)


def test_writer_is_closed_once():
    target = io.BytesIO()
    writer = SealingWriter(target, KEY, CONTEXT)
    writer.close()
    writer.close()

    assert opened(target.getvalue()) == b""
    with pytest.raises(ValueError, match="closed"):
        writer.write(b"more")


def test_upload_that_breaks_off_leaves_no_file_that_opens():
    target = io.BytesIO()

    with pytest.raises(ConnectionResetError):
        upload_that_breaks_off(target)

    with pytest.raises(Tampered):
        opened(target.getvalue())


def test_any_damage_to_a_small_file_shows():
    for sealed in damaged(sealed_file(b"a small file")):
        with pytest.raises(VaultError):
            opened(sealed)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_damage_anywhere_in_a_large_file_shows(data):
    sealed = bytearray(sealed_file(bytes(2 * CHUNK + 5)))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))

    with pytest.raises(VaultError):
        opened(bytes(sealed))


@pytest.mark.parametrize(
    "order", [(0, 1), (0, 1, 2), (1, 0, 2, 3), (0, 2, 1, 3), (0, 1, 3), (0, 0, 1, 2, 3), (0, 1, 2, 3, 3), (3,), ()]
)
def test_chunks_left_out_repeated_or_reordered_show(order):
    sealed = sealed_file(b"x" * (3 * CHUNK + 7))
    chunks = [sealed[start : start + SEALED_CHUNK] for start in range(HEAD, len(sealed), SEALED_CHUNK)]

    with pytest.raises(Tampered):
        opened(sealed[:HEAD] + b"".join(chunks[place] for place in order))


def test_chunk_of_another_file_does_not_fit():
    one, other = sealed_file(b"x" * 2 * CHUNK), sealed_file(b"y" * 2 * CHUNK)

    with pytest.raises(Tampered):
        opened(one[: HEAD + SEALED_CHUNK] + other[HEAD + SEALED_CHUNK :])
    with pytest.raises(Tampered):
        opened(one[: HEAD - HEADER_BYTES] + other[HEAD - HEADER_BYTES : HEAD] + one[HEAD:])


@pytest.mark.parametrize(
    "change", [{"kind": "note"}, {"id": "x"}, {"field": "x"}, {"organisation": ""}, {"version": 2}]
)
def test_file_opens_nowhere_else(change):
    elsewhere = dataclasses.replace(CONTEXT, **change)

    with pytest.raises(WrongContext):
        next(open_chunks(io.BytesIO(sealed_file(b"x")), KEY, elsewhere))


def test_file_opens_with_its_own_key_only():
    with pytest.raises(WrongKey):
        next(open_chunks(io.BytesIO(sealed_file(b"x")), Secret.random(), CONTEXT))


def test_sealed_text_is_not_a_file():
    sealed = seal(b"a text", CONTEXT)

    with pytest.raises(UnknownFormat):
        next(open_chunks(io.BytesIO(sealed.envelope), sealed.key, CONTEXT))


def test_first_chunk_of_a_single_chunk_file_waits_for_the_end():
    """Something behind the last chunk is seen before that chunk is given."""
    pieces = open_chunks(io.BytesIO(sealed_file(b"x" * CHUNK) + b"x"), KEY, CONTEXT)

    with pytest.raises(Tampered):
        next(pieces)


@pytest.mark.slow
def test_hundred_megabytes_take_little_memory():
    target = Counter()
    sealing = SealingReader(Zeros(100_000_000), KEY, CONTEXT)
    opening = OpeningReader(sealing, KEY, CONTEXT)

    tracemalloc.start()
    with SealingWriter(target, KEY, CONTEXT) as writer:  # type: ignore[arg-type]
        while piece := opening.read(CHUNK):
            writer.write(piece)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert plain_size(target.size) == 100_000_000
    assert peak < 2_000_000
