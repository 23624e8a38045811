"""From the disk to whoever it is granted to: sandboxed, whole or not at all, under a harmless name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from tests.helpers.desk import PAIR, TEXT, desk, keep, on_disk, send

from baken.vault.errors import Tampered, VaultError
from baken.vault.files import store
from baken.vault.files.keeping import open_file, remove_files, sweep_files
from baken.vault.files.serving import download, safe_name
from baken.vault.models import Sealed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk_open")]


def stored(media: Path, content: bytes = TEXT * 20_000) -> tuple[Sealed, Path]:
    desk.do = keep
    send(content)
    return Sealed.objects.get(), on_disk(media)[0]


def test_a_download_is_a_sandboxed_attachment(media):
    stored(media)
    response = Client().get("/give", headers={"accept-encoding": "gzip, br"})
    assert b"".join(getattr(response, "streaming_content", [])) == TEXT * 20_000
    assert response["Content-Length"] == str(len(TEXT) * 20_000)
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%C3%A9tc.html.txt"
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Encoding"] == "identity"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("place", [0, 5, 60, 70_000, 200_000])
def test_a_changed_file_never_comes_whole(media, place):
    row, path = stored(media)
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(VaultError):
        b"".join(open_file(row, PAIR))


def test_a_file_that_was_cut_off_swapped_or_removed_does_not_open(media):
    row, path = stored(media)
    whole = path.read_bytes()
    for wrong in (whole[:-1], whole + b"\0", b""):
        path.write_bytes(wrong)
        with pytest.raises(Tampered):
            open_file(row, PAIR)
    path.write_bytes(whole)
    row.object_id = "a2"
    with pytest.raises(VaultError):
        open_file(row, PAIR)
    remove_files([row.stored])
    remove_files([row.stored])
    row.refresh_from_db()
    with pytest.raises(Tampered, match="gone"):
        download(row, PAIR, media_type="text/plain", filename="a")


def test_the_sweep_removes_what_nobody_knows_and_nothing_else(media):
    _row, path = stored(media)
    stray = path.with_name(path.name[::-1])
    stray.write_bytes(b"x")
    staged = media / "staged" / store.new_name()
    staged.write_bytes(b"x")
    now = timezone.now()
    assert sweep_files(now=now) == 0
    assert sweep_files(now=now + dt.timedelta(hours=2)) == 1
    assert not staged.exists()
    assert sweep_files(now=now + dt.timedelta(days=2)) == 1
    assert on_disk(media) == [path]


def test_only_names_of_our_own_lead_to_a_file():
    for wrong in ("../../etc/passwd", "", "a" * 31, "A" * 32, "a" * 32 + "\n"):
        with pytest.raises(ValueError, match="name"):
            store.path_of(wrong)


NAMES = {
    "../../etc/passwd": "passwd.txt",
    "..\\..\\boot.ini": "boot.ini.txt",
    "a\x00.exe\r\nX: y.txt": "a .exe X y.txt",
    "exe.\u202etxt.exe": "exe. txt.exe.txt",
    "n" * 300 + ".txt": "n" * 100 + ".txt",
    "  .. ": "file.txt",
    "": "file.txt",
    "verslag 3.TXT": "verslag 3.txt",
    'a"; filename="b.html': "a filename= b.html.txt",
}


@pytest.mark.parametrize("typed", NAMES)
def test_names_are_made_harmless(typed):
    assert safe_name(typed, "text/plain") == NAMES[typed]


@pytest.mark.parametrize("typed", NAMES)
def test_any_name_can_be_sent(typed):
    desk.do = keep
    if typed.strip("./ "):
        assert send(TEXT, name=typed.replace("\r\n", " ")).content.decode().startswith("text/plain")


def test_endings_go_by_content():
    assert safe_name("plaatje.jpeg", "image/jpeg") == "plaatje.jpg"
    assert safe_name("plaatje.exe", "image/jpeg") == "plaatje.exe.jpg"
    assert safe_name("x", "text/html") == "x.bin"
