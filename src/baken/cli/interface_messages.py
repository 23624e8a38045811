"""Find the program's own words: what stands in gettext calls in Python and in translation tags in templates.

No gettext tools are needed. Django turns a template into calls that look like Python, and Babel reads the calls.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from fnmatch import fnmatch
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_python

import baken
from baken.packs.messages import Catalogue, Source

PACKAGE = Path(baken.__file__).parent
INTERFACE = "interface"
SOURCE_LANGUAGE = "en"
LANGUAGES = ("nl", "en", "hu", "bg", "mk")
HELP_LANGUAGES = ("ar",)
"""Languages of the page for people who need help themselves; they hold the words of that page and no others."""
HELP_SOURCES = (
    "ui/templates/ui/base.html",
    "ui/templates/ui/parts/*.html",
    "ui/templates/ui/components/*.html",
    "routes/templates/routes/help*.html",
    "routes/views/self_help.py",
    "routes/plain_doors.py",
    "routes/cards.py",
)
FUNCTIONS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), ("id",)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), ("id", "plural")),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ("context", "id")),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ("context", "id", "plural")),
}
"""The functions that mark a text, with what their first arguments are."""
NOTE = "Translators:"
TEMPLATE_SUFFIXES = (".html", ".txt")


def interface_catalogues(package: Path = PACKAGE) -> Iterator[Catalogue]:
    """The catalogue of the interface in every language."""
    sources = interface_sources(package)
    on_help_page = tuple(item for item in sources if any(_on_help_page(place) for place in item.places))
    for language in (*LANGUAGES, *HELP_LANGUAGES):
        yield Catalogue(
            name=INTERFACE,
            language=language,
            path=package / "locale" / language / "LC_MESSAGES" / "django.po",
            sources=on_help_page if language in HELP_LANGUAGES else sources,
            identity=language == SOURCE_LANGUAGE,
        )


def _on_help_page(place: str) -> bool:
    return any(fnmatch(place, pattern) for pattern in HELP_SOURCES)


def interface_sources(package: Path = PACKAGE) -> tuple[Source, ...]:
    """Every text of the interface once, with the files in which it stands; by file, in the order of the file."""
    found: dict[tuple[str | None, str], Source] = {}
    for path in _files(package):
        place = path.relative_to(package).as_posix()
        for source in _texts(path):
            before = found.get((source.context, source.id), source)
            found[source.context, source.id] = Source(
                id=source.id,
                context=source.context,
                plural=source.plural or before.plural,
                notes=tuple(dict.fromkeys((*before.notes, *source.notes))),
                places=tuple(dict.fromkeys((*before.places, place))),
            )
    return tuple(found.values())


def _files(package: Path) -> list[Path]:
    python = [path for path in package.rglob("*.py") if "migrations" not in path.parts]
    templates = [path for suffix in TEMPLATE_SUFFIXES for path in package.rglob(f"templates/**/*{suffix}")]
    return sorted([*python, *templates])


def _texts(path: Path) -> Iterator[Source]:
    text = path.read_text(encoding="utf-8")
    if path.suffix in TEMPLATE_SUFFIXES:
        text = _as_python(text, str(path))
    elif not any(function in text for function in ("gettext", "_(")):
        return
    calls = extract_python(BytesIO(text.encode()), dict.fromkeys(FUNCTIONS), [NOTE], {"encoding": "utf-8"})
    for _line, function, arguments, notes in calls:
        if source := _source(str(function), arguments, tuple(map(str, notes or ()))):
            yield source


def _as_python(template: str, origin: str) -> str:
    """A template as lines of calls. Indentation means nothing in a template and everything to Python, so it goes."""
    from django.utils.translation.template import templatize

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return "\n".join(line.strip() for line in str(templatize(template, origin=origin)).splitlines()) + "\n"


def _source(function: str, arguments: Any, notes: tuple[str, ...]) -> Source | None:
    """What a call holds; None when it holds no fixed text (a variable was passed on)."""
    # Babel gives one argument bare and several as a sequence; None stands for what is not a fixed text.
    given = (arguments,) if isinstance(arguments, str | None) else tuple(arguments)
    names = FUNCTIONS[function]
    parts = dict(zip(names, given, strict=False))
    if len(given) < len(names) or not all(parts.values()):
        return None
    return Source(id=str(parts["id"]), context=parts.get("context"), plural=parts.get("plural"), notes=notes)
