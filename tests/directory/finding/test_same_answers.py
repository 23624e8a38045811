"""SQLite and PostgreSQL give the same answers: both are held against a list that was made by neither.

The answers that are kept here come from a third, slow index, made in Python alone from the same rows. Whichever database the
tests run on must give the same hits, scores, distances and words. CI runs them on both.
"""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from bench.directory_relevance import written
from bench.directory_world import documents, queries
from django.db import connection
from tests.directory.finding.plain_index import PlainIndex

from baken.directory.finding.documents import Audience, Point, Query
from baken.directory.finding.search import counts, find
from baken.directory.finding.store import put, remove

pytestmark = pytest.mark.django_db


@pytest.fixture
def plain(db: None) -> PlainIndex:
    """The same documents in the database and in the plain index, after some were changed and removed."""
    first = [*documents(400, seed=5), *written()[0].values()]
    put(first)
    changed = [*documents(100, seed=6)]
    moved = [replace(new, key=old.key) for old, new in zip(first, changed, strict=False)]
    put(moved)
    remove([doc.key for doc in first[100:150]])
    return PlainIndex([*moved, *first[150:]])


def asked() -> list[Query]:
    texts = [Query(Audience.PUBLIC, query.ask, query.language, limit=200) for query in written()[1]]
    place = Point(136_000, 456_000)
    return [
        *texts,
        *queries(60, seed=8),
        *(Query(Audience.PROFESSIONAL, near=place, within_km=km, limit=200) for km in (1, 5, 30, 100, 400)),
        *(Query(Audience.PUBLIC, "opvang", near=place, within_km=km) for km in (20, None)),
        *(Query(Audience.PUBLIC, text) for text in ("hulp", "onderwijs kinderen spelen koffie", "курс koffie", "")),
        *(
            Query(Audience.PUBLIC, open_at=at, facets=frozenset({"n:shelter", "n:work", "a:adult"}))
            for at in (20, 360, 600)
        ),
    ]


def test_every_hit_score_and_reason_is_the_same(plain: PlainIndex):
    for query in asked():
        assert find(query) == plain.find(query), query.text


def test_every_count_is_the_same(plain: PlainIndex):
    for query in asked():
        assert counts(query) == plain.counts(query), query.text


def test_what_the_index_knows_does_not_depend_on_how_it_came_there(plain: PlainIndex):
    """After changes and removals the words are those of the documents that are left."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT token, documents FROM finding_word")
        assert dict(cursor.fetchall()) == plain.words
        cursor.execute("SELECT gram, words FROM finding_gram")
        found = {gram: sorted(words.split()) for gram, words in cursor.fetchall() if words.strip()}
    assert found == {gram: sorted(words) for gram, words in plain.grams.items()}


def test_a_key_is_found_as_it_was_given(plain: PlainIndex):
    assert all(isinstance(hit.key, uuid.UUID) for hit in find(Query(Audience.PUBLIC)).hits)
