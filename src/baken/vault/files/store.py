"""The media folder: sealed files under random names, whole or not at all. Nothing here knows what a file is called."""

from __future__ import annotations

import datetime as dt
import errno
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from baken.vault.context import Context
from baken.vault.errors import Tampered
from baken.vault.files.reasons import NoRoom
from baken.vault.models import Sealed
from baken.vault.secret import Secret
from baken.vault.stream import SealingWriter

STAGED_FOR = dt.timedelta(hours=1)
UNREFERENCED_FOR = dt.timedelta(days=1)
_NAME = re.compile(r"[0-9a-f]{32}")
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def new_name() -> str:
    """128 random bits; tells nothing."""
    return secrets.token_hex(16)


def path_of(name: str) -> Path:
    """Where a stored file lies. ValueError for what `new_name` did not make."""
    if not _NAME.fullmatch(name):
        raise ValueError("not the name of a stored file")
    return Path(settings.BAKEN_FILES) / name[:2] / name


@contextmanager
def room() -> Iterator[None]:
    """A full disk is something that people can be told about: NoRoom."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NoRoom from None
        raise


def staged_file() -> BinaryIO:
    """A file that has no name any more: the system forgets it when it is closed, or when this process dies."""
    path = _staging() / new_name()
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    path.unlink()
    return os.fdopen(handle, "w+b")


def write(name: str, pieces: Iterable[bytes], key: Secret, context: Context) -> int:
    """Seal the pieces into a file on disk, all or nothing; its size there in bytes. NoRoom when the disk is full."""
    target = path_of(name)
    part = _staging() / name
    try:
        with room():
            with _created(part) as file:
                with SealingWriter(file, key, context) as sealer:
                    for piece in pieces:
                        sealer.write(piece)
                file.flush()
                os.fsync(file.fileno())
            target.parent.mkdir(mode=0o700, exist_ok=True)
            part.replace(target)
            _sync_folder(target.parent)
    except BaseException:
        for path in (part, target):
            path.unlink(missing_ok=True)
        raise
    return target.stat().st_size


def read(name: str, size: int) -> BinaryIO:
    """The sealed bytes. Tampered when the file is gone or has another length."""
    try:
        file = path_of(name).open("rb")
    except OSError:
        raise Tampered("the file is gone") from None
    if os.fstat(file.fileno()).st_size != size:
        file.close()
        raise Tampered("the file has another length")
    return file


def remove_files(names: Iterable[str]) -> None:
    """Remove stored files. Call it after the commit that erased their rows: what is gone does not come back."""
    for name in names:
        path_of(name).unlink(missing_ok=True)


def sweep_files(*, now: dt.datetime) -> int:
    """Remove what broken uploads left: staged files of an hour, stored files of a day that no row names. How many."""
    root = Path(settings.BAKEN_FILES)
    old = [path for path in (root / "staged").glob("*") if _before(path, now - STAGED_FOR)]
    stored = {
        path.name: path
        for path in root.glob("[0-9a-f][0-9a-f]/*")
        if _NAME.fullmatch(path.name) and _before(path, now - UNREFERENCED_FOR)
    }
    known = set[str]()
    names = list(stored)
    for start in range(0, len(names), 500):
        known.update(Sealed.objects.filter(stored__in=names[start : start + 500]).values_list("stored", flat=True))
    old += [path for name, path in stored.items() if name not in known]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _before(path: Path, moment: dt.datetime) -> bool:
    with suppress(FileNotFoundError):
        return path.stat().st_mtime < moment.timestamp()
    return False


def _staging() -> Path:
    folder = Path(settings.BAKEN_FILES) / "staged"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _created(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
