"""Open some parts of many reports at once, with every inbox generation that a member holds: one statement per 500."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence

from baken.reports.parts import Content, read_content
from baken.vault.errors import VaultError
from baken.vault.opening import Granted, granted
from baken.vault.secret import KeyPair

AT_ONCE = 500
"""Ids in one statement; databases limit how many there may be."""


def texts_of_reports(
    ids: Iterable[uuid.UUID], pairs: Mapping[str, KeyPair], fields: Sequence[str]
) -> dict[uuid.UUID, Content]:
    """Those parts of those reports. A report of which a part was changed on the disk is left out."""
    found: dict[uuid.UUID, dict[str, bytes]] = {}
    damaged: set[uuid.UUID] = set()
    for row in _granted("report", ids, pairs, fields):
        key = uuid.UUID(row.sealed.object_id)
        try:
            found.setdefault(key, {})[row.sealed.field] = row.open(pairs)
        except VaultError:
            damaged.add(key)
    return {key: read_content(texts) for key, texts in found.items() if key not in damaged}


def texts_of_things(kind: str, ids: Iterable[uuid.UUID], pairs: Mapping[str, KeyPair]) -> dict[uuid.UUID, str]:
    """The texts of messages or notes; what does not open is left out."""
    found: dict[uuid.UUID, str] = {}
    for row in _granted(kind, ids, pairs, ("text",)):
        try:
            found[uuid.UUID(row.sealed.object_id)] = row.open(pairs).decode()
        except VaultError:
            continue
    return found


def _granted(kind: str, ids: Iterable[uuid.UUID], pairs: Mapping[str, KeyPair], fields: Sequence[str]) -> list[Granted]:
    names = list(ids)
    parts = (names[start : start + AT_ONCE] for start in range(0, len(names), AT_ONCE))
    return [row for part in parts for row in granted(kind, part, pairs, fields)]
