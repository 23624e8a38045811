"""A service on its way out: the record, how it is reached now, and its history without who wrote it. Pure."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field, replace
from typing import Any

from baken.directory.facts import Facts
from baken.directory.records import ServiceRecord

LENDABLE = ("phones", "hours", "url", "email", "free")
"""What a service that is a door may have from the pack instead of itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One critical field that a person made sure of: in which role and how, never who."""

    field: str
    at: dt.datetime
    outcome: str
    role: str
    way: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """One field that was changed. ``before`` and ``after`` are "" where telling them could lead somebody to a hidden place."""

    id: uuid.UUID
    at: dt.datetime
    field: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """When the service was written, checked and changed."""

    edited_at: dt.datetime | None = None
    checked: tuple[Checked, ...] = ()
    changes: tuple[Altered, ...] = ()

    @property
    def assured_on(self) -> dt.date | None:
        """The day of the last check that found something right."""
        days = [item.at.astimezone(dt.UTC).date() for item in self.checked if item.outcome == "right"]
        return max(days, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A service as it is exported. ``lent`` names the fields that are not its own but those of its door in the pack."""

    record: ServiceRecord
    history: History = field(default=History())
    lent: frozenset[str] = frozenset()

    @property
    def own(self) -> ServiceRecord:
        """The record as it is kept here: without what its door lends."""
        empty: dict[str, Any] = {"phones": (), "hours": "", "url": "", "email": "", "free": None}
        return replace(self.record, **{name: empty[name] for name in self.lent})


def document(record: ServiceRecord, facts: Facts | None = None, history: History | None = None) -> Document:
    """The document of a record with the facts of its door, as ``facts.facts_of`` gives them."""
    lent = {name: getattr(facts, name) for name in LENDABLE if facts and getattr(facts, name) != getattr(record, name)}
    return Document(record=replace(record, **lent), history=history or History(), lent=frozenset(lent))
