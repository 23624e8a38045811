"""Figures about the whole: right, and never so small that they speak of one report."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from baken.reports.clocks import ReportTimes
from baken.reports.figures import LEAST, figures, part_shown, shown, table

NOW = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def course(hours: int, *, closed: bool = True, told: bool = True) -> ReportTimes:
    return ReportTimes(
        received=NOW,
        acknowledged=NOW + hours * HOUR,
        triaged=NOW + 2 * hours * HOUR,
        decided=NOW + 3 * hours * HOUR if closed else None,
        feedback=NOW + 4 * hours * HOUR if told else None,
        closed=NOW + 5 * hours * HOUR if closed else None,
    )


def test_the_share_with_feedback_and_the_middle_of_each_step() -> None:
    found = figures(
        [course(hours) for hours in (1, 2, 3, 4, 50)] + [course(3, told=False)] * 5 + [course(3, closed=False)] * 5
    )
    assert (found.reports, found.closed, found.with_feedback, found.feedback_percent) == (15, 10, 5, 50)
    assert found.median_hours == {"acknowledge": 3, "triage": 6, "decide": 9, "feedback": 12}


def test_too_few_show_nothing() -> None:
    few = figures([course(1)] * 4)
    assert (few.reports, few.closed, few.with_feedback, few.feedback_percent) == (None, None, None, None)
    assert set(few.median_hours.values()) == {None}
    none = figures([])
    assert (none.reports, none.closed, none.with_feedback) == (0, None, None)


def test_one_without_feedback_does_not_follow_by_subtraction() -> None:
    found = figures([course(1)] * 9 + [course(1, told=False)])
    assert (found.closed, found.with_feedback, found.feedback_percent) == (10, None, None)
    one_open = figures([course(1)] * 9 + [course(1, closed=False, told=False)])
    assert (one_open.reports, one_open.closed, one_open.with_feedback) == (10, None, None)
    assert figures([course(1)] * 6).feedback_percent == 100
    assert figures([course(1, told=False)] * 6).feedback_percent == 0


def test_a_machine_whose_clock_went_back_makes_no_time_less_than_nothing() -> None:
    assert figures([course(-2)] * 5).median_hours["acknowledge"] == 0


@given(st.integers(0, 40), st.integers(0, 40))
def test_no_part_and_no_rest_of_one_to_four_is_shown(part: int, rest: int) -> None:
    assert (shown(part) is None) is (0 < part < LEAST)
    found = part_shown(part, part + rest)
    assert found in (None, part)
    if found is not None:
        assert not 0 < part < LEAST
        assert not 0 < rest < LEAST


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 20)))
def test_no_hidden_cell_follows_from_the_total(counts: dict[str, int]) -> None:
    result = table(counts)
    hidden = [name for name, count in result.items() if count is None]
    assert all(count is None or count == counts[name] for name, count in result.items())
    assert all(name in hidden for name, count in counts.items() if 0 < count < LEAST)
    if hidden and any(count >= LEAST for count in result.values() if count is not None):
        assert sum(counts[name] for name in hidden) >= LEAST
        assert len(hidden) > 1
