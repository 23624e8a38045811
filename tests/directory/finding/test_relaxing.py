"""Zero results never end there."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from baken.directory.finding.documents import Audience, Found, Hit, Point, Query
from baken.directory.finding.relaxing import HARD, Wish, failed, relaxations, search

EVERYTHING = Query(
    Audience.PUBLIC,
    "advocaat",
    facets=frozenset({"n:legal", "f:labour", "g:women", "a:minor", "s:undocumented", "m:gm0344", "r:midden"}),
    language="bg",
    open_at=20,
    near=Point(0, 0),
    within_km=10,
)
NOTHING = Found((), 0, more=False)
SOMETHING = Found((Hit(uuid.UUID(int=1), 1.0, None, ()),), 1, more=False)


def test_each_wish_alone_in_the_order_that_is_told_and_then_together():
    assert [wishes for wishes, _query in relaxations(EVERYTHING)] == [
        (Wish.DISTANCE,),
        (Wish.LANGUAGE,),
        (Wish.HOURS,),
        (Wish.FORM,),
        (Wish.DISTANCE, Wish.LANGUAGE),
        (Wish.DISTANCE, Wish.LANGUAGE, Wish.HOURS),
        (Wish.DISTANCE, Wish.LANGUAGE, Wish.HOURS, Wish.FORM),
    ]


def test_what_is_let_go_of():
    _wishes, last = list(relaxations(EVERYTHING))[-1]
    assert (last.within_km, last.near) == (None, EVERYTHING.near), "The nearest still comes first."
    assert (last.language, last.interpreter_will_do) == ("bg", True)
    assert last.open_at is None
    assert "f:labour" not in last.facets
    assert (last.text, last.audience) == (EVERYTHING.text, EVERYTHING.audience)


CODES = st.sampled_from(
    ["n:legal", "f:labour", "f:sexual", "g:women", "g:men", "a:minor", "s:eu", "x:self", "k:crisis"]
)


@given(
    facets=st.frozensets(CODES),
    language=st.sampled_from(["", "bg"]),
    open_at=st.none() | st.integers(0, 671),
    within_km=st.none() | st.integers(1, 100),
)
def test_for_whom_a_service_is_stays_hard(facets, language, open_at, within_km):
    query = Query(
        Audience.PUBLIC, facets=facets, language=language, open_at=open_at, near=Point(0, 0), within_km=within_km
    )
    hard = {facet for facet in facets if facet[0] in HARD}
    tried = list(relaxations(query))
    assert all(hard <= relaxed.facets <= facets for _wishes, relaxed in tried)
    assert len({wishes for wishes, _relaxed in tried}) == len(tried) <= 7


def test_nothing_is_relaxed_when_something_is_found():
    assert search(EVERYTHING, lambda query: SOMETHING) == (SOMETHING, (), False)


def test_it_stops_at_the_first_that_helps_and_says_what_it_let_go_of():
    outcome = search(EVERYTHING, lambda query: NOTHING if query.open_at is not None else SOMETHING)
    assert outcome == (SOMETHING, (Wish.HOURS,), False)


def test_in_the_end_there_are_the_national_doors():
    assert search(EVERYTHING, lambda query: NOTHING) == (NOTHING, (), True)
    assert search(Query(Audience.PUBLIC, "?"), lambda query: NOTHING).national


def test_a_failed_search_is_codes_alone():
    assert failed(EVERYTHING) == ("a:minor", "f:labour", "g:women", "l:bg", "n:legal", "r:midden", "s:undocumented")


@given(text=st.text(max_size=40))
def test_a_failed_search_holds_nothing_that_was_typed(text: str):
    assert failed(Query(Audience.PUBLIC, text)) == ()
    assert text not in repr(Query(Audience.PUBLIC, text)) or len(text) < 8
