"""What reporter and focal point said to each other, opened for the reporter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from baken.reports.attaching import Named, names_of
from baken.reports.models import Report
from baken.reports.opened import texts_of
from baken.vault.secret import KeyPair


@dataclass(frozen=True)
class Said:
    """One message, with the files that came with it."""

    at: dt.datetime
    mine: bool
    text: str
    is_feedback: bool
    is_new: bool
    """Not seen before by who looks now."""
    files: list[Named] = field(default_factory=list)


@dataclass(frozen=True)
class Dialogue:
    """All of it, in order. ``files`` came with the report itself."""

    messages: list[Said]
    files: list[Named]

    @property
    def feedback(self) -> Said | None:
        """What was told about how it ended, last."""
        return next((item for item in reversed(self.messages) if item.is_feedback), None)


def dialogue_of(report: Report, pair: KeyPair) -> Dialogue:
    """As the reporter reads it. What is not granted to their pair is left out. Raises a VaultError when it was tampered with."""
    rows = list(report.messages.order_by("at"))
    texts: Mapping[str, str] = texts_of("message", [row.pk for row in rows], pair)
    attachments = list(report.attachments.order_by("at"))
    named = {item.id: item for item in names_of(attachments, pair)}
    by_message: dict[object, list[Named]] = {}
    for row in attachments:
        # Files of the focal point go to the reporter only with a message.
        if row.pk in named and (row.from_reporter or row.message_id):
            by_message.setdefault(row.message_id, []).append(named[row.pk])
    said = [
        Said(
            at=row.at,
            mine=row.from_reporter,
            text=texts[str(row.pk)],
            is_feedback=row.is_feedback,
            is_new=not row.from_reporter and row.read_at is None,
            files=by_message.get(row.pk, []),
        )
        for row in rows
        if str(row.pk) in texts
    ]
    return Dialogue(said, by_message.get(None, []))
