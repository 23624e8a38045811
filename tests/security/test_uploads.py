"""Bad files through the real form of a report: refused with a reason, or kept without what they carried; never run."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from tests.helpers.attack import Target
from tests.helpers.clamd import clamd
from tests.helpers.files import CANARY, EICAR, docx, jpeg, zip_of
from tests.helpers.reporting import send

from baken.reports.models import Attachment, Report
from baken.vault.models import Sealed

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path) -> Iterator[None]:
    """Other tests write at the same time; what is left behind here is ours."""
    with override_settings(BAKEN_FILES=tmp_path):
        yield


def bomb() -> bytes:
    """A picture of 30,000 by 30,000 points in some kilobytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(90_000))) + chunk(b"IEND", b"")
    )


REFUSED = {
    "svg with script": ("kaart.svg", SVG),
    "svg called picture": ("kaart.jpg", SVG),
    "page": ("lees.html", HTML),
    "program": ("foto.jpg", b"MZ" + bytes(500)),
    "script": ("a.sh", b"#!/bin/sh\nrm -rf /\n" + bytes([0])),
    "archive": ("a.zip", zip_of({"../../etc/passwd": b"x"})),
    "bomb in a document": ("a.docx", docx(**{"word/document.xml": "<w:document>" + " " * 200_000_000})),
    "bomb of a picture": ("a.png", bomb()),
    "document with macros": ("a.docm", docx(**{"word/vbaProject.bin": b"macro"})),
    "nothing": ("leeg.jpg", b""),
}


def kept(target: Target, name: str, content: bytes) -> Any:
    """Send a report with one file; the answer."""
    before = Attachment.objects.count()
    file = SimpleUploadedFile(name, content, "image/jpeg")
    return send(Client(), target.sharing.world, files=file, seen="1"), Attachment.objects.count() - before


def downloaded(target: Target, response: Any) -> tuple[bytes, Any]:
    report = Report.objects.get(reference=response.context["report"].reference)
    row = report.attachments.get()
    path = f"/nl/organisation/{report.organisation_id}/inbox/{report.pk}/file/{row.pk}/"
    given: Any = target.signed_in("bas").get(path)
    return b"".join(given.streaming_content), given


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_made_safe_is_refused_and_the_words_stay(target: Target, case: str) -> None:
    files = list(settings.BAKEN_FILES.rglob("*"))
    answer, count = kept(target, *REFUSED[case])
    if answer.status_code == 200 and count:
        # Kept, then only as what it is without what it carried: as text or as a document, never as a page or a program.
        content, given = downloaded(target, answer)
        assert given["Content-Disposition"].startswith("attachment")
        assert given["Content-Type"].startswith(("text/plain", "application/vnd"))
        assert b"macro" not in content
        return
    assert (answer.status_code, count) == (422, 0)
    assert "kanarie feit" in answer.content.decode()
    assert [path for path in settings.BAKEN_FILES.rglob("*") if path not in files and path.is_file()] == []


def test_a_virus_is_refused_when_a_scanner_looks(target: Target) -> None:
    with clamd() as (place, seen), override_settings(BAKEN_CLAMD=place):
        answer, count = kept(target, "brief.txt", b"Beste collega,\n" + EICAR)
    assert (answer.status_code, count) == (422, 0)
    assert seen
    assert b"EICAR" not in answer.content


def test_a_silent_scanner_lets_nothing_through(target: Target) -> None:
    with override_settings(BAKEN_CLAMD="127.0.0.1:1"):
        answer, count = kept(target, "brief.txt", b"Beste collega")
    assert (answer.status_code, count) == (422, 0)


def test_two_kinds_in_one_come_back_as_one(target: Target) -> None:
    """A picture that is an archive, a page and a script behind its end."""
    answer, _count = kept(target, "foto.jpg", jpeg() + zip_of({"a.html": HTML}) + HTML)
    content, given = downloaded(target, answer)
    assert given["Content-Type"] == "image/jpeg"
    assert content.startswith(b"\xff\xd8")
    assert content.rstrip(b"\x00").endswith(b"\xff\xd9")
    assert b"PK\x03\x04" not in content
    assert b"<script" not in content


def test_a_photo_does_not_tell_where_it_was_made(target: Target) -> None:
    answer, _count = kept(target, "IMG_52.45N_4.80E.jpg", jpeg())
    content, _given = downloaded(target, answer)
    assert b"Exif" not in content
    assert CANARY not in content
    row = Sealed.objects.filter(kind="attachment", field="file").latest("made_at")
    assert CANARY not in (settings.BAKEN_FILES / row.stored[:2] / row.stored).read_bytes() if row.stored else False
