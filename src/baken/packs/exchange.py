"""Hand texts to a translator and take the translations back, as plain lists that any tool can read.

Export: what is missing or outdated, with the source text and, where there is one, the translation as it was. Import: a
list of ``catalogue``, ``context``, ``id`` and ``text``; every text is checked before any file is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from baken.packs.messages import Catalogue, placeholder_problem, updated, write_if_changed
from baken.packs.po import Entry, plural_forms, read_entries, rendered


@dataclass(frozen=True, slots=True)
class Refused:
    """A translation that was not taken over, and why."""

    item: str
    why: str

    def __str__(self) -> str:
        return f"{self.item}: {self.why}"


def exported(catalogues: Iterable[Catalogue], *, everything: bool = False) -> list[dict[str, Any]]:
    """What a translator has to do in these catalogues: what is missing or outdated, or all. Raises CatalogueError."""
    return [
        _item(catalogue, entry)
        for catalogue in catalogues
        for entry in updated(catalogue, read_entries(catalogue.path))
        if everything or not entry.translated
    ]


def _item(catalogue: Catalogue, entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "catalogue": catalogue.name,
        "context": entry.context,
        "id": entry.id,
        "source": entry.id,
        "current": _current(entry),
    }
    if entry.previous is not None:
        item["previous"] = entry.previous
    if entry.plural is not None:
        # A text with a number in it needs one translation per plural form: text becomes a list of this length.
        item |= {"plural": entry.plural, "forms": plural_forms(catalogue.language)}
    return item


def _current(entry: Entry) -> str | list[str] | None:
    if not entry.strings:
        return None
    return entry.strings[0] if entry.plural is None else list(entry.strings)


def imported(catalogues: Sequence[Catalogue], items: Sequence[Any]) -> tuple[int, list[Refused]]:
    """Take translations over as drafts: (how many, what was refused and why). Raises CatalogueError.

    What is right is written even when something else is refused, so that no work is lost.
    """
    known = {item.name: item for item in catalogues}
    entries = {item.name: {entry.key: entry for entry in updated(item, read_entries(item.path))} for item in catalogues}
    refused: list[Refused] = []
    taken = 0
    for number, item in enumerate(items, start=1):
        where = f"item {number}"
        if not isinstance(item, dict) or not {"catalogue", "id", "text"} <= item.keys():
            refused.append(Refused(where, "expected an object with catalogue, context, id and text"))
            continue
        where = f"{where} ({item['catalogue']}, {item.get('context') or str(item['id'])[:60]})"
        own = entries.get(item["catalogue"])
        entry = own.get((item.get("context"), item["id"])) if own else None
        if own is None or entry is None:
            refused.append(Refused(where, "no such text; it may have changed since it was exported"))
            continue
        new = _translated(entry, item["text"], known[item["catalogue"]].language)
        if isinstance(new, str):
            refused.append(Refused(where, new))
            continue
        own[entry.key] = new
        taken += 1
    for name, catalogue in known.items():
        write_if_changed(catalogue.path, rendered(entries[name].values(), catalogue.language).encode())
    return taken, refused


def _translated(entry: Entry, text: Any, language: str) -> Entry | str:
    """The entry with its translation, or why it cannot be."""
    strings = tuple(text) if isinstance(text, list) else (text,)
    forms = 1 if entry.plural is None else plural_forms(language)
    if len(strings) != forms or not all(isinstance(item, str) and item.strip() for item in strings):
        return "expected a text" if forms == 1 else f"expected a list of {forms} texts, one per plural form"
    if entry.translated and strings == entry.strings:
        return entry
    comments = tuple(comment for comment in entry.comments if not comment.startswith("checked:"))
    new = replace(entry, strings=strings, outdated=False, previous=None, comments=comments)
    return placeholder_problem(new) or new
