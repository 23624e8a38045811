"""Open what is sealed of a report, for one request. A part that is not granted to the pair is left out."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from baken.reports.models import Report
from baken.reports.parts import Content, read_content
from baken.vault.models import Grant, Sealed
from baken.vault.opening import open_all, open_text, running
from baken.vault.secret import KeyPair


def sealed_of(kind: str, ids: Iterable[object], pair: KeyPair) -> QuerySet[Sealed]:
    """Sealed rows of some things that this pair opens, each with its grants: two statements.

    Nowhere a search by the key alone: everything that an inbox ever received is granted to one key.
    """
    ours = Grant.objects.filter(running(timezone.now()), sealed=OuterRef("pk"), key_id=pair.id.hex())
    rows = Sealed.objects.filter(Exists(ours), kind=kind, object_id__in=[str(item) for item in ids])
    return rows.prefetch_related("grants")


def content_of(report: Report, pair: KeyPair) -> Content:
    """The content of one report, as far as this pair opens it. Raises a VaultError when it was tampered with."""
    return contents_of([report.pk], pair).get(report.pk, Content())


def contents_of(ids: Iterable[uuid.UUID], pair: KeyPair) -> dict[uuid.UUID, Content]:
    """The contents of several reports at once: two statements, however many."""
    found: dict[str, list[Sealed]] = {}
    for row in sealed_of("report", ids, pair):
        found.setdefault(row.object_id, []).append(row)
    return {uuid.UUID(key): read_content(open_all(rows, pair)) for key, rows in found.items()}


def texts_of(kind: str, ids: Iterable[object], pair: KeyPair, name: str = "text") -> Mapping[str, str]:
    """The texts of messages, notes, decisions and the like, by id of the thing."""
    rows = sealed_of(kind, ids, pair).filter(field=name)
    return {row.object_id: open_text(row, pair).decode() for row in rows}
