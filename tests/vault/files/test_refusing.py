"""What is not taken, each with the reason that helps; and the worker that looks at it can do no harm."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Pdf
from PIL import Image
from tests.helpers import files as samples
from tests.helpers.cleaning import refused

from baken.vault.files import cleaning, office, worker
from baken.vault.files.cleaning import MOST_APART
from baken.vault.files.kinds import KINDS
from baken.vault.files.reasons import Reason

SCRIPT = b"<script>alert(1)</script>"
REFUSED = {
    "nothing": (b"", Reason.EMPTY),
    "svg with script": (b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>", Reason.MARKUP),
    "svg with a mark in front": (b"\xef\xbb\xbf\n <?xml version='1.0'?><svg/>", Reason.MARKUP),
    "web page": (b"<!DOCTYPE html><p>" + SCRIPT, Reason.MARKUP),
    "zip": (samples.zip_of({"a.txt": b"a"}), Reason.ARCHIVE),
    "gzip": (b"\x1f\x8b\x08" + bytes(50), Reason.ARCHIVE),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(50), Reason.ARCHIVE),
    "windows program": (b"MZ\x90\x00" + bytes(100), Reason.PROGRAM),
    "linux program": (b"\x7fELF" + bytes(100), Reason.PROGRAM),
    "shell script": (b"#!/bin/sh\nrm -rf /\n", Reason.PROGRAM),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), Reason.OLD_OFFICE),
    "phone picture": (b"\0\0\0\x18ftypheic" + bytes(100), Reason.PHONE_PICTURE),
    "other film": (b"\0\0\0\x18ftypXXXX" + bytes(100), Reason.UNKNOWN),
    "rich text": (rb"{\rtf1 hello}", Reason.UNKNOWN),
    "GIF that is JavaScript": (b"GIF89a=1;/*" + bytes(50) + b"*/alert(1)", Reason.DAMAGED),
    "PDF after something": (b"Hello\n%PDF-1.7\n1 0 obj", Reason.TWO_IN_ONE),
    "PDF inside a film": (samples.box(b"ftyp", b"isom%PDF-1.7"), Reason.TWO_IN_ONE),
    "PDF that is none": (b"%PDF-1.7\nnothing follows", Reason.DAMAGED),
    "UTF-16": ("hallo".encode("utf-16"), Reason.NOT_UTF8),
    "Latin-1": ("één tas".encode("latin-1"), Reason.NOT_UTF8),
    "text that turns": (b"a" * 10_000 + b"\x00", Reason.NOT_UTF8),
    "text cut in a letter": (b"a" * 10_000 + b"\xc3", Reason.NOT_UTF8),
    "film cut off": (samples.mp4()[:-5], Reason.DAMAGED),
    "film without contents": (samples.box(b"ftyp", b"isom"), Reason.DAMAGED),
    "film with a zip behind it": (samples.mp4() + samples.zip_of({"a": b"a"}), Reason.DAMAGED),
    "mp3 of tags alone": (samples.mp3(0), Reason.DAMAGED),
    "mp3 with much behind it": (samples.mp3() + bytes(2_000_000), Reason.DAMAGED),
    "wav with a false length": (b"RIFF\xff\0\0\0WAVEdata\xff\xff\0\0" + bytes(300), Reason.DAMAGED),
    "opus without comments": (samples.ogg_page(0, b"OpusHead" + bytes(11)), Reason.DAMAGED),
    "docx with macros": (samples.docx(**{"word/vbaProject.bin": b"x"}), Reason.MACROS),
    "docm": (
        samples.docx(**{"[Content_Types].xml": '<Types ContentType="application/vnd.ms-word.document.macroEnabled"/>'}),
        Reason.MACROS,
    ),
    "docx with a program inside": (samples.docx(**{"word/embeddings/a.bin": b"MZ" + bytes(9)}), Reason.EMBEDDED),
    "docx with a path out": (samples.docx(**{"word/../../etc/passwd": b"x"}), Reason.DAMAGED),
    "docx with entities": (samples.docx(**{"word/x.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]>"}), Reason.DAMAGED),
    "docx with a foreign part": (samples.docx(**{"evil.html": "x"}), Reason.EMBEDDED),
    "odt with macros": (samples.odt(**{"Basic/script-lc.xml": "<x/>"}), Reason.MACROS),
    "odt with a listener": (samples.odt(**{"content.xml": "<script:event-listener/>"}), Reason.MACROS),
    "odt with a password": (samples.odt(**{"META-INF/manifest.xml": "<manifest:encryption-data/>"}), Reason.PROTECTED),
    "zip bomb": (samples.docx(**{"word/media/a.bmp": bytes(office.MOST_UNFOLDED + 1)}), Reason.TOO_MUCH_INSIDE),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused_with_a_reason_that_helps(what):
    raw, reason = REFUSED[what]
    assert refused(raw) is reason


def test_a_zip_that_lies_about_its_size_is_counted():
    raw = samples.docx(**{"word/media/a.bmp": bytes(office.MOST_UNFOLDED + 1)})
    true, lie = struct.pack("<I", office.MOST_UNFOLDED + 1), struct.pack("<I", 10)
    assert refused(raw.replace(true, lie)) in (Reason.DAMAGED, Reason.TOO_MUCH_INSIDE)


def test_a_picture_that_unfolds_to_too_much_is_refused():
    target = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(target, "PNG")
    assert refused(target.getvalue()) is Reason.TOO_MUCH_INSIDE


def test_a_pdf_with_a_password_is_refused():
    target = io.BytesIO()
    with Pdf.open(io.BytesIO(samples.pdf())) as made:
        made.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert refused(target.getvalue()) is Reason.PROTECTED


def test_what_must_be_taken_apart_may_not_be_large():
    raw = samples.jpeg() + bytes(MOST_APART)
    assert refused(raw) is Reason.TOO_BIG_TO_CLEAN


def test_a_worker_that_is_stopped_refuses(monkeypatch):
    monkeypatch.setattr(cleaning, "PATIENCE", 0.0)
    assert refused(samples.jpeg()) is Reason.TOO_MUCH_INSIDE


def test_a_worker_can_write_no_file_take_no_memory_and_start_nothing(tmp_path):
    program = (
        "import sys, subprocess; from baken.vault.files.worker import confine; confine()\n"
        "def fails(action):\n"
        "    try: action()\n"
        "    except (OSError, MemoryError): return True\n"
        "print(fails(lambda: open(sys.argv[1], 'wb', buffering=0).write(b'clear')), fails(lambda: bytearray(2 * 1024**3)))"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "clear")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() == ["True", "True"]
    assert (tmp_path / "clear").read_bytes() == b""


def test_a_worker_gets_no_settings_of_ours(monkeypatch):
    monkeypatch.setenv("BAKEN_SECRET_KEY", samples.WORD)
    with cleaning._worker(KINDS["image/png"]) as running:
        assert samples.CANARY not in Path(f"/proc/{running.pid}/environ").read_bytes()


def test_the_worker_answers_on_its_standard_output():
    target = io.BytesIO()
    assert worker.main("image", "image/png", io.BytesIO(samples.png()), target) == 0
    assert target.getvalue().startswith(b"ok image/png\n\x89PNG")
    target = io.BytesIO()
    assert worker.main("image", "image/png", io.BytesIO(b"x"), target) == 0
    assert target.getvalue() == b"no damaged\n"
