"""From the form to the disk: never clear there, and nothing stays of what is not kept."""

from __future__ import annotations

import errno
import os

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import HttpResponse
from django.test import AsyncRequestFactory, Client
from django.utils import timezone
from tests.helpers import files as samples
from tests.helpers.clamd import clamd
from tests.helpers.desk import CONTEXT, PAIR, TEXT, TO, desk, keep, named, on_disk, refused, send, taking

from baken.audience import members
from baken.vault.errors import NotGranted
from baken.vault.files import keeping, store, upload
from baken.vault.files.keeping import note_file, open_file, seal_upload
from baken.vault.files.reasons import NoRoom, Reason
from baken.vault.files.upload import accepts_files
from baken.vault.files.words import sentence, what_we_take
from baken.vault.models import Sealed
from baken.vault.secret import KeyPair

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk_open")]


def test_a_file_comes_in_and_goes_out_as_it_was(media):
    desk.do = keep
    text = TEXT * 20_000
    assert send(text).content.decode() == f"text/plain {len(text)}"
    row = Sealed.objects.get()
    assert [found.name for found in on_disk(media)] == [row.stored]
    assert on_disk(media)[0].stat().st_mode & 0o777 == 0o600
    assert b"".join(open_file(row, PAIR)) == text
    with pytest.raises(NotGranted):
        open_file(row, KeyPair.new())


def test_no_byte_is_ever_clear_on_disk(media, monkeypatch):
    written: list[bytes] = []
    monkeypatch.setattr(upload, "staged_file", lambda: _watched(store.staged_file()))

    def look(found):
        staged = found[0]._staged._file
        written.append(os.pread(staged.fileno(), 10**8, 0))
        assert found[0].open_clear().read(17) == TEXT[:17]
        answer = keep(found)
        written.extend(each.read_bytes() for each in on_disk(media))
        return answer

    desk.do = look
    assert send(TEXT * 20_000, name=f"{samples.WORD}.txt").status_code == 200
    assert len(written) == 2
    assert all(len(each) > 20_000 for each in written)
    assert not any(b"achterin" in each or samples.CANARY in each for each in written)
    assert not any(samples.WORD in str(each) for each in media.rglob("*"))


def _watched(file):
    assert os.fstat(file.fileno()).st_mode & 0o777 == 0o600
    assert os.fstat(file.fileno()).st_nlink == 0
    return file


def test_what_is_not_kept_is_gone_with_the_request(media):
    desk.do = lambda found: len(found)
    assert send(TEXT, TEXT).content == b"2"
    assert on_disk(media) == []
    with pytest.raises(ValueError, match="nothing was kept"):
        desk.seen[0].open_clear()


def test_what_was_sealed_but_not_noted_is_gone_too(media):
    desk.do = lambda found: seal_upload(found[0], context=CONTEXT).media_type
    assert send(TEXT).content == b"text/plain"
    assert on_disk(media) == []


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_gone_too(media):
    def fail(found):
        file = seal_upload(found[0], context=CONTEXT)
        with transaction.atomic():
            note_file(file, recipients=TO, now=timezone.now())
            raise RuntimeError

    desk.do = fail
    with pytest.raises(RuntimeError):
        send(TEXT)
    assert not Sealed.objects.exists()
    assert on_disk(media) == []


class BrokenOff:
    """A body of which half comes."""

    def __init__(self, whole: bytes) -> None:
        self.left = whole[: len(whole) // 2]

    def read(self, size: int = -1) -> bytes:
        if not self.left:
            raise ConnectionResetError
        piece, self.left = self.left[:size], self.left[size:]
        return piece


def test_an_upload_that_breaks_off_leaves_nothing(media, rf, monkeypatch):
    staged = []

    def noted() -> object:
        staged.append(store.staged_file())
        return staged[-1]

    monkeypatch.setattr(upload, "staged_file", noted)
    request = rf.post("/take", {"file": named(TEXT * 20_000)})
    whole = request.read()
    fresh = rf.post("/take", {"file": named(TEXT * 20_000)})
    fresh.META["CONTENT_TYPE"] = request.META["CONTENT_TYPE"]
    fresh._stream = BrokenOff(whole)
    with pytest.raises(OSError, match=r"^$"):
        taking(fresh)
    assert [file.closed for file in staged] == [True]
    assert on_disk(media) == []


def test_too_big_stops_the_file_and_not_the_form(media, settings):
    settings.BAKEN_FILE_MAX_MB = 1
    desk.do = lambda found: f"{[each.problem for each in found]} {found[0].size}"
    answer = send(b"a" * (1024**2 + 1), b"a" * 1024**2).content.decode()
    assert answer == f"[<Reason.TOO_BIG: 'too_big'>, None] {1024**2 + 1}"
    assert refused(b"a" * (1024**2 + 1)) is Reason.TOO_BIG
    assert "1 MB" in sentence(Reason.TOO_BIG)


def test_more_than_all_files_may_be_is_refused_at_once(settings):
    settings.BAKEN_FILE_MAX_MB = 1
    response = send(b"a" * 7 * 1024**2)
    assert response.status_code == 413


def test_six_files_are_too_many():
    assert send(*[b"a"] * 6).status_code == 400


def test_a_page_that_takes_no_files_refuses_them(media):
    assert send(TEXT, where="/not").status_code == 400
    assert on_disk(media) == []


def test_views_of_members_still_check_for_forged_forms():
    desk.do = lambda found: len(found)
    assert send(TEXT, where="/members", enforce_csrf_checks=True).status_code == 403
    assert send(TEXT, where="/take", enforce_csrf_checks=True).content == b"1"
    browser = Client(enforce_csrf_checks=True)
    token = "a" * 32
    browser.cookies["csrf"] = token
    answer = browser.post("/members", {"file": named(TEXT), "csrfmiddlewaretoken": token})
    assert answer.content == b"1"


def test_the_decorator_stands_above_the_audience():
    with pytest.raises(TypeError, match="above"):
        accepts_files(lambda request: HttpResponse())
    assert getattr(accepts_files(members(lambda request: HttpResponse())), "audience", None) == "members"


def test_a_server_that_spools_forms_to_disk_is_refused():
    with pytest.raises(ImproperlyConfigured):
        taking(AsyncRequestFactory().post("/take", {"file": named(TEXT)}))


def test_nothing_copies_an_upload_by_habit():
    def look(found):
        for way in (found[0].read, found[0].chunks, found[0].open):
            with pytest.raises(OSError, match="open_clear"):
                way()
        return f"{found[0]!r} {found[0]}"

    desk.do = look
    assert samples.WORD not in send(TEXT, name=f"{samples.WORD}.txt").content.decode()


def full(*args: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("where", ["staging", "stored"])
def test_a_full_disk_is_said_calmly_and_leaves_nothing(media, monkeypatch, where):
    if where == "staging":
        monkeypatch.setattr(upload, "staged_file", full)
    else:
        monkeypatch.setattr("baken.vault.files.store.os.fsync", full)
    assert refused(TEXT) is Reason.NO_ROOM
    assert on_disk(media) == []
    assert not Sealed.objects.exists()
    assert NoRoom().reason is Reason.NO_ROOM


def test_other_troubles_with_the_disk_are_not_hidden(monkeypatch):
    def broken(*args: object) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(upload, "staged_file", broken)
    with pytest.raises(OSError, match="broken"):
        send(TEXT)


def test_a_kind_that_is_not_taken_leaves_nothing(media):
    assert refused(b"<svg onload=alert(1)>") is Reason.MARKUP
    assert refused(b"a" * 70_000 + b"\0") is Reason.NOT_UTF8
    assert on_disk(media) == []


def test_the_scanner_is_asked_and_its_silence_is_a_no(media, settings):
    with clamd() as (address, seen):
        settings.BAKEN_CLAMD = address
        assert refused(samples.EICAR) is Reason.INFECTED
        desk.do = keep
        assert send(TEXT).status_code == 200
        assert seen == [samples.EICAR, TEXT]
    kept = on_disk(media)
    assert refused(b"another") is Reason.NOT_SCANNED
    assert on_disk(media) == kept


def test_every_reason_has_words():
    for reason in Reason:
        assert sentence(reason)
        assert "%" not in sentence(reason)
    assert "25 MB" in what_we_take()


def test_sealed_for_nobody_is_a_mistake():
    def nobody(found):
        with pytest.raises(ValueError, match="nobody"):
            keeping.keep_upload(found[0], context=CONTEXT, recipients=[], now=timezone.now())

    desk.do = nobody
    assert send(TEXT).status_code == 200
