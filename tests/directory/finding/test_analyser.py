"""From what somebody wrote to tokens."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.directory.finding.analyser import tokens
from baken.directory.finding.compounds import parts
from baken.directory.finding.folding import fold, latin_forms, typed_forms, words
from baken.directory.finding.similar import alike, grams, shared, typos
from baken.directory.finding.stemming import LANGUAGES, stems


@pytest.mark.parametrize(
    ("cyrillic", "typed"),
    [
        ("приют", "priyut prijut priiut"),
        ("жена", "zhena jena zena žena"),
        ("къща", "kashta kushta kyshta ku6ta"),
        ("преводач", "prevodach prevodac prevoda4 prevodač"),
        ("убежище", "ubezhishte ubejishte ubezište"),
        ("луѓе", "lugje luge"),
        ("куќа", "kukja kuka"),
        ("засолниште", "zasolnishte zasolniste zasolnište"),
        ("хора", "hora xora"),
        ("чужденец", "chuzhdenets chujdenec"),
        ("вяра", "vyara vjara vqra"),
    ],
)
def test_cyrillic_is_found_however_it_is_typed_in_latin_letters(cyrillic: str, typed: str):
    for form in typed.split():
        assert set(typed_forms(form)) & set(latin_forms(cyrillic)), form


@pytest.mark.parametrize(
    ("language", "same"),
    [
        ("nl", "tolk tolken"),
        ("en", "lawyer lawyers"),
        ("hu", "tolmács tolmácsok tolmáccsal tolmácsnak"),
        ("bg", "адвокат адвокати адвокатите адвокатът адвоката"),
        ("bg", "жена жени жените жената"),
        ("bg", "работник работници работниците"),
        ("bg", "приют приюти приютът приюта"),
        ("bg", "психолог психолози психолога"),
        ("bg", "бесплатен бесплатна бесплатни"),
        ("bg", "чужденец чужденци"),
        ("bg", "линия линии линията"),
        ("mk", "адвокат адвокати адвокатот адвокатите"),
        ("mk", "куќа куќи куќата куќите"),
        ("mk", "преведувач преведувачи преведувачот"),
        ("mk", "засолниште засолништа засолништето"),
    ],
)
def test_endings_go_and_the_stem_stays(language: str, same: str):
    first, *others = ({*stems(word, language)} for word in same.split())
    assert all(first & other for other in others)


@pytest.mark.parametrize(
    ("word", "built_of"),
    [
        ("vrouwenopvang", ("vrouwen", "opvang")),
        ("rechtsbijstand", ("rechts", "bijstand")),
        ("verblijfsvergunning", ("verblijf", "vergunning")),
        ("schuldhulpverlening", ("schuld", "hulp", "verlening")),
        ("loonvordering", ("loon", "vordering")),
        ("opvang", ()),
        ("advocaat", ()),
        ("xyzzyplugh", ()),
        ("", ()),
    ],
)
def test_dutch_compounds_come_apart(word: str, built_of: tuple[str, ...]):
    assert parts(word) == built_of


@given(word=st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=24))
def test_the_parts_of_a_compound_stand_in_it_in_order(word: str):
    place = 0
    for part in parts(word):
        place = word.index(part, place) + len(part)


@given(text=st.text(max_size=60), language=st.sampled_from([*LANGUAGES, "pl", ""]))
def test_a_token_is_small_letters_and_digits_alone(text: str, language: str):
    """No database has anything to decide about it, and nothing that is typed can break a statement."""
    assert all(re.fullmatch(r"[wsp][a-z0-9]+", token) for token in tokens(text, language))


@given(text=st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str):
    assert all(fold(fold(word)) == fold(word) for word in words(text))


def test_words_that_say_nothing_stay_out():
    assert tokens("de opvang is voor een vrouw", "nl") == ["wopvang", "sopvang", "wvrouw", "svrouw"]


def test_a_typo_is_one_edit_in_a_short_word_and_two_in_a_long_one():
    known = ["tolk", "advocaat", "opvang", "opgang", "vrouwenopvang"]
    assert typos("tlok", known) == [("tolk", 1)]
    assert typos("advokat", known) == []
    assert typos("advokaad", known) == [("advocaat", 2)]
    assert typos("opvnag", known) == [("opvang", 1)]
    assert typos("tol", known) == [], "So short a word is like everything."


def test_a_word_that_holds_the_other_looks_like_it():
    known = ["noodopvang", "opvang", "zorg", "vangst"]
    by_gram = {gram: [word for word in known if gram in grams(word)] for gram in grams("opvang")}
    found = dict(alike("opvang", shared("opvang", by_gram)))
    assert found["opvang"] == 1
    assert 0.55 <= found["noodopvang"] < 1
    assert "zorg" not in found
