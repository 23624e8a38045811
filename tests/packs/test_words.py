"""No text of a pack, and no translation, uses a word that stigmatises. The list is tests/data/words_to_avoid.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from babel.messages.pofile import read_po

import baken
from baken.packs.loader import countries, load_pack
from baken.packs.services import load_services, words_of
from baken.packs.texts import texts_of_model

SOURCE = Path(baken.__file__).parent
LIST = Path(__file__).parents[1] / "data" / "words_to_avoid.yaml"
LEAST_ENTRIES = {"nl": 12, "en": 12, "hu": 6, "bg": 6, "mk": 6}
INTERFACE_LANGUAGE = "en"
SHARED_LANGUAGE = "nl"


class Avoided(NamedTuple):
    """One entry of the list, with its pattern ready."""

    word: str
    pattern: re.Pattern[str]
    why: str
    instead: str
    exceptions: re.Pattern[str] | None


def _pattern(word: str) -> re.Pattern[str]:
    before = "" if word.startswith("*") else r"\b"
    after = "" if word.endswith("*") else r"\b"
    return re.compile(before + re.escape(word.strip("*")) + after, re.IGNORECASE)


def _avoided(entry: dict[str, object]) -> Avoided:
    phrases = entry.get("except") or []
    assert isinstance(phrases, list)
    exceptions = re.compile("|".join(map(re.escape, phrases)), re.IGNORECASE) if phrases else None
    word, why, instead = str(entry["word"]), str(entry["why"]), str(entry["instead"])
    return Avoided(word, _pattern(word), why, instead, exceptions)


@cache
def words() -> dict[str, list[Avoided]]:
    """Language -> words to avoid."""
    entries = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    return {language: [_avoided(entry) for entry in found] for language, found in entries.items()}


def complaints(language: str, path: str, text: str) -> Iterator[str]:
    """What is wrong with one text: path, the word, what to say instead."""
    for avoided in words().get(language, ()):
        rest = avoided.exceptions.sub(" ", text) if avoided.exceptions else text
        if found := avoided.pattern.search(rest):
            yield f"{path}: '{found[0]}' ({avoided.word}): say '{avoided.instead}'. {avoided.why}"


def pack_texts() -> Iterator[tuple[str, str, str]]:
    """(language, path, text) of every source text of every pack, and of the shared signs and instruments once."""
    for country in countries():
        pack = load_pack(country)
        for name, model in pack.files().items():
            for path, text in texts_of_model(model, name):
                yield pack.info.source_language, f"{country}/{path}", text
        services = load_services(country)
        for code, service in services.services.items():
            for path, text in words_of(service):
                yield services.language, f"{country}/services.{code}.{path}", text
    pack = load_pack("nl")
    for path, text in texts_of_model(pack.signs_file):
        yield SHARED_LANGUAGE, f"shared/{path}", text
    for code, instrument in pack.instruments.items():
        for path, text in texts_of_model(instrument, f"instruments/{code}"):
            yield SHARED_LANGUAGE, f"shared/{path}", text


def catalogues() -> Iterator[tuple[str, Path]]:
    """(language, file) of every catalogue: of the interface and of the packs."""
    for path in sorted((SOURCE / "locale").glob("*/LC_MESSAGES/*.po")):
        yield path.parent.parent.name, path
    for path in sorted((SOURCE / "packs").glob("*/locale/*.po")):
        yield path.stem, path


def catalogue_texts(language: str, path: Path) -> Iterator[tuple[str, str, str]]:
    """(language, path, text) of every translation; of the interface also the English original."""
    with path.open("rb") as handle:
        catalogue = read_po(handle, locale=language)
    of_interface = path.parent.name == "LC_MESSAGES"
    for message in catalogue:
        if not message.id:
            continue
        place = f"{path.relative_to(SOURCE)}: {message.context or message.id}"
        for text in message.string if isinstance(message.string, tuple | list) else (message.string,):
            yield language, place, text or ""
        for text in (message.id if isinstance(message.id, tuple | list) else (message.id,)) if of_interface else ():
            yield INTERFACE_LANGUAGE, place, text


def test_the_list_has_enough_words_and_says_what_to_say_instead() -> None:
    assert {language for language, least in LEAST_ENTRIES.items() if len(words().get(language, ())) < least} == set()
    for language, entries in words().items():
        assert all(entry.why and entry.instead for entry in entries), language
        assert len({entry.word.casefold() for entry in entries}) == len(entries), language


@pytest.mark.parametrize("language", sorted(LEAST_ENTRIES))
def test_every_word_of_the_list_is_found_in_a_sentence(language: str) -> None:
    for entry in words()[language]:
        text = f"Abc, {entry.word.strip('*').capitalize()} xyz."
        assert any(entry.word in line for line in complaints(language, "example", text)), entry.word


@pytest.mark.parametrize("language", sorted(LEAST_ENTRIES))
def test_what_to_say_instead_is_not_on_the_list_itself(language: str) -> None:
    wrong = [line for entry in words()[language] for line in complaints(language, entry.word, entry.instead)]
    assert wrong == []


def test_a_stem_matches_longer_words_and_a_whole_word_does_not() -> None:
    assert list(complaints("nl", "a", "De illegale woning"))
    assert list(complaints("nl", "a", "Jeugdprostitutie"))
    assert not list(complaints("en", "a", "Help with an addiction"))
    assert list(complaints("en", "a", "An addict"))


def test_a_name_or_wording_of_the_law_is_allowed_and_nothing_around_it() -> None:
    assert not list(complaints("nl", "a", "Bel Slachtofferhulp. Een mogelijk slachtoffer heeft recht op hulp."))
    assert list(complaints("nl", "a", "Een mogelijk slachtoffer is nog geen slachtoffer."))


def test_no_pack_uses_a_word_to_avoid() -> None:
    found = [line for language, path, text in pack_texts() for line in complaints(language, path, text)]
    assert found == [], "\n".join(found)


def test_no_translation_uses_a_word_to_avoid() -> None:
    found = [
        line
        for catalogue_language, file in catalogues()
        for language, path, text in catalogue_texts(catalogue_language, file)
        for line in complaints(language, path, text)
    ]
    assert found == [], "\n".join(dict.fromkeys(found))


def test_a_word_in_a_catalogue_is_found_in_translation_and_in_the_english_original(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(globals(), "SOURCE", tmp_path)
    interface = tmp_path / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    pack = tmp_path / "packs" / "nl" / "locale" / "hu.po"
    for path, lines in (
        (interface, 'msgid "An illegal stay"\nmsgstr "Illegaal verblijf"\n'),
        (pack, 'msgctxt "doors.police.name"\nmsgid "Bel"\nmsgstr "Egy áldozat"\n'),
    ):
        path.parent.mkdir(parents=True)
        path.write_text(
            'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n' + lines, encoding="utf-8"
        )
    found = [
        line
        for language, file in catalogues()
        for own, place, text in catalogue_texts(language, file)
        for line in complaints(own, place, text)
    ]
    assert len(found) == 3
    assert any("doors.police.name" in line and "az érintett személy" in line for line in found)
