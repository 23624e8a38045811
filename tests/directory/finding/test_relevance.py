"""People find what they mean, in five languages, with endings, compounds, typing mistakes, and Cyrillic in Latin letters."""

from __future__ import annotations

from collections import Counter

import pytest
from bench.directory_relevance import TARGET, everything, found_by, ours, written

from baken.directory.finding.store import put

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_what_is_meant_is_among_the_first_three():
    put(everything())
    found = found_by(ours)
    missed = [query for query, met in found.items() if not met]
    assert 1 - len(missed) / len(found) >= TARGET, missed


def test_there_are_enough_queries_of_each_sort():
    _documents, queries = written()
    assert len(queries) >= 120
    assert min(Counter(query.language for query in queries).values()) >= 20
    assert set(Counter(query.kind for query in queries)) == {"inflection", "compound", "typo", "latin", "several"}
