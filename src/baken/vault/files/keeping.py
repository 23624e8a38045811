"""Keep a file that came in: clean it, let it be scanned, seal it under a key of its own, and note it in the database.

    with transaction.atomic():                      # quick: no lock is held while a file is taken apart
        kept = note_file(sealed_file, recipients=..., now=now)

where ``sealed_file = seal_upload(upload, context=...)`` came before the transaction. `keep_upload` does both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings

from baken.vault import actions
from baken.vault.actions import Recipient
from baken.vault.context import Context
from baken.vault.files import store
from baken.vault.files.cleaning import clean
from baken.vault.files.reasons import Unacceptable
from baken.vault.files.scanner import scanned
from baken.vault.files.upload import SealedUpload
from baken.vault.models import Sealed
from baken.vault.opening import data_key
from baken.vault.secret import KeyPair, Secret
from baken.vault.stream import open_chunks, plain_size


@dataclass(frozen=True)
class SealedFile:
    """Cleaned and sealed on disk, but not yet in the database. Its key lives until `note_file` or the end of the request."""

    context: Context
    stored: str
    stored_size: int
    media_type: str
    size: int
    key: Secret


@dataclass(frozen=True)
class KeptFile:
    """The row, and what the caller keeps beside it: the media type that was found, and the size of the clear file."""

    sealed: Sealed
    media_type: str
    size: int


def seal_upload(upload: SealedUpload, *, context: Context) -> SealedFile:
    """Clean, scan and seal. Unacceptable with a reason (NoRoom when the disk is full); then nothing stays.

    May take a minute for a large document: call it before the transaction. A file that no row names at the end of the
    request is removed again.
    """
    if upload.problem is not None:
        raise Unacceptable(upload.problem)
    size = upload.size or 0
    with upload.open_clear() as clear:
        cleaned = clean(clear, size)
        name, key = store.new_name(), Secret.random()
        upload.stored.append(name)
        stored_size = store.write(name, scanned(cleaned.pieces, settings.BAKEN_CLAMD), key, context)
    return SealedFile(context, name, stored_size, cleaned.kind.media_type, plain_size(stored_size), key)


def note_file(file: SealedFile, *, recipients: Iterable[Recipient], now: dt.datetime) -> KeptFile:
    """Note a sealed file in the database, inside the caller's transaction, and grant it to everybody named."""
    to = list(recipients)
    if not to:
        raise ValueError("sealed for nobody")
    with file.key as key:
        row = actions.keep_file(
            context=file.context, stored=file.stored, size=file.stored_size, key=key, recipients=to, now=now
        )
    return KeptFile(row, file.media_type, file.size)


def keep_upload(
    upload: SealedUpload, *, context: Context, recipients: Iterable[Recipient], now: dt.datetime
) -> KeptFile:
    """`seal_upload` and `note_file` in one, for a caller who holds no locks."""
    return note_file(seal_upload(upload, context=context), recipients=recipients, now=now)


def clear_size(sealed: Sealed) -> int:
    """How long the clear file is, in bytes."""
    return plain_size(sealed.size)


def open_file(sealed: Sealed, pair: KeyPair) -> Iterator[bytes]:
    """The clear bytes, piece by piece. NotGranted and Tampered at once where that shows at once, later while reading."""
    key = data_key(sealed, pair)
    pieces = _opened(sealed, key)
    first = next(pieces)
    return _from_first(first, pieces)


def _opened(sealed: Sealed, key: Secret) -> Iterator[bytes]:
    with key, store.read(sealed.stored, sealed.size) as file:
        yield from open_chunks(file, key, sealed.context())


def _from_first(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from pieces


remove_files = store.remove_files
sweep_files = store.sweep_files
