"""A thing that is sealed in tests, and every way to damage its bytes."""

from __future__ import annotations

from collections.abc import Iterator

from baken.vault.context import Context

CONTEXT = Context(kind="report", id="0b5c9a52-6f0c-4d6b-8a2b-0d3c6f6f9b11", field="facts", organisation="org-1")


def damaged(envelope: bytes) -> Iterator[bytes]:
    """The envelope with each byte changed in turn, cut off at each length, and with something before or behind."""
    for place in range(len(envelope)):
        for mask in (0x01, 0x80):
            changed = bytearray(envelope)
            changed[place] ^= mask
            yield bytes(changed)
        yield envelope[:place]
    yield envelope + b"\x00"
    yield b"\x00" + envelope
