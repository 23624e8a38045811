"""The index in the database of the installation."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection

from baken.directory.codes import Visibility
from baken.directory.finding import statements
from baken.directory.finding.documents import Audience, Document, Point, Query, Text, Weight
from baken.directory.finding.search import counts, find
from baken.directory.finding.store import put, rebuild, remove

pytestmark = pytest.mark.django_db


def document(number: int, name: str, *, language: str = "nl", **given) -> Document:
    return Document(
        key=uuid.UUID(int=number),
        texts=(Text(language, Weight.NAME, name),),
        visibility=given.pop("visibility", Visibility.PUBLIC),
        **given,
    )


def keys(query: Query) -> list[int]:
    return [hit.key.int for hit in find(query).hits]


def ask(text: str = "", **given) -> list[int]:
    return keys(Query(given.pop("audience", Audience.PUBLIC), text, **given))


def test_an_update_is_found_at_once():
    put([document(1, "Opvang voor vrouwen")])
    assert ask("vrouwenopvang") == [1]
    put([document(1, "Fietsenmaker")])
    assert ask("vrouwenopvang") == []
    assert ask("fiets") == [1]


def test_what_is_removed_leaves_nothing_behind():
    with connection.cursor() as cursor:
        put([document(1, "Opvang voor vrouwen")])
        remove([uuid.UUID(int=1), uuid.UUID(int=2)])
        for table in ("finding_document", "finding_word"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table
        cursor.execute("SELECT count(*) FROM finding_gram WHERE words <> ' '")
        assert cursor.fetchone() == (0,)
        cursor.execute(statements.READ_STATE)
        assert cursor.fetchone()[1] == 0


def test_rebuilding_takes_out_what_is_no_longer_there():
    put([document(1, "Opvang"), document(2, "Tolk")])
    rebuild([document(2, "Tolk"), document(3, "Advocaat")])
    assert sorted(ask()) == [2, 3]


def test_it_says_by_which_of_its_words_a_document_was_found():
    put(
        [
            document(1, "Noodopvang"),
            document(2, "Menedékhelyek nőknek", language="hu"),
            document(3, "Приют за жени", language="bg"),
        ]
    )
    assert find(Query(Audience.PUBLIC, "opvang")).hits[0].found_by == ("noodopvang",)
    assert find(Query(Audience.PUBLIC, "menedekhely", "hu")).hits[0].found_by == ("menedékhelyek",)
    assert find(Query(Audience.PUBLIC, "prijut jeni", "bg")).hits[0].found_by == ("приют", "жени")


def test_between_groups_and_inside_a_group_or():
    put(
        [
            document(1, "Een", facets=frozenset({"n:shelter", "f:labour"})),
            document(2, "Twee", facets=frozenset({"n:legal", "f:labour"})),
            document(3, "Drie", facets=frozenset({"n:legal", "f:sexual"})),
        ]
    )
    assert ask(facets=frozenset({"n:shelter", "n:legal", "f:labour"})) == [1, 2]


def test_what_is_for_everybody_is_for_each():
    put(
        [
            document(1, "Een", facets=frozenset({"g:women"})),
            document(2, "Twee"),
            document(3, "Drie", facets=frozenset({"g:men"})),
        ]
    )
    assert ask(facets=frozenset({"g:women"})) == [1, 2]
    assert counts(Query(Audience.PUBLIC, facets=frozenset({"g:women"})))["g:men"] == 2


def test_counts_say_what_a_choice_gives():
    put(
        [
            document(1, "Een", facets=frozenset({"n:shelter", "l:bg"})),
            document(2, "Twee", facets=frozenset({"n:legal", "l:bg"})),
            document(3, "Drie", facets=frozenset({"n:legal", "l:hu"})),
        ]
    )
    found = counts(Query(Audience.PUBLIC, facets=frozenset({"n:legal"})))
    assert (found["n:shelter"], found["n:legal"], found["l:bg"], found["l:hu"]) == (1, 2, 1, 1)


def test_who_sees_what():
    put([document(number, "Opvang", visibility=visibility) for number, visibility in enumerate(Visibility, start=1)])
    assert ask("opvang") == [1]
    assert ask("opvang", audience=Audience.PROFESSIONAL) == [1, 2]
    assert ask("opvang", audience=Audience.EDITOR) == [1, 2, 3]


def test_distance_counts_and_what_is_everywhere_is_within_every_distance():
    near, far = Point(100_000, 400_000), Point(100_000, 431_000)
    put([document(1, "Opvang", point=far), document(2, "Opvang"), document(3, "Opvang", point=near)])
    assert ask(near=near, within_km=30) == [3, 2]
    hits = find(Query(Audience.PUBLIC, near=near, within_km=31)).hits
    assert [(hit.key.int, hit.distance) for hit in hits] == [(3, 0), (1, 31_000), (2, None)]


def test_open_at_a_moment():
    put([document(1, "Een", opening=1 << 20), document(2, "Twee", opening=1 << 21), document(3, "Drie")])
    assert ask(open_at=20) == [1]


def test_words_that_say_nothing_find_nothing_and_break_nothing():
    put([document(1, "Opvang")])
    for text in ("?!", "''", '"', "NOT AND (", "' | '", "\\", "\x00", "a" * 5000, "🦊", "救助"):
        assert ask(text) == []


def test_equal_hits_come_in_the_order_of_their_key():
    put([document(number, "Opvang") for number in (5, 3, 9, 1)])
    assert ask("opvang") == [1, 3, 5, 9]
