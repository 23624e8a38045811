"""The sentences of the starter content in other languages."""

from __future__ import annotations

from baken.directory.from_pack import starting_records
from baken.directory.words import outdated, shown
from baken.packs.loader import countries, load_pack
from baken.packs.messages import problems_of_file
from baken.packs.service_words import sentences, service_catalogues, service_words
from baken.packs.services import load_services


def test_every_sentence_is_there_in_every_language() -> None:
    for catalogue in service_catalogues():
        assert [str(problem) for problem in problems_of_file(catalogue)] == []
    words = service_words("nl")
    assert set(words) == {"en", "hu", "bg", "mk"}
    assert all(set(sentences(load_services("nl"))) == set(found) for found in words.values())


def test_a_service_of_the_map_has_them_as_drafts_of_the_sentence_that_it_shows() -> None:
    for country in countries():
        for _key, record in starting_records(load_services(country), load_pack(country)):
            assert not outdated(record)
            for language in {"nl", "en", "hu", "bg", "mk"} - {record.language}:
                text = shown(record, "description", language)
                assert text.language == language
                assert text.draft
                assert text.text != record.description
