"""All facts of a pack in one list: what it is, where it comes from, when it was checked, how sure it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from baken.packs.pack import Pack
from baken.packs.schema.base import Fact, PartialFact


@dataclass(frozen=True, slots=True)
class LocatedFact:
    """A fact and where it stands in the pack."""

    file: str
    path: str
    label: str
    fact: Fact


def facts_of(pack: Pack) -> list[LocatedFact]:
    """Every fact of a pack, in the order of its files."""
    found: list[LocatedFact] = []
    for name, model in pack.files().items():
        found += _walk(model, name, "", None)
    for code, instrument in pack.instruments.items():
        found += _walk(instrument, "instruments", code, None)
    return found


def stale_facts(pack: Pack, on: dt.date) -> list[LocatedFact]:
    """Facts that had to be checked again before ``on``, longest overdue first."""
    return sorted((item for item in facts_of(pack) if item.fact.check_by < on), key=lambda item: item.fact.check_by)


def _walk(value: Any, file: str, path: str, around: Fact | None) -> Iterator[LocatedFact]:
    if isinstance(value, Fact):
        yield LocatedFact(file, path, _label(value, path), value)
        around = value
    elif isinstance(value, PartialFact) and around is not None and _says_something(value):
        yield LocatedFact(file, path, _label(value, path), _filled(value, around))
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _walk(getattr(value, name), file, f"{path}.{name}" if path else name, around)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _walk(item, file, f"{path}.{key}" if path else str(key), around)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(item, file, f"{path}.{index}", around)


def _says_something(value: PartialFact) -> bool:
    return any((value.source, value.checked_on, value.check_by, value.confidence))


def _filled(value: PartialFact, around: Fact) -> Fact:
    """The part as a fact of its own; what it does not say is that of the fact around it."""
    return Fact(
        source=value.source or around.source,
        source_url=None if value.source else around.source_url,
        checked_on=value.checked_on or around.checked_on,
        check_by=value.check_by or around.check_by,
        confidence=value.confidence or around.confidence,
    )


def _label(value: BaseModel, path: str) -> str:
    for name in ("name", "title", "number", "osm"):
        text = getattr(value, name, None)
        if isinstance(text, str):
            return text
    return path.rpartition(".")[2]
