"""The sentences of the services that a map starts with, in other languages.

They stand in catalogues beside the services, found by the source sentence itself: a sentence that changes has no translation
until somebody makes one. The map keeps them in its own table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from baken.packs.loader import ROOT, countries, read_pack
from baken.packs.messages import Catalogue, Source
from baken.packs.po import read_entries
from baken.packs.schema.services import ServicesFile
from baken.packs.services import read_services, words_of

SHOWN_IN_MAP = ("description", "note")
"""Of the sentences of a service, those that the map can show in another language."""


@dataclass(frozen=True, slots=True)
class Word:
    """A translated sentence; ``checked`` when a person compared it with the source."""

    text: str
    checked: bool


def catalogue_path(country: str, language: str, *, root: Path = ROOT) -> Path:
    """Where the sentences of a country's services stand in a language."""
    return root / country / "services-locale" / f"{language}.po"


def service_catalogues(root: Path = ROOT) -> Iterator[Catalogue]:
    """The catalogues of the services of every country, in every language of its pack but their own. Raises PackError."""
    for country in countries(root):
        pack, _documents = read_pack(country, root=root)
        found = read_services(pack, root=root)
        sources = tuple(Source(text) for text in sentences(found))
        for language in pack.info.languages:
            if sources and language != found.language:
                path = catalogue_path(country, language, root=root)
                yield Catalogue(f"services of {country}", language, path, sources)


def sentences(found: ServicesFile) -> dict[str, None]:
    """Each sentence once, in the order of the files."""
    return {
        text: None for service in found.services.values() for name, text in words_of(service) if name in SHOWN_IN_MAP
    }


@cache
def service_words(country: str, *, root: Path = ROOT) -> Mapping[str, Mapping[str, Word]]:
    """Language -> source sentence -> translation, of what is translated. Raises CatalogueError."""
    return {
        path.stem: {entry.id: Word(entry.strings[0], entry.checked) for entry in read_entries(path) if entry.translated}
        for path in sorted((root / country / "services-locale").glob("*.po"))
    }
