"""How quickly facts go wrong: the estimate is right where it can be worked out, and says nothing below 20 checks."""

from __future__ import annotations

import datetime as dt
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.directory import NOW

from baken.directory.codes import Field
from baken.directory.freshness import Check, State
from baken.directory.hazard import (
    DROP,
    ENOUGH,
    Answers,
    Counted,
    Gap,
    Share,
    answers,
    gaps,
    median_age,
    rate_of,
    rates,
    shares,
)

DAY = dt.timedelta(days=1)


def check(day: float, outcome: str, field: Field = Field.TELEPHONE) -> Check:
    return Check(field, NOW + day * DAY, outcome)


def test_a_gap_begins_where_it_was_right() -> None:
    found = gaps([check(0, "wrong"), check(1, "right"), check(91, "right"), check(191, "wrong"), check(200, "right")])
    assert [(round(gap.years * 365.25), gap.went_wrong) for gap in found] == [(90, False), (100, True)]


def test_corrected_in_one_call_is_wrong_first_and_right_from_then_on() -> None:
    found = gaps(
        [check(0, "right"), check(50, "right"), check(50, "wrong"), check(60, "unreachable"), check(80, "right")]
    )
    assert [(round(gap.years * 365.25), gap.went_wrong) for gap in found] == [(50, True), (30, False)]


def test_nothing_is_said_below_twenty_checks() -> None:
    few = rate_of([Gap(0.5, True)] * (ENOUGH - 1))
    assert (few.checks, few.wrong, few.rate, few.low, few.high, few.wrong_within(30)) == (
        19,
        19,
        None,
        None,
        None,
        None,
    )
    assert rate_of([Gap(0.5, True)] * ENOUGH).rate is not None


@pytest.mark.parametrize(("wrong", "years"), [(5, 0.25), (10, 1.0), (1, 0.5), (19, 0.1)])
def test_with_equal_gaps_it_is_the_rate_of_the_share(wrong: int, years: float) -> None:
    found = rate_of([Gap(years, number < wrong) for number in range(20)])
    assert found.rate == pytest.approx(-math.log(1 - wrong / 20) / years, rel=1e-6)
    assert found.wrong_within(years * 365.25) == pytest.approx(wrong / 20, rel=1e-6)
    assert found.rate is not None
    assert (found.low or 0) < found.rate < (found.high or 0)


def test_when_nothing_went_wrong_there_is_still_an_upper_bound() -> None:
    found = rate_of([Gap(0.5, False)] * 40)
    assert (found.rate, found.low) == (0.0, 0.0)
    assert found.high == pytest.approx(DROP / 20, rel=1e-6)


def test_when_all_went_wrong_there_is_no_upper_bound() -> None:
    found = rate_of([Gap(1.0, True)] * 20)
    assert found.high is None
    assert found.low is not None
    assert found.low > 1


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    chance = random.Random(20261122)
    held = 0
    for _time in range(200):
        found = []
        for _gap in range(60):
            years = chance.choice([30, 90, 180]) / 365.25
            found.append(Gap(years, chance.random() < -math.expm1(-0.6 * years)))
        made = rate_of(found)
        held += (made.low or 0) <= 0.6 <= (made.high or math.inf)
    assert 180 <= held <= 198


@given(st.lists(st.builds(Gap, st.floats(0.001, 3), st.booleans()), min_size=20, max_size=60))
def test_the_bounds_are_in_order(found: list[Gap]) -> None:
    made = rate_of(found)
    assert made.low is not None
    assert made.rate is not None
    assert 0 <= made.low <= made.rate + 1e-9
    assert made.high is None or made.rate <= made.high


def test_services_and_fields_are_kept_apart() -> None:
    found = rates(
        [
            ("a", check(0, "right")),
            ("b", check(10, "wrong")),
            ("a", check(5, "right", Field.HOURS)),
            ("a", check(20, "wrong")),
        ]
    )
    assert (found[Field.TELEPHONE].checks, found[Field.TELEPHONE].wrong, found[Field.HOURS].checks) == (1, 1, 0)
    assert set(found) == set(Field)


def test_share_fresh_per_region_and_kind() -> None:
    here, both = frozenset({"unit:1"}), frozenset({"unit:1", "unit:2"})
    found = shares(
        [
            Counted("police", here, State.FRESH, None),
            Counted("police", both, State.LATE, None),
            Counted("shelter", both, State.DUE, None),
            Counted("shelter", frozenset(), State.UNVERIFIED, None),
        ]
    )
    assert found["", ""] == Share(2, 4)
    assert found["unit:1", ""] == Share(2, 3)
    assert found["unit:2", "police"] == Share(0, 1)
    assert found["", "shelter"].percent == 50
    assert (Share(2, 3).percent, Share(0, 0).percent) == (66, None)
    assert shares([]) == {("", ""): Share(0, 0)}


def test_median_age_and_answers() -> None:
    today = NOW.date()
    made = [Counted("police", frozenset(), State.FRESH, today - days * DAY) for days in (1, 10, 100)]
    assert median_age([*made, Counted("police", frozenset(), State.UNVERIFIED, None)], today=today) == 10
    assert median_age([], today=today) is None
    assert answers([(today, None), (today - 5 * DAY, today), (today, today + DAY)]) == Answers(3, 2, 3)
    assert answers([]) == Answers(0, 0, None)
