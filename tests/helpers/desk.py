"""A desk that takes files: views at addresses of their own (``ROOT_URLCONF``), and what a test sends to them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone

from baken.audience import public, sign_in
from baken.config import urls as site
from baken.vault.actions import Recipient
from baken.vault.context import Context
from baken.vault.files.keeping import keep_upload
from baken.vault.files.reasons import Reason, Unacceptable
from baken.vault.files.serving import download
from baken.vault.files.upload import SealedUpload, accepts_files
from baken.vault.models import Sealed
from baken.vault.secret import KeyPair
from tests.helpers import files as samples

CONTEXT = Context(kind="attachment", id="a1", field="file", organisation="o1")
PAIR = KeyPair.new()
TO = [Recipient("receipt", PAIR.public)]
TEXT = b"Zij zat achterin. " + samples.CANARY + b"\n"


class Desk:
    """What the view does with what arrives; each test says it."""

    def __init__(self) -> None:
        self.do: Callable[[list[SealedUpload]], object] = lambda found: None
        self.seen: list[SealedUpload] = []

    def __call__(self, request):
        self.seen = request.FILES.getlist("file")
        return HttpResponse(str(self.do(self.seen) or request.POST.get("text", "")))


desk = Desk()


@accepts_files
@public
def taking(request):
    return desk(request)


@accepts_files
@sign_in
def taking_from_members(request):
    return desk(request)


@public
def not_taking(request):
    return HttpResponse(len(request.FILES))


@public
def giving(request):
    row = Sealed.objects.get()
    return download(row, PAIR, media_type="text/plain", filename="../../étc.html")


urlpatterns = [
    path("take", taking),
    path("members", taking_from_members),
    path("not", not_taking),
    path("give", giving),
    *site.urlpatterns,
]


def named(content: bytes, name: str = "a.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send(*contents: bytes, name: str = "a.txt", where: str = "/take", **client):
    files = [named(content, name) for content in contents]
    return Client(**client).post(where, {"text": "typed", "file": files})


def on_disk(media: Path) -> list[Path]:
    return [found for found in media.rglob("*") if found.is_file()]


def keep(found: list[SealedUpload]) -> str:
    kept = keep_upload(found[0], context=CONTEXT, recipients=TO, now=timezone.now())
    return f"{kept.media_type} {kept.size}"


def refused(*contents: bytes) -> Reason:
    caught = []

    def attempt(found):
        try:
            keep(found)
        except Unacceptable as refusal:
            caught.append(refusal.reason)

    desk.do = attempt
    send(*contents)
    assert len(caught) == 1
    return caught[0]
