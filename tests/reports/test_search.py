"""Search finds what a person would find by reading, in memory, and quickly among 10,000 reports."""

from __future__ import annotations

import datetime as dt
import random
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.reports.search import FACETS, SHORTEST_PREFIX, Doc, Found, Index, Query, folded, words_of

DAY = dt.timedelta(days=1)
START = dt.datetime(2026, 11, 1, 9, 0, tzinfo=dt.UTC)


def doc(number: int, *texts: str, **more: object) -> Doc:
    return Doc(id=f"r{number}", received_at=START + number * DAY, texts=texts, **more)  # type: ignore[arg-type]


DOCS = [
    doc(
        1,
        "Schoonmaak in het hotel bij Ǿresund",
        state="received",
        form="labour",
        place="0431",
        signs=frozenset({"a", "b"}),
    ),
    doc(2, "De schoonmakers slapen in de kelder", "José werkt er ook", state="closed", form="labour", place="0431"),
    doc(
        3,
        "Café aan het kanaal",
        state="received",
        form="sexual",
        place="0363",
        signs=frozenset({"a"}),
        reference="B7-K2",
    ),
    doc(4, "Жената не говори", state="in_triage", form="unknown", place="0363"),
]
INDEX = Index(DOCS)


def found(text: str = "", **more: object) -> tuple[str, ...]:
    return INDEX.find(Query(text=text, **more)).ids  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("r4", "r3", "r2", "r1")),
        ("schoonma", ("r2", "r1")),
        ("SCHOONMAAK hotel", ("r1",)),
        ("hotel kelder", ()),
        ("jose", ("r2",)),
        ("josé", ("r2",)),
        ("cafe", ("r3",)),
        ("oresund", ("r1",)),
        ("жената", ("r4",)),
        ("b7-k2", ("r3",)),
        ("in", ("r2", "r1")),
        ("h", ()),
        ("!?", ("r4", "r3", "r2", "r1")),
        ("zzz", ()),
    ],
)
def test_every_word_must_stand_there_from_its_beginning(text: str, expected: tuple[str, ...]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("facets", "expected"),
    [
        ({"signs": frozenset({"a"})}, ("r3", "r1")),
        ({"signs": frozenset({"a", "b"})}, ("r1",)),
        ({"places": frozenset({"0431", "9999"})}, ("r2", "r1")),
        ({"forms": frozenset({"labour"})}, ("r2", "r1")),
        ({"states": frozenset({"received"})}, ("r3", "r1")),
        ({"since": dt.date(2026, 11, 4)}, ("r4", "r3")),
        ({"until": dt.date(2026, 11, 3)}, ("r2", "r1")),
        ({"since": dt.date(2026, 11, 3), "until": dt.date(2026, 11, 3)}, ("r2",)),
    ],
)
def test_facets_narrow(facets: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert found(**facets) == expected


def test_facets_count_what_was_found_and_nothing_else() -> None:
    assert INDEX.find(Query(text="schoonma")).facets == {
        "state": {"closed": 1, "received": 1},
        "form": {"labour": 2},
        "place": {"0431": 2},
        "sign": {"a": 1, "b": 1},
    }
    assert INDEX.find(Query(text="zzz")) == Found((), {name: {} for name in FACETS})
    bare = Index([doc(1, "x")]).find(Query())
    assert bare.facets == {name: {} for name in FACETS}
    assert INDEX.find(Query()).facets["sign"] == {"a": 2, "b": 1}


TEXTS = st.lists(st.text(st.sampled_from("aábcçé ø.-\nЖ1"), max_size=30), max_size=8)


@given(TEXTS, st.text(st.sampled_from("aábcçé øЖ1"), max_size=9))
def test_the_index_finds_exactly_what_reading_each_report_finds(texts: list[str], text: str) -> None:
    docs = [doc(number, one) for number, one in enumerate(texts)]

    def read(one: str) -> bool:
        there = words_of(one)
        return all(
            any(word.startswith(asked) if len(asked) >= SHORTEST_PREFIX else word == asked for word in there)
            for asked in words_of(text)
        )

    assert set(Index(docs).find(Query(text=text)).ids) == {item.id for item in docs if read(item.texts[0])}


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert words_of(folded(text)) == words_of(text)


def test_ten_thousand_reports_are_found_quickly() -> None:
    rng = random.Random(7)
    known = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(3, 9))) for _ in range(5000)]
    docs = [doc(number % 400, " ".join(rng.choices(known, k=80)), state="received") for number in range(10_000)]
    began = time.perf_counter()
    index = Index(docs)
    built = time.perf_counter() - began
    began = time.perf_counter()
    for word in known[:100]:
        assert index.find(Query(text=f"{word} {known[0][:3]}")).ids is not None
    asked = (time.perf_counter() - began) / 100
    assert built < 10
    assert asked < 0.1
