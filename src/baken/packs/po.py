"""Translation catalogues on disk: read and write PO, compile MO. Babel does the parsing; no gettext tools are needed.

The files are written the same way every time: no dates, no line wrapping, no line numbers. So a catalogue changes only
when a text or a translation changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.core import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileError, denormalize, normalize, read_po

from baken.packs.catalogues import DRAFTS_HEADER

CHECKED = re.compile(r"^checked:\s*\S")
"""A translator's comment: a person compared the translation with the source. Without it, a translation is a draft."""
PREVIOUS = "| msgid "

Key = tuple[str | None, str]


class CatalogueError(Exception):
    """A catalogue cannot be read; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One text with its translation."""

    id: str
    context: str | None = None
    plural: str | None = None
    strings: tuple[str, ...] = ()
    """The translation; one string, or one per plural form of the language."""
    outdated: bool = False
    """The source text changed after it was translated (gettext calls this fuzzy). Readers do not get it."""
    previous: str | None = None
    """The source text that an outdated translation belongs to."""
    comments: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """What the author of the source text has to say to the translator."""
    places: tuple[str, ...] = ()
    """Files in which the text stands; without line numbers, which change too often."""

    @property
    def key(self) -> Key:
        """What makes an entry one and the same: its context and source text."""
        return self.context, self.id

    @property
    def translated(self) -> bool:
        """Is every form there and does it belong to this source text?"""
        return bool(self.strings) and all(self.strings) and not self.outdated

    @property
    def checked(self) -> bool:
        """Did a person compare the translation with the source?"""
        return self.translated and any(CHECKED.match(comment) for comment in self.comments)


def plural_forms(language: str) -> int:
    """How many forms a counted text has in a language."""
    return int(get_plural(language).num_plurals)


def right_to_left(language: str) -> bool:
    """Is the language written from right to left?"""
    return bool(Locale.parse(language).text_direction == "rtl")


def read_entries(path: Path) -> list[Entry]:
    """The entries of a catalogue in the order of the file; none when there is no file. Raises CatalogueError."""
    if not path.exists():
        return []
    try:
        with path.open("rb") as handle:
            catalogue = read_po(handle, abort_invalid=True)
    except PoFileError as error:
        raise CatalogueError(f"{path}: {error}") from None
    except (ValueError, IndexError, KeyError) as error:
        raise CatalogueError(f"{path}: not a catalogue that can be read: {error}") from None
    unused = list(catalogue.obsolete.values())
    return [_entry(message) for message in (*catalogue, *unused) if message.id]


def _entry(message: Message) -> Entry:
    source, string, comments = message.id, message.string, message.user_comments
    previous = next((denormalize(item[len(PREVIOUS) :]) for item in comments if item.startswith(PREVIOUS)), None)
    return Entry(
        id=source if isinstance(source, str) else source[0],
        context=message.context,
        plural=None if isinstance(source, str) else source[1],
        strings=_filled((string,) if isinstance(string, str) else tuple(string or ())),
        outdated=message.fuzzy,
        previous=previous,
        comments=tuple(item for item in comments if not item.startswith("|")),
        notes=tuple(message.auto_comments),
    )


def _filled(strings: tuple[str, ...]) -> tuple[str, ...]:
    return strings if any(strings) else ()


def _headers(language: str) -> list[tuple[str, str]]:
    plural = get_plural(language)
    return [
        ("Project-Id-Version", "Baken"),
        ("Language", language),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", f"nplurals={plural.num_plurals}; plural={plural.plural_expr};"),
    ]


def rendered(entries: Iterable[Entry], language: str) -> str:
    """The catalogue as text of a PO file."""
    header = "".join(f"{name}: {value}\n" for name, value in _headers(language))
    parts = [f'msgid ""\nmsgstr {normalize(header, width=0)}\n']
    parts += [_rendered_entry(entry, plural_forms(language)) for entry in entries]
    return "\n".join(parts)


def _rendered_entry(entry: Entry, forms: int) -> str:
    lines = [f"# {comment}" for comment in entry.comments]
    lines += [f"#. {note}" for note in entry.notes]
    lines += [f"#: {place}" for place in entry.places]
    if entry.outdated:
        lines.append("#, fuzzy")
    if entry.previous is not None:
        lines.append(f"#{PREVIOUS}{_one_line(entry.previous)}")
    if entry.context is not None:
        lines.append(f"msgctxt {_quoted(entry.context)}")
    lines.append(f"msgid {_quoted(entry.id)}")
    if entry.plural is None:
        lines.append(f"msgstr {_quoted(entry.strings[0] if entry.strings else '')}")
    else:
        lines.append(f"msgid_plural {_quoted(entry.plural)}")
        strings = (*entry.strings, *[""] * forms)[:forms]
        lines += [f"msgstr[{index}] {_quoted(string)}" for index, string in enumerate(strings)]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return str(normalize(text, width=0))


def _one_line(text: str) -> str:
    return _quoted(" ".join(text.split()))


class _CompiledCatalogue(Catalog):
    """Babel puts the moment of writing in the headers; a build that must be the same every time cannot have that."""

    fixed_headers: list[tuple[str, str]]

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The headers, nothing but what a reader of the file needs."""
        return self.fixed_headers


def compiled(entries: Iterable[Entry], language: str) -> bytes:
    """The catalogue as bytes of an MO file. Without outdated and empty translations: there, readers get the source."""
    usable = [entry for entry in entries if entry.translated]
    catalogue = _CompiledCatalogue(locale=language)
    drafts = sum(not entry.checked for entry in usable)
    catalogue.fixed_headers = [*_headers(language), (DRAFTS_HEADER, str(drafts))]
    for entry in usable:
        source = entry.id if entry.plural is None else (entry.id, entry.plural)
        string = entry.strings[0] if entry.plural is None else entry.strings
        catalogue.add(source, string, context=entry.context)
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()
