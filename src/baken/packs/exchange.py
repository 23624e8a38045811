"""Hand texts to a translator and take the translations back, as plain lists that any tool can read.

Export: what is missing or outdated, with the source text and, where there is one, the translation as it was. Import: a
list of ``catalogue``, ``context``, ``id`` and ``text``; every text is checked before any file is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from baken.packs.messages import Catalogue, placeholder_problem, updated, write_if_changed
from baken.packs.po import Entry, Key, plural_forms, read_entries, rendered


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
    on_disk = {item.name: updated(item, read_entries(item.path)) for item in catalogues}
    entries = {name: {entry.key: entry for entry in found} for name, found in on_disk.items()}
    refused: list[Refused] = []
    for number, item in enumerate(items, start=1):
        if why := _take(item, entries, {item.name: item.language for item in catalogues}):
            refused.append(Refused(f"item {number}{_named(item)}", why))
    for catalogue in catalogues:
        text = rendered(entries[catalogue.name].values(), catalogue.language)
        write_if_changed(catalogue.path, text.encode())
    return len(items) - len(refused), refused


def _named(item: Any) -> str:
    if not isinstance(item, dict):
        return ""
    return f" ({item.get('catalogue')}, {str(item.get('context') or item.get('id'))[:60]})"


def _take(item: Any, entries: dict[str, dict[Key, Entry]], languages: dict[str, str]) -> str | None:
    """Put one translation in its place; else why that cannot be."""
    if not isinstance(item, dict) or not {"catalogue", "id", "text"} <= item.keys():
        return "expected an object with catalogue, context, id and text"
    name, key = str(item["catalogue"]), (item.get("context"), str(item["id"]))
    if name not in entries or not isinstance(key[0], str | None) or key not in entries[name]:
        return "no such text; it may have changed since it was exported"
    new = _translated(entries[name][key], item["text"], languages[name])
    if isinstance(new, str):
        return new
    entries[name][key] = new
    return None


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
