"""The professions of the Dutch pack: own words for existing signs, and instruments that can assess all of them."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest

from baken.packs.loader import load_pack
from baken.packs.pack import Pack
from baken.packs.schema.people import Profession

MUST_REGISTER = {"police_officer", "labour_inspector"}
UNDER_THE_MELDCODE = {"gp", "midwife", "dentist", "teacher", "youth_worker", "social_support_worker", "guardian"}
NOT_UNDER_THE_MELDCODE = {
    "desk_clerk",
    "enforcement_officer",
    "building_inspector",
    "labour_inspector",
    "police_officer",
    "refugee_support_volunteer",
    "red_cross_volunteer",
}
SEES_PLACES = ("building_inspector", "enforcement_officer", "labour_inspector", "desk_clerk", "home_care")
OPEN_QUESTION = re.compile(r"(?:^|, |^(?:bij|met|op) )(?:wie|wat|waar\w*|wanneer|hoe|welke?|vertel)\b", re.IGNORECASE)
WAYS_TO_NOTICE = {"see", "hear", "know", "documents"}


@cache
def nl() -> Pack:
    """The Dutch pack in its source language."""
    return load_pack("nl")


def professions() -> list[tuple[str, Profession]]:
    """Every profession with its code."""
    return list(nl().professions.items())


def codes(profession: Profession) -> list[str]:
    """The sign codes of a profession, in its own order."""
    return [item.sign for item in profession.signs]


def test_there_are_at_least_twenty_five_professions_and_someone_else_is_last() -> None:
    names = list(nl().professions)
    assert len(names) >= 25
    assert names[-1] == "other"


def test_every_profession_has_its_own_name_and_intro() -> None:
    for field in ("name", "intro"):
        counted = Counter(getattr(item, field) for _, item in professions())
        assert [text for text, count in counted.items() if count > 1] == []


def test_every_sign_exists_and_stands_once() -> None:
    for code, profession in professions():
        assert [sign for sign in codes(profession) if sign not in nl().signs] == [], code
        assert [sign for sign, count in Counter(codes(profession)).items() if count > 1] == [], code


def test_a_profession_shows_ten_to_fourteen_signs_first() -> None:
    wrong = {code: len(item.signs) for code, item in professions() if not 10 <= len(item.signs) <= 14}
    assert wrong == {}


def test_an_example_is_in_the_words_of_the_profession_and_not_those_of_the_sign() -> None:
    for code, profession in professions():
        for item in profession.signs:
            sign = nl().signs[item.sign]
            others = {sign.text.casefold(), (sign.hint or "").casefold()}
            assert item.example.casefold() not in others, (code, item.sign)


def test_no_two_professions_share_an_example() -> None:
    counted = Counter(item.example for _, profession in professions() for item in profession.signs)
    assert [text for text, count in counted.items() if count > 1] == []


def test_the_instruments_of_a_profession_exist_and_contain_all_its_signs() -> None:
    for code, profession in professions():
        assert [name for name in profession.instruments if name not in nl().instruments] == [], code
        assert len(set(profession.instruments)) == len(profession.instruments), code
        listed = {item.sign for name in profession.instruments for item in nl().instruments[name].signs}
        assert [sign for sign in codes(profession) if sign not in listed] == [], code


def test_every_profession_can_use_the_published_lists_for_adults_and_for_children() -> None:
    for code, profession in professions():
        assert {"ilo-2009-adult-labour", "ilo-2009-child-labour"} <= set(profession.instruments), code


def test_the_signs_are_noticed_in_different_ways() -> None:
    for code, profession in professions():
        ways = {nl().signs[sign].noticed for sign in codes(profession)}
        assert ways == WAYS_TO_NOTICE, f"{code}: nothing to {', '.join(sorted(WAYS_TO_NOTICE - ways))}"


def test_only_police_and_labour_inspectorate_must_register() -> None:
    assert {code for code, item in professions() if item.must_register} == MUST_REGISTER


def test_the_meldcode_holds_for_care_and_education_and_not_for_desks_enforcement_and_volunteers() -> None:
    meldcode = {code for code, item in professions() if item.meldcode}
    assert meldcode >= UNDER_THE_MELDCODE
    assert meldcode.isdisjoint(NOT_UNDER_THE_MELDCODE)
    assert {code for code, item in professions() if item.sector in {"care", "education"}} <= meldcode


def test_medical_secrecy_is_for_care() -> None:
    assert {code for code, item in professions() if item.secrecy == "medical"} == {
        code for code, item in professions() if item.sector == "care"
    }


def test_a_profession_gets_three_or_four_questions_and_things_to_do() -> None:
    for code, profession in professions():
        for texts in (profession.ask, profession.do):
            assert 3 <= len(texts) <= 4, code
            assert len(set(texts.values())) == len(texts), code


def test_questions_are_open() -> None:
    """A question that asks for yes or no puts the answer in somebody's mouth."""
    closed = [
        f"{code}: {question}"
        for code, profession in professions()
        for question in profession.ask.values()
        if not OPEN_QUESTION.search(question)
    ]
    assert closed == []


@pytest.mark.parametrize("code", SEES_PLACES)
def test_a_profession_that_sees_places_has_signs_that_need_no_person(code: str) -> None:
    """A sign that you see or read may be about a place: beds, locks, many names at one address."""
    ways = [nl().signs[sign].noticed for sign in codes(nl().professions[code])]
    assert sum(way in {"see", "documents"} for way in ways) >= 5


def test_examples_say_that_the_sector_has_not_reviewed_them() -> None:
    for code, profession in professions():
        assert profession.confidence == "reported", code
        assert profession.note, code
