"""What a file tells by accident is gone, and what it is for is still there."""

from __future__ import annotations

import io
import re
import struct
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Pdf
from PIL import Image
from tests.helpers import files as samples
from tests.helpers.cleaning import cleaned, refused

from baken.vault.files.cleaning import clean
from baken.vault.files.images import clean_image
from baken.vault.files.kinds import APART, HEAD, detect
from baken.vault.files.pdf import clean_pdf
from baken.vault.files.reasons import Reason, Unacceptable

SAMPLES: dict[str, Callable[[], bytes]] = {
    "image/jpeg": samples.jpeg,
    "image/png": samples.png,
    "image/gif": samples.gif,
    "image/webp": samples.webp,
    "image/bmp": samples.bmp,
    "application/pdf": samples.pdf,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": samples.docx,
    "application/vnd.oasis.opendocument.text": samples.odt,
    "video/mp4": samples.mp4,
    "audio/mpeg": samples.mp3,
    "audio/wav": samples.wav,
    "audio/ogg": samples.opus,
}


@pytest.mark.parametrize("media_type", SAMPLES)
def test_what_is_told_by_accident_is_gone(media_type):
    raw = SAMPLES[media_type]()
    found, content = cleaned(raw)
    assert found == {"image/bmp": "image/png"}.get(media_type, media_type)
    assert samples.CANARY in samples.unfolded(raw)
    assert samples.CANARY not in samples.unfolded(content)
    assert cleaned(content)[0] == found


def test_a_photo_is_upright_and_has_no_place():
    with Image.open(io.BytesIO(samples.jpeg())) as before:
        assert before.size == (40, 20)
        assert before.getexif().get_ifd(samples.GPS)
    with Image.open(io.BytesIO(cleaned(samples.jpeg())[1])) as after:
        assert after.size == (20, 40)
        assert not after.getexif()
        assert "icc_profile" not in after.info


def test_a_moving_picture_still_moves():
    with Image.open(io.BytesIO(cleaned(samples.gif(3))[1])) as after:
        assert (getattr(after, "n_frames", 0), after.info["duration"]) == (3, 70)


def test_a_pdf_keeps_its_page_its_chapters_and_its_own_links():
    with Pdf.open(io.BytesIO(clean_pdf(samples.pdf()))) as after:
        assert len(after.pages) == 1
        assert [item.title for item in after.open_outline().root] == ["Een", "Twee"]
        notes = list(after.pages[0].obj.Annots)
        assert [str(note.Subtype) for note in notes] == ["/Text", "/Link", "/Link", "/Link"]
        assert str(notes[0].Contents) == "Let op"
        assert ["/A" in note for note in notes] == [False, False, False, True]
        assert set(after.trailer.keys()) <= {
            "/Root",
            "/Size",
            "/ID",
            "/Prev",
            "/Length",
            "/Filter",
            "/W",
            "/Type",
            "/Index",
        }
        photo = after.pages[0].obj.Resources.XObject.Im0.read_raw_bytes()
    with Image.open(io.BytesIO(photo)) as inside:
        assert inside.size == (40, 20)


@pytest.mark.parametrize("way", ["docx", "odt"])
def test_a_document_keeps_its_text_and_stays_well_formed(way):
    raw = getattr(samples, way)()
    with zipfile.ZipFile(io.BytesIO(cleaned(raw)[1])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    assert b"De deur bleef op slot." in b"".join(parts.values())
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            # Prefixes are not declared in these small samples.
            ElementTree.fromstring(re.sub(rb"(?<=[</\s])\w+:(?=\w)", b"", content))


def test_a_word_document_keeps_what_word_insists_on():
    with zipfile.ZipFile(io.BytesIO(cleaned(samples.docx())[1])) as archive:
        relations = archive.read("word/_rels/document.xml.rels")
        body = archive.read("word/document.xml")
    assert b'Target="about:blank"' in relations
    assert b"https://example.org/" in relations
    assert b'mc:Ignorable="w14 w15"' in body
    assert b'w:author=""' in body
    assert b"rsid" not in body


def test_a_film_keeps_its_length_and_every_place_in_it():
    raw = samples.mp4(samples.track(), samples.track(b"soun", b"mp4a"), samples.track(b"meta", b"mebx"))
    content = cleaned(raw)[1]
    assert len(content) == len(raw)
    assert content.index(b"film") == raw.index(b"film")
    assert content.count(b"film") == raw.count(b"film")
    assert content.count(b"trak") == 2
    assert b"\xaa" not in content
    assert content.count(b"stco") == 2


@pytest.mark.parametrize("sample", [b"gpmd", b"camm", b"rtmd"])
def test_a_film_that_notes_places_at_each_moment_is_refused(sample):
    assert refused(samples.mp4(samples.track(), samples.track(b"meta", sample))) is Reason.HIDDEN_PLACES


def test_sound_passes_unchanged():
    assert cleaned(samples.mp3())[1] == samples.FRAME * 5
    assert b"data\x07\0\0\0" + b"\x80" * 7 in cleaned(samples.wav())[1]
    assert samples.ogg_page(2, b"\x08" * 300) in cleaned(samples.opus())[1]


def test_a_new_page_of_comments_has_its_checksum():
    page = cleaned(samples.opus())[1][47:]
    checksum = struct.unpack("<I", page[22:26])[0]
    assert page.startswith(b"OggS")
    # By the polynomial of Ogg, over the page with an empty checksum.
    assert checksum == _ogg_checksum(page[:44])


def _ogg_checksum(page: bytes) -> int:
    value = int.from_bytes(page[:22] + bytes(4) + page[26:44] + bytes(4), "big")
    for place in range(value.bit_length() - 1, 31, -1):
        if value >> place & 1:
            value ^= 0x104C11DB7 << (place - 32)
    return value


def test_text_passes_unchanged():
    text = "Wat ik zag: één tas, drie paspoorten.\r\n".encode() * 5000
    assert cleaned(text) == ("text/plain", text)


@pytest.mark.parametrize("text", ["BMW gezien om 10 uur", "MZ is de afkorting", "ID3 stond op de deur", "a"])
def test_a_sentence_is_a_text_whatever_it_begins_with(text):
    assert detect(text.encode()).media_type == "text/plain"


@settings(max_examples=300)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"ID3\x03", b"RIFF\xff\0\0\0WAVE", b"\0\0\0\x10ftypisom", b"OggS\0", b"%PDF-"]),
)
def test_whatever_comes_is_kept_or_refused(noise, start):
    raw = start + noise
    with suppress(Unacceptable):
        kind = detect(raw[:HEAD])
        if kind.way == "pdf":
            assert clean_pdf(raw).startswith(b"%PDF-")
        elif kind.way not in APART:
            assert len(b"".join(clean(io.BytesIO(raw), len(raw)).pieces)) <= len(raw) + 16


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_picture_or_film_is_kept_or_refused(data):
    for make, clean_it in (
        (samples.mp4, lambda raw: cleaned(raw)),
        (samples.png, lambda raw: clean_image(raw, "image/png")),
    ):
        raw = bytearray(make())
        for _ in range(data.draw(st.integers(1, 4))):
            raw[data.draw(st.integers(12, len(raw) - 1))] = data.draw(st.integers(0, 255))
        with suppress(Unacceptable):
            assert clean_it(bytes(raw))[0]
