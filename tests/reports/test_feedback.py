"""The reporter hears back within what may be said, and follows the steps like a parcel."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.packs.loader import load_pack
from baken.reports.clocks import ReportTimes, house_rules, rules_of
from baken.reports.feedback import OUTCOMES, TRACK, choices, track
from baken.reports.footing import DecisionKind

RULES = rules_of(load_pack())
FILE = house_rules(load_pack())
NOW = dt.datetime(2026, 11, 18, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def seen(times: ReportTimes) -> list[tuple[str, bool, bool]]:
    return [(step.code, step.done, step.now) for step in track(times, RULES)]


def test_every_decision_has_words_and_always_those_that_say_nothing_more() -> None:
    assert set(OUTCOMES) == {*DecisionKind, None}
    for decision, codes in OUTCOMES.items():
        found = choices(decision, FILE, "18 november")
        assert [item.code for item in found] == list(codes)
        assert "cannot_say" in codes
        assert len(codes) >= 2
        for item in found:
            assert "18 november" in item.text
            assert "%" not in item.text
            assert item.title
            assert item.leave_out
    assert {code for codes in OUTCOMES.values() for code in codes} == set(FILE.feedback)


def test_a_template_has_a_place_for_a_day_and_for_nothing_else() -> None:
    for code, item in FILE.feedback.items():
        assert re.findall(r"%\((\w+)\)s", item.text) == ["date"], code
        assert "%" not in item.title + item.leave_out


def test_nothing_is_told_of_a_report_to_others_where_nothing_was_shared() -> None:
    for decision in (None, DecisionKind.ADVICE_ONLY, DecisionKind.INVITE):
        assert not {"reported", "handed_over", "registered"} & set(OUTCOMES[decision])


def test_a_new_report_shows_one_step_done_and_four_ahead_with_days() -> None:
    steps = track(ReportTimes(received=NOW), RULES)
    assert [step.code for step in steps] == ["received", "acknowledged", "triaged", "decided", "feedback"]
    assert [step.done for step in steps] == [True, False, False, False, False]
    assert [step.now for step in steps] == [False, True, False, False, False]
    assert steps[0].at == NOW
    assert [step.expected_by for step in steps[1:]] == [NOW + DAY, NOW + 2 * DAY, NOW + 9 * DAY, NOW + 16 * DAY]


def test_while_the_reporter_is_asked_it_is_their_turn_and_nothing_is_promised() -> None:
    times = ReportTimes(received=NOW, acknowledged=NOW + HOUR, triaged=NOW + 2 * HOUR, waiting=NOW + 3 * HOUR)
    steps = track(times, RULES)
    assert [step.code for step in steps] == ["received", "acknowledged", "triaged", "waiting", "decided", "feedback"]
    assert [step.now for step in steps] == [False, False, False, True, False, False]
    assert steps[3].at == NOW + 3 * HOUR
    assert [step.expected_by for step in steps[4:]] == [None, None]


def test_where_the_house_promises_nothing_no_day_is_told() -> None:
    clocks = {code: clock for code, clock in RULES.clocks.items() if code != "decide"}
    steps = track(ReportTimes(received=NOW), replace(RULES, clocks=clocks))
    assert [step.expected_by for step in steps[1:]] == [NOW + DAY, NOW + 2 * DAY, None, None]


def test_a_step_that_was_passed_by_is_done_without_a_day() -> None:
    steps = track(ReportTimes(received=NOW, triaged=NOW + HOUR), RULES)
    assert [(step.code, step.done, step.at) for step in steps[:3]] == [
        ("received", True, NOW),
        ("acknowledged", True, None),
        ("triaged", True, NOW + HOUR),
    ]
    assert steps[3].expected_by == NOW + HOUR + 7 * DAY


def test_closing_without_a_decision_stands_in_its_place_and_feedback_ends_it() -> None:
    closed = ReportTimes(received=NOW, triaged=NOW + HOUR, closed=NOW + 2 * HOUR)
    assert seen(closed)[-1] == ("decided", True, False)
    told = ReportTimes(received=NOW, triaged=NOW + HOUR, closed=NOW + 2 * HOUR, feedback=NOW + 3 * HOUR)
    assert all(step.done for step in track(told, RULES))
    early = ReportTimes(received=NOW, triaged=NOW + HOUR, feedback=NOW + 2 * HOUR)
    assert seen(early)[-2:] == [("decided", False, True), ("feedback", False, False)]


def test_a_reopened_report_shows_the_steps_ahead_again() -> None:
    again = ReportTimes(
        received=NOW, decided=NOW + HOUR, feedback=NOW + 2 * HOUR, closed=NOW + 3 * HOUR, triaged=NOW + 4 * HOUR
    )
    assert seen(again) == [
        ("received", True, False),
        ("acknowledged", True, False),
        ("triaged", True, False),
        ("decided", False, True),
        ("feedback", False, False),
    ]


TIMES = st.one_of(st.none(), st.integers(0, 500).map(lambda hours: NOW + hours * HOUR))


@given(TIMES, TIMES, TIMES, TIMES, TIMES, TIMES, st.booleans())
@settings(max_examples=150, deadline=None)
def test_a_track_never_has_an_open_step_before_a_done_one_and_promises_in_order(
    acknowledged: dt.datetime | None,
    triaged: dt.datetime | None,
    waiting: dt.datetime | None,
    decided: dt.datetime | None,
    feedback: dt.datetime | None,
    closed: dt.datetime | None,
    urgent: bool,
) -> None:
    times = ReportTimes(
        received=NOW,
        acknowledged=acknowledged,
        triaged=triaged,
        waiting=waiting,
        decided=decided,
        feedback=feedback,
        closed=closed,
        urgent=urgent,
    )
    steps = track(times, RULES)
    plain = [step for step in steps if step.code != "waiting"]
    silent = times.at("closed") is not None and plain[-1].code == "decided"
    assert [step.code for step in plain] == [code for code, _ in TRACK][: -1 if silent else None]
    assert all(before.done or not after.done for before, after in pairwise(plain))
    assert sum(step.now for step in steps) == (0 if plain[-1].done else 1)
    promised = [step.expected_by for step in plain if step.expected_by is not None]
    assert promised == sorted(promised)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_texts_come_in_the_language_of_the_reporter(language: str) -> None:
    file = house_rules(load_pack("nl", language))
    assert choices(None, file, "1")[0].text
