"""Open at a moment, and inside a circle, as tokens."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.directory.finding import cells
from baken.directory.finding.documents import Point
from baken.directory.finding.opening import ALWAYS, FULL, RING, WEEK, place, stretch, tokens, tokens_at

DAY = dt.datetime(2026, 11, 23)
MASKS = st.integers(0, FULL) | st.integers(0, (1 << WEEK) - 1).map(lambda week: week | week << WEEK)


@given(mask=MASKS, at=st.integers(0, RING - 1))
def test_the_tokens_say_exactly_when_it_is_open(mask: int, at: int):
    assert bool(set(tokens(mask)) & set(tokens_at(at))) == bool(mask >> at & 1)


def test_office_hours_are_a_few_tokens():
    week = 0
    for day in range(5):
        week |= stretch(DAY.replace(hour=9) + dt.timedelta(days=day), DAY.replace(hour=17) + dt.timedelta(days=day))
    mask = week | (week >> WEEK if week >> WEEK else week << WEEK)
    assert len(tokens(mask)) <= 20
    assert tokens(FULL) == (ALWAYS,)
    assert tokens(None) == tokens(0) == ()


def test_the_ring_begins_on_a_monday_and_goes_round():
    assert place(dt.datetime(1970, 1, 5)) == 0
    assert place(dt.datetime(1970, 1, 19)) == 0
    assert place(DAY.replace(hour=9, minute=29)) % WEEK == 18, "A Monday, nine o'clock."
    with pytest.raises(ValueError, match="ring"):
        tokens_at(RING)


@given(
    start=st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 1, 1)),
    minutes=st.integers(0, 20_000),
    after=st.integers(0, 20_160 - 1),
)
def test_a_half_hour_counts_when_it_is_open_from_begin_to_end(start: dt.datetime, minutes: int, after: int):
    end = start + dt.timedelta(minutes=minutes)
    moment = start + dt.timedelta(minutes=after)
    begin = moment.replace(minute=moment.minute // 30 * 30, second=0, microsecond=0)
    whole = start <= begin and begin + dt.timedelta(minutes=30) <= end
    later = start <= begin + dt.timedelta(days=14) and begin + dt.timedelta(days=14, minutes=30) <= end
    assert bool(stretch(start, end) >> place(moment) & 1) == (whole or later)


@given(
    x=st.integers(-400_000, 400_000),
    y=st.integers(-400_000, 400_000),
    east=st.integers(-200_000, 200_000),
    north=st.integers(-200_000, 200_000),
    radius=st.integers(1, 200_000),
)
def test_what_lies_in_a_circle_lies_in_its_squares(x: int, y: int, east: int, north: int, radius: int):
    squares = cells.tokens_within(Point(x, y), radius)
    assert len(squares) <= 10
    if squares and east**2 + north**2 <= radius**2:
        assert set(squares) & set(cells.tokens(Point(x + east, y + north)))
