"""Files on their way in: sealed chunk by chunk under a key that exists in this request alone, so no disk ever sees them clear.

By default no view takes files (`RefusingUploadHandler`). A view that does says so outermost, above its audience:

    @accepts_files
    @needs(Permission.REPORT)
    def report(request, ...): ...

and finds `SealedUpload`s in ``request.FILES``. They are gone when the view returns.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, BinaryIO, NoReturn, TypeVar, cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, RequestDataTooBig, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.core.handlers.asgi import ASGIRequest
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from baken.audience import PUBLIC
from baken.vault.context import Context
from baken.vault.files.reasons import NoRoom, Reason
from baken.vault.files.store import new_name, remove_files, room, staged_file
from baken.vault.models import Sealed
from baken.vault.secret import Secret
from baken.vault.stream import OpeningReader, SealingWriter

V = TypeVar("V", bound=Callable[..., HttpResponseBase])
_FORM = 1024 * 1024
"""Room for what a form holds beside its files."""


class SealedUpload(UploadedFile):
    """A file of this request, sealed on disk. ``problem`` says why it cannot be kept; ``size`` is that of the clear file.

    ``name`` is what somebody typed: seal it as a text, never log it.
    """

    def __init__(self, name: str, size: int, staged: _Staged | None, problem: Reason | None) -> None:
        super().__init__(file=io.BytesIO(), name=name, content_type="", size=size)
        self._staged = staged
        self.problem = problem
        self.stored: list[str] = []

    def open_clear(self) -> OpeningReader:
        """The clear bytes from the start, in pieces of at most 64 KiB. ValueError when it was refused or the request is over."""
        if self._staged is None:
            raise ValueError("nothing was kept of this file")
        return self._staged.reader()

    def open(self, mode: str | None = None) -> NoReturn:  # type: ignore[override]
        """Refused: `open_clear` is the only way to the bytes, so nothing copies them somewhere by habit."""
        raise io.UnsupportedOperation("use open_clear")

    read = chunks = multiple_chunks = open  # type: ignore[assignment]

    def close(self) -> None:
        """Forget the key and the staged file, and remove what was stored without a row in the database."""
        if self._staged is not None:
            self._staged.close()
            self._staged = None
        stored, self.stored = self.stored, []
        try:
            known = set(Sealed.objects.filter(stored__in=stored).values_list("stored", flat=True)) if stored else set()
        except DatabaseError:
            return  # Nobody can tell now; `sweep_files` can tomorrow.
        remove_files(set(stored) - known)

    def __repr__(self) -> str:
        return "SealedUpload(hidden)"

    __str__ = __repr__


class _Staged:
    """One sealed file without a name, and its key."""

    def __init__(self) -> None:
        self._file = staged_file()
        self._key = Secret.random()
        self._context = Context(kind="upload", id=new_name(), field="file", organisation="")
        self._writer = SealingWriter(self._file, self._key, self._context)
        self.write = self._writer.write

    def finish(self) -> None:
        self._writer.close()
        self._file.flush()

    def reader(self) -> OpeningReader:
        return OpeningReader(_FromStart(self._file), self._key, self._context)

    def close(self) -> None:
        self._writer.abandon()
        self._key.wipe()
        # On a full disk closing tries once more to write what did not fit.
        with suppress(OSError):
            self._file.close()


class _FromStart:
    """Reads a file from its start, whoever else reads it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._at = 0

    def read(self, size: int, /) -> bytes:
        piece = os.pread(self._file.fileno(), size, self._at)
        self._at += len(piece)
        return piece


class RefusingUploadHandler(FileUploadHandler):
    """For all views that expect no file: 400, and nothing of it is written anywhere."""

    def new_file(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TooManyFilesSent("no file is expected here")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never reached."""

    def file_complete(self, file_size: int) -> None:
        """Never reached."""


class SealingUploadHandler(FileUploadHandler):
    """Seals while it receives. A file that is too big or for which there is no room stops being written, not the form."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._most = settings.BAKEN_FILE_MAX_MB * 1024**2
        self._staged: _Staged | None = None
        self._problem: Reason | None = None
        self._received = 0
        self._uploads: list[SealedUpload] = []

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any, **kwargs: Any) -> None:  # noqa: N803
        """Refuse at once what is more than all files together may be: 413."""
        if content_length > self._most * settings.DATA_UPLOAD_MAX_NUMBER_FILES + _FORM:
            raise RequestDataTooBig("more than all files together may be")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """The next file begins."""
        super().new_file(*args, **kwargs)
        self._staged, self._problem, self._received = None, None, 0
        self._guarded(self._begin)

    def _begin(self) -> None:
        self._staged = _Staged()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal the next bytes, or count them when the file was refused."""
        self._received += len(raw_data)
        if self._received > self._most:
            self._refuse(Reason.TOO_BIG)
        if self._staged is not None:
            self._guarded(self._staged.write, raw_data)

    def file_complete(self, file_size: int) -> SealedUpload:
        """The file as views see it."""
        if self._staged is not None:
            self._guarded(self._staged.finish)
        made = SealedUpload(self.file_name or "", self._received, self._staged, self._problem)
        self._staged = None
        self._uploads.append(made)
        return made

    def upload_interrupted(self) -> None:
        """The other side is gone: so is what it sent."""
        self.discard()

    def discard(self) -> None:
        """Forget everything of this request. Twice does no harm."""
        if self._staged is not None:
            self._staged.close()
            self._staged = None
        for upload in self._uploads:
            upload.close()

    def _refuse(self, reason: Reason) -> None:
        self._problem = self._problem or reason
        if self._staged is not None:
            self._staged.close()
            self._staged = None

    def _guarded(self, action: Callable[..., object], *args: object) -> None:
        try:
            with room():
                action(*args)
        except NoRoom as full:
            self._refuse(full.reason)


def accepts_files(view: V) -> V:
    """Let a view take files. Stands outermost, because the form may not be read before its files have where to go.

    The check against forged forms, which reads the form, runs inside for views of members.
    """
    audience = getattr(view, "audience", None)
    if audience is None:
        raise TypeError("accepts_files stands above the decorator that says who may use the view")
    guarded = view if audience == PUBLIC else csrf_protect(view)

    @wraps(view)
    def accepting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if isinstance(request, ASGIRequest):
            # It has already written the form to a temporary file, in clear.
            raise ImproperlyConfigured("files need a WSGI server: an ASGI request is spooled to disk in clear")
        handler = SealingUploadHandler(request)
        request.upload_handlers = [handler]
        try:
            return guarded(request, *args, **kwargs)
        finally:
            handler.discard()

    return cast("V", csrf_exempt(accepting))
