"""Keep translation catalogues in step with the texts they translate, and say what is missing.

A catalogue is updated by three rules: a new text gets an empty translation; a text that changed keeps its old
translation, marked as outdated with the text it was made for; a text that is gone takes its translation with it. A
translation is a draft until a person has compared it with the source and said so in a comment
``checked: DATE INITIALS`` above the entry.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from baken.packs.catalogues import SHARED_SOURCE, catalogue_path
from baken.packs.loader import ROOT, SHARED, countries, read_pack
from baken.packs.pack import Pack
from baken.packs.po import CHECKED, Entry, Key, compiled, plural_forms, read_entries, rendered
from baken.packs.texts import shared_texts, texts_of

NEAR = 0.8
"""How alike two texts must be for a translator to see the old translation, where no path says they are the same."""
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(?<!\{)\{(\w+)\}(?!\})")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")

ProblemKind = Literal["missing", "outdated", "unused", "placeholder", "not_up_to_date"]


@dataclass(frozen=True, slots=True)
class Source:
    """One text as it stands in the sources."""

    id: str
    context: str | None = None
    plural: str | None = None
    notes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The translations of one body of texts into one language."""

    name: str
    """``nl``, ``hu``, ``shared`` and so on for packs; ``interface`` for the program's own words."""
    language: str
    path: Path
    sources: tuple[Source, ...]
    identity: bool = False
    """The language is that of the source texts, so every translation is the text itself."""


@dataclass(frozen=True, slots=True)
class MessageProblem:
    """Something about a catalogue that a person must mend."""

    catalogue: str
    language: str
    kind: ProblemKind
    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.catalogue}/{self.language}: {self.kind.replace('_', ' ')}: {self.where}: {self.text}"


@dataclass(frozen=True, slots=True)
class Figures:
    """How far the translation into one language is."""

    total: int = 0
    translated: int = 0
    checked: int = 0

    @property
    def draft(self) -> int:
        """Translated, and compared with the source by nobody."""
        return self.translated - self.checked

    def plus(self, other: Figures) -> Figures:
        """Both together."""
        return Figures(self.total + other.total, self.translated + other.translated, self.checked + other.checked)


def pack_catalogues(root: Path = ROOT) -> Iterator[Catalogue]:
    """The catalogues of all packs and of the signs and instruments that they share. Raises PackError."""
    languages: dict[str, None] = {}
    shared: tuple[Source, ...] = ()
    for country in countries(root):
        pack, _documents = read_pack(country, root=root)
        languages |= dict.fromkeys(pack.info.languages)
        own = tuple(Source(text, path) for path, text in texts_of(pack))
        shared = shared or tuple(Source(text, path) for path, text in shared_texts(pack))
        catalogue = partial(_pack_catalogue, country, root / country)
        yield from (catalogue(code, own) for code in pack.info.languages if code != pack.info.source_language)
        paths = help_paths(pack)
        help_page = tuple(item for item in own if item.context in paths)
        yield from (catalogue(code, help_page) for code in pack.info.help_languages if code not in pack.info.languages)
    for code in languages:
        if code != SHARED_SOURCE:
            yield _pack_catalogue(SHARED, root / SHARED, code, shared)


def _pack_catalogue(name: str, directory: Path, language: str, sources: tuple[Source, ...]) -> Catalogue:
    return Catalogue(name, language, catalogue_path(directory, language), sources)


def help_paths(pack: Pack) -> set[str]:
    """Paths of the texts on the page for people who need help themselves: the page, and the doors that it names."""
    doors = pack.pages_file.help.doors if pack.pages_file else {}
    shown = tuple(f"doors.{door}.{field}" for door in doors for field in ("name", "note", "phones."))
    return {path for path, _text in texts_of(pack) if path.startswith(("help.", *shown))}


def updated(catalogue: Catalogue, entries: Sequence[Entry]) -> list[Entry]:
    """``entries`` brought in step with the sources, in the order of the sources."""
    if catalogue.identity:
        return [_identity(source, catalogue.language) for source in catalogue.sources]
    old = {entry.key: entry for entry in entries}
    keys = {(source.context, source.id) for source in catalogue.sources}
    leaving = [entry for entry in entries if entry.key not in keys and entry.strings]
    forms = plural_forms(catalogue.language)
    return [_brought_over(source, old, leaving, 1 if source.plural is None else forms) for source in catalogue.sources]


def _fresh(source: Source) -> Entry:
    return Entry(source.id, source.context, source.plural, notes=source.notes, places=source.places)


def _identity(source: Source, language: str) -> Entry:
    forms = (source.id,) if source.plural is None else (source.id, *[source.plural] * (plural_forms(language) - 1))
    return replace(_fresh(source), strings=forms, comments=("checked: source",))


def _brought_over(source: Source, old: dict[Key, Entry], leaving: list[Entry], forms: int) -> Entry:
    same = old.get((source.context, source.id))
    if same is not None and len(same.strings) in (0, forms):
        return replace(same, plural=source.plural, notes=source.notes, places=source.places)
    before = _before(source, leaving)
    if before is None or len(before.strings) != forms:
        return _fresh(source)
    return replace(
        _fresh(source),
        strings=before.strings,
        outdated=True,
        previous=before.previous if before.outdated and before.previous else before.id,
        comments=tuple(comment for comment in before.comments if not CHECKED.match(comment)),
    )


def _before(source: Source, leaving: list[Entry]) -> Entry | None:
    """The entry that this text replaces: the one at the same path or, for a text without a path, the most like it."""
    if source.context is not None:
        return next((entry for entry in leaving if entry.context == source.context), None)
    by_text = {entry.id: entry for entry in leaving if entry.context is None}
    found = difflib.get_close_matches(source.id, by_text, n=1, cutoff=NEAR)
    return by_text[found[0]] if found else None


def placeholders(text: str) -> set[str]:
    """Names that are filled in when the text is shown."""
    return {match.group(1) or match.group(2) for match in PLACEHOLDER.finditer(text)}


def placeholder_problem(entry: Entry) -> str | None:
    """Why a translation cannot be filled in as its source can, or None when it can."""
    wanted = placeholders(entry.id) | placeholders(entry.plural or "")
    for index, string in enumerate(entry.strings):
        found = placeholders(string)
        # A form for one or two things may do without the number ("one sign"); the last form is the general one.
        last = index == len(entry.strings) - 1
        if found - wanted or (last and found != placeholders(entry.plural or entry.id)):
            return f"expected {_listed(wanted)}; found {_listed(found)}"
        if wanted and "%(" in entry.id and "%" in PLACEHOLDER.sub("", string).replace("%%", ""):
            return "expected %% for a per cent sign, and %(name)s whole"
        if Counter(TAG.findall(string)) != Counter(TAG.findall(entry.plural if index and entry.plural else entry.id)):
            return f"expected the same tags as the source: {' '.join(TAG.findall(entry.id)) or 'none'}"
    return None


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "no placeholder"


def problems(catalogue: Catalogue, *, on_disk: Sequence[Entry], text: str) -> Iterator[MessageProblem]:
    """What is wrong with a catalogue whose file holds ``text``, that is, the entries ``on_disk``."""
    problem = partial(MessageProblem, catalogue.name, catalogue.language)
    entries = updated(catalogue, on_disk)
    keys = {entry.key for entry in entries}
    for entry in on_disk:
        if entry.key not in keys:
            yield problem("unused", entry.context or "", entry.id)
    for entry in entries:
        if entry.outdated:
            yield problem("outdated", entry.context or "", entry.id)
        elif not entry.translated:
            yield problem("missing", entry.context or "", entry.id)
        elif found := placeholder_problem(entry):
            yield problem("placeholder", entry.context or entry.id, found)
    if rendered(entries, catalogue.language) != text:
        yield problem("not_up_to_date", str(catalogue.path.name), "run: baken pack messages")


def figures(entries: Iterable[Entry]) -> Figures:
    """How many entries there are, translated, and checked by a person."""
    every = list(entries)
    return Figures(len(every), sum(item.translated for item in every), sum(item.checked for item in every))


def update_file(catalogue: Catalogue) -> bool:
    """Bring the file in step with the sources. Says whether it changed. Raises CatalogueError."""
    text = rendered(updated(catalogue, read_entries(catalogue.path)), catalogue.language)
    return write_if_changed(catalogue.path, text.encode())


def compile_file(catalogue_file: Path, language: str) -> bool:
    """Write the MO file beside a PO file. Says whether it changed. Raises CatalogueError."""
    return write_if_changed(catalogue_file.with_suffix(".mo"), compiled(read_entries(catalogue_file), language))


def catalogue_files(root: Path = ROOT) -> Iterator[tuple[Path, str]]:
    """Every catalogue on disk, of the interface and of the packs, with its language. No sources are read."""
    for path in sorted(root.parent.glob("locale/*/LC_MESSAGES/django.po")):
        yield path, path.parts[-3]
    for path in sorted(root.glob("*/locale/*.po")):
        yield path, path.stem


def write_if_changed(path: Path, content: bytes) -> bool:
    """Write a file whole or not at all, and leave it alone when it holds this already."""
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)
    return True


def problems_of_file(catalogue: Catalogue) -> list[MessageProblem]:
    """Everything that is wrong with a catalogue as it is on disk. Raises CatalogueError."""
    text = catalogue.path.read_text(encoding="utf-8") if catalogue.path.exists() else ""
    return list(problems(catalogue, on_disk=read_entries(catalogue.path), text=text))
