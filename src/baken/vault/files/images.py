"""Images are read to pixels and written anew: place, camera, colour profile, comments and anything hung on stay behind."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps, ImageSequence

from baken.vault.files.reasons import Reason, Unacceptable

MOST_PIXELS = 64_000_000
"""Of all frames together: what a bomb would unfold to, and what still fits in the memory of the worker."""
MOST_FRAMES = 1000
_FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/bmp": "BMP",
}
_WITH_ALPHA = ("RGBA", "LA", "PA")
_JPEG_KEPT = frozenset({0xE0, 0xEE})
_PNG_DROPPED = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"iCCP"})


def clean_image(raw: bytes, media_type: str) -> tuple[str, bytes]:
    """The media type (BMP becomes PNG) and the bytes of the same picture, upright."""
    wanted = _FORMATS[media_type]
    # The format may be only the one that was seen, so that no rare decoder is reached by a trick.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(raw), formats=[wanted, "MPO"] if wanted == "JPEG" else [wanted]) as image:
                return _written(image, "PNG" if wanted == "BMP" else wanted)
        except Image.DecompressionBombError:
            raise Unacceptable(Reason.TOO_MUCH_INSIDE) from None
        except (OSError, ValueError, SyntaxError, struct.error, IndexError, KeyError):
            raise Unacceptable(Reason.DAMAGED) from None


def _written(image: Image.Image, wanted: str) -> tuple[str, bytes]:
    frames = getattr(image, "n_frames", 1) if wanted == "GIF" else 1
    if image.width * image.height * frames > MOST_PIXELS or frames > MOST_FRAMES:
        raise Unacceptable(Reason.TOO_MUCH_INSIDE)
    target = io.BytesIO()
    if wanted == "JPEG":
        _pixels(image, "L" if image.mode == "L" else "RGB").save(target, "JPEG", quality=92)
    elif frames > 1:
        pictures = list(_moving(image))
        durations = [int(picture.info.pop("duration", 100)) for picture in pictures]
        pictures[0].save(
            target, "GIF", save_all=True, append_images=pictures[1:], duration=durations, loop=0, disposal=2
        )
    else:
        see_through = image.mode in _WITH_ALPHA or "transparency" in image.info
        _pixels(image, "RGBA" if see_through else "RGB").save(target, wanted)
    return f"image/{wanted.lower()}", target.getvalue()


def _pixels(image: Image.Image, mode: str) -> Image.Image:
    """Only the pixels, turned the way the camera was held."""
    plain = ImageOps.exif_transpose(image).convert(mode)
    plain.info.clear()
    return plain


def _moving(image: Image.Image) -> Iterator[Image.Image]:
    for frame in ImageSequence.Iterator(image):
        plain = frame.convert("RGBA")
        plain.info = {"duration": frame.info.get("duration", 100)}
        yield plain


def strip_jpeg(raw: bytes) -> bytes:
    """The same JPEG inside another file, without EXIF, XMP, profiles and comments; not decoded."""
    kept, at = bytearray(raw[:2]), 2
    while at + 4 <= len(raw) and raw[at] == 0xFF and raw[at + 1] != 0xDA:
        marker, size = raw[at + 1], int.from_bytes(raw[at + 2 : at + 4], "big")
        after = at + 2 + size
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in _JPEG_KEPT:
            kept += raw[at:after]
        at = after
    end = raw.rfind(b"\xff\xd9")
    return bytes(kept + raw[at : end + 2 if end > at else len(raw)])


def strip_png(raw: bytes) -> bytes:
    """The same PNG inside another file, without texts, times and profiles; not decoded."""
    kept, at = bytearray(raw[:8]), 8
    while at + 12 <= len(raw):
        size, name = struct.unpack_from(">I4s", raw, at)
        after = at + 12 + size
        if name not in _PNG_DROPPED:
            kept += raw[at:after]
        at = after
        if name == b"IEND":
            break
    return bytes(kept)
