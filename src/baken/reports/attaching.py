"""Files that come with a report or a message: sealed before the transaction, noted inside it, named only in a seal."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from baken.reports.models import Attachment, Message, Report
from baken.reports.opened import texts_of
from baken.reports.parts import text_context
from baken.vault.actions import Recipient, keep
from baken.vault.context import Context
from baken.vault.files.keeping import SealedFile, note_file, seal_upload
from baken.vault.files.reasons import Unacceptable
from baken.vault.files.upload import SealedUpload
from baken.vault.files.words import sentence
from baken.vault.secret import KeyPair

MOST_FILES = 5


@dataclass(frozen=True)
class Prepared:
    """A file that is clean and sealed, and not yet noted. ``name`` is what somebody called it: it goes into a seal."""

    id: uuid.UUID
    name: str
    file: SealedFile


@dataclass(frozen=True)
class Named:
    """A file as a page shows it."""

    id: uuid.UUID
    name: str
    media_type: str
    size: int


def prepare_files(uploads: Sequence[SealedUpload], organisation_id: uuid.UUID) -> tuple[list[Prepared], list[str]]:
    """The files that can be kept, and a sentence for each that cannot. When there is one, keep none: the form comes back."""
    ready: list[Prepared] = []
    problems: list[str] = []
    for upload in uploads[:MOST_FILES]:
        number = uuid.uuid4()
        context = Context(kind="attachment", id=str(number), field="file", organisation=str(organisation_id))
        try:
            ready.append(Prepared(number, upload.name or "", seal_upload(upload, context=context)))
        except Unacceptable as refused:
            problems.append(sentence(refused.reason))
    return ready, problems


def attach(
    report: Report,
    files: Iterable[Prepared],
    recipients: Sequence[Recipient],
    *,
    now: dt.datetime,
    from_reporter: bool,
    message: Message | None = None,
) -> None:
    """Note prepared files, inside the caller's transaction, which also records it."""
    for ready in files:
        kept = note_file(ready.file, recipients=recipients, now=now)
        Attachment.objects.create(
            pk=ready.id, report=report, message=message, at=now, from_reporter=from_reporter, size=kept.size
        )
        named = json.dumps({"name": ready.name, "type": kept.media_type}, ensure_ascii=False).encode()
        context = text_context("attachment", str(ready.id), str(report.organisation_id), "name")
        keep({context: named}, recipients, now=now)


def names_of(attachments: Iterable[Attachment], pair: KeyPair) -> list[Named]:
    """The files that this pair may read, with their names."""
    rows = list(attachments)
    texts = texts_of("attachment", [row.pk for row in rows], pair, "name")
    found = []
    for row in rows:
        if str(row.pk) in texts:
            named = json.loads(texts[str(row.pk)])
            found.append(Named(row.pk, named["name"], named["type"], row.size))
    return found
