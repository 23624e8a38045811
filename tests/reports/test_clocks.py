"""House clocks: never due while nobody is there, never earlier for a later report, the same through summer time and jumps."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.packs.loader import load_pack
from baken.packs.schema.reports import Length
from baken.reports.clocks import (
    ReportTimes,
    Rules,
    Stage,
    due,
    dues,
    half_way,
    house_rules,
    later,
    length_of,
    rules_of,
    started,
)
from baken.reports.working_time import (
    USUAL,
    Office,
    Wall,
    after_days,
    after_minutes,
    moment_of,
    next_open,
    open_between,
    open_parts,
    schedule_of,
    wall_of,
)

ZONE = ZoneInfo("Europe/Amsterdam")
OFFICE = Office()
HOURS = [
    "",
    "24/7",
    "Mo-Th 08:30-12:30,13:00-17:00; PH off",
    "Tu,Fr 13:00-16:30",
    "Fr-Sa 22:00-02:00",
    "off",
    "rubbish (",
    "Jan Mo 09:00-10:00",
]
OFFICES = st.sampled_from([Office(hours) for hours in HOURS] + [Office("", "BG", "Europe/Sofia")])
MOMENTS = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31)).map(
    lambda naive: naive.replace(tzinfo=dt.UTC)
)
LENGTHS = st.one_of(
    st.builds(Length, amount=st.integers(0, 12), unit=st.just("working_days")),
    st.builds(Length, amount=st.integers(0, 60), unit=st.just("working_hours")),
    st.builds(Length, amount=st.integers(0, 5000), unit=st.just("minutes")),
)


def local(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE)


def rules(hours: str = "") -> Rules:
    return rules_of(load_pack(), hours)


def is_open_or_closing(moment: dt.datetime, office: Office) -> bool:
    wall = wall_of(moment, office)
    before = open_parts(office, wall.day - dt.timedelta(days=1))
    at_midnight = wall.minute == 0 and bool(before) and before[-1][1] == 24 * 60
    return at_midnight or any(start <= wall.minute <= end for start, end in open_parts(office, wall.day))


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-11-18 11:00", "2026-11-19 11:00"),
        ("2026-11-20 16:00", "2026-11-23 16:00"),
        ("2026-11-21 03:00", "2026-11-24 09:00"),
        ("2026-11-18 20:00", "2026-11-20 09:00"),
        # Christmas is on Friday; King's Day is on a Monday in 2026.
        ("2026-12-24 10:00", "2026-12-28 10:00"),
        ("2026-04-24 10:00", "2026-04-28 10:00"),
        # Through the change to summer time and back.
        ("2026-03-27 10:00", "2026-03-30 10:00"),
        ("2026-10-23 10:00", "2026-10-26 10:00"),
    ],
)
def test_one_working_day_is_the_same_time_on_the_next_day_that_somebody_works(received: str, expected: str) -> None:
    clock = house_rules(load_pack()).clocks.rules["acknowledge"]
    assert due(clock, local(received), OFFICE, urgent=False) == local(expected)


def test_an_urgent_report_is_confirmed_within_an_hour_day_and_night() -> None:
    clock = house_rules(load_pack()).clocks.rules["acknowledge"]
    night = local("2026-12-25 03:10")
    assert due(clock, night, OFFICE, urgent=True) == night + dt.timedelta(minutes=60)
    assert half_way(clock, night, OFFICE, urgent=True) == night + dt.timedelta(minutes=30)
    before_summer = local("2026-03-29 01:30")
    waited = due(clock, before_summer, OFFICE, urgent=True) - before_summer.astimezone(dt.UTC)
    assert waited == dt.timedelta(minutes=60)


def test_a_clock_without_an_urgent_length_keeps_its_own() -> None:
    clock = house_rules(load_pack()).clocks.rules["feedback"]
    assert length_of(clock, urgent=True) == clock.length == Length(amount=5, unit="working_days")


def test_a_day_with_shorter_hours_ends_the_clock_when_it_closes_and_a_pause_when_it_is_over() -> None:
    office = Office("We 09:00-17:00; Th 10:00-12:00,13:00-14:00; Fr 09:00-17:00")
    day = Length(amount=1, unit="working_days")
    assert later(day, local("2026-11-18 16:00"), office) == local("2026-11-19 14:00")
    assert later(day, local("2026-11-18 09:15"), office) == local("2026-11-19 10:00")
    assert later(day, local("2026-11-18 12:30"), office) == local("2026-11-19 13:00")


def test_working_hours_run_only_while_the_office_is_open() -> None:
    hours = Length(amount=10, unit="working_hours")
    assert later(hours, local("2026-11-20 15:00"), OFFICE) == local("2026-11-23 17:00")
    assert later(Length(amount=0, unit="working_hours"), local("2026-11-21 15:00"), OFFICE) == local("2026-11-23 09:00")


@pytest.mark.parametrize("hours", ["", "   ", "off", "rubbish (", "closed"])
def test_hours_that_say_nothing_count_as_usual_office_hours(hours: str) -> None:
    saturday = local("2026-11-21 12:00")
    day = Length(amount=1, unit="working_days")
    assert later(day, saturday, Office(hours)) == later(day, saturday, OFFICE)
    assert open_parts(Office(hours), dt.date(2026, 11, 23)) == ((540, 1020),)


def test_holidays_are_closed_unless_the_hours_speak_of_them() -> None:
    assert schedule_of("Mo-Fr 09:00-17:00;", "NL") == "Mo-Fr 09:00-17:00; PH off"
    assert schedule_of("Mo-Fr 09:00-17:00; PH 10:00-12:00", "NL") == "Mo-Fr 09:00-17:00; PH 10:00-12:00"
    assert schedule_of("24/7", "NL") == "24/7"
    assert schedule_of("", "NL") == USUAL
    christmas = dt.date(2026, 12, 25)
    assert open_parts(Office("Mo-Su 09:00-17:00"), christmas) == ()
    assert open_parts(Office("24/7"), christmas) == ((0, 1440),)


@given(MOMENTS, LENGTHS.filter(lambda length: length.unit != "minutes"), OFFICES)
@settings(max_examples=200, deadline=None)
def test_a_clock_never_ends_while_nobody_is_there(start: dt.datetime, length: Length, office: Office) -> None:
    end = later(length, start, office)
    assert end >= start
    assert is_open_or_closing(end, office)


@given(MOMENTS, MOMENTS, LENGTHS, OFFICES)
@settings(max_examples=200, deadline=None)
def test_a_later_report_is_never_due_earlier(
    first: dt.datetime, second: dt.datetime, length: Length, office: Office
) -> None:
    first, second = sorted((first, second))
    assert later(length, first, office) <= later(length, second, office)


@given(
    st.sampled_from(["2026-03-28T22:00", "2026-10-24T22:00"]),
    st.integers(0, 8 * 60),
    st.integers(1, 90),
    st.integers(0, 2),
    st.sampled_from([Office("24/7"), Office("Sa-Su 00:00-05:00")]),
)
@settings(max_examples=200, deadline=None)
def test_in_the_night_that_the_clock_changes_nothing_goes_back(
    around: str, minutes: int, more: int, days: int, office: Office
) -> None:
    first = dt.datetime.fromisoformat(around).replace(tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
    second = first + dt.timedelta(minutes=more)
    assert wall_of(first, office) <= wall_of(second, office)
    for amount in (days, 0):
        length = Length(amount=amount, unit="working_days")
        assert first <= later(length, first, office) <= later(length, second, office)


def test_a_time_that_does_not_exist_is_the_moment_of_the_jump() -> None:
    night = dt.date(2026, 3, 29)
    assert moment_of(Wall(night, 150), OFFICE) == dt.datetime(2026, 3, 29, 1, 0, tzinfo=dt.UTC)
    assert moment_of(Wall(night, 180), OFFICE) == dt.datetime(2026, 3, 29, 1, 0, tzinfo=dt.UTC)
    twice = dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC)
    assert wall_of(twice, OFFICE) == Wall(dt.date(2026, 10, 25), 180)


@given(MOMENTS, st.integers(1, 3000), OFFICES)
@settings(max_examples=150, deadline=None)
def test_open_minutes_are_counted_back_as_they_were_counted_out(
    start: dt.datetime, minutes: int, office: Office
) -> None:
    wall = wall_of(start, office)
    assert open_between(wall, after_minutes(wall, minutes, office), office) == pytest.approx(minutes)
    assert open_between(after_days(wall, 1, office), wall, office) == 0
    assert next_open(next_open(wall, office), office) == next_open(wall, office)


@given(MOMENTS, LENGTHS, OFFICES, st.booleans())
@settings(max_examples=150, deadline=None)
def test_half_way_lies_between_the_start_and_the_end(
    start: dt.datetime, length: Length, office: Office, urgent: bool
) -> None:
    clock = house_rules(load_pack()).clocks.rules["acknowledge"].model_copy(update={"length": length})
    half = half_way(clock, start, office, urgent=urgent)
    assert start <= half <= due(clock, start, office, urgent=urgent)


MORNING = local("2026-11-18 10:00")
STEP = dt.timedelta(hours=1)


def running(times: ReportTimes, now: dt.datetime = MORNING) -> list[str]:
    return [item.clock_id for item in dues(times, rules(), now)]


def test_each_step_stops_one_clock_and_starts_the_next() -> None:
    course: dict[str, Any] = {"received": MORNING}
    assert running(ReportTimes(**course)) == ["acknowledge"]
    course["acknowledged"] = MORNING + STEP
    assert running(ReportTimes(**course)) == ["triage"]
    course["triaged"] = MORNING + 2 * STEP
    assert running(ReportTimes(**course)) == ["decide"]
    course["waiting"] = MORNING + 3 * STEP
    assert running(ReportTimes(**course)) == []
    course["triaged"] = MORNING + 4 * STEP
    assert running(ReportTimes(**course)) == ["decide"]
    course["decided"] = MORNING + 5 * STEP
    assert running(ReportTimes(**course)) == ["feedback"]
    course["closed"] = MORNING + 6 * STEP
    (only,) = dues(ReportTimes(**course), rules(), MORNING)
    assert (only.clock_id, only.started_at) == ("feedback", course["decided"]), (
        "closing does not begin the promise anew"
    )
    course["feedback"] = MORNING + 7 * STEP
    assert running(ReportTimes(**course)) == []
    course["triaged"] = MORNING + 8 * STEP
    assert running(ReportTimes(**course)) == ["decide"], "a reopened report asks a new decision"
    course["decided"] = MORNING + 9 * STEP
    assert running(ReportTimes(**course)) == ["feedback"], "and new feedback"


def test_triage_at_once_and_setting_aside_leave_no_clock_behind() -> None:
    straight = ReportTimes(received=MORNING, triaged=MORNING + STEP)
    assert running(straight) == ["decide"]
    aside = ReportTimes(received=MORNING, triaged=MORNING + STEP, closed=MORNING + 2 * STEP)
    assert running(aside) == ["feedback"]
    told_before = ReportTimes(
        received=MORNING, triaged=MORNING + STEP, feedback=MORNING + STEP, closed=MORNING + 2 * STEP
    )
    assert running(told_before) == []


def test_a_reminder_comes_half_way_and_at_the_end_and_then_a_second_focal_point_is_told() -> None:
    times = ReportTimes(received=MORNING, urgent=True)
    stages = [
        (dues(times, rules(), MORNING + dt.timedelta(minutes=minutes))[0], minutes)
        for minutes in (-90, 0, 29, 30, 59, 60, 600)
    ]
    assert [item.stage for item, _ in stages] == [Stage.RUNNING] * 3 + [Stage.HALF] * 2 + [Stage.OVER] * 2
    told = [item.escalates(MORNING + dt.timedelta(minutes=minutes)) for item, minutes in stages]
    assert told == [False] * 5 + [True] * 2


@given(st.lists(st.integers(-10_000, 100_000), min_size=2, max_size=6))
@settings(max_examples=50, deadline=None)
def test_a_machine_whose_clock_jumps_changes_no_end_and_starts_nothing_twice(minutes: list[int]) -> None:
    times = ReportTimes(received=MORNING)
    seen = [dues(times, rules(), MORNING + dt.timedelta(minutes=item)) for item in minutes]
    assert len({(item[0].due_at, item[0].half_at, item[0].escalate_at) for item in seen}) == 1
    order = [Stage.RUNNING, Stage.HALF, Stage.OVER]
    stages = [
        order.index(item[0].stage) for _, item in sorted(zip(minutes, seen, strict=True), key=lambda pair: pair[0])
    ]
    assert stages == sorted(stages)


def test_the_clock_that_ends_first_comes_first() -> None:
    clocks = house_rules(load_pack()).clocks.rules
    slow = clocks["acknowledge"].model_copy(update={"length": Length(amount=3, unit="working_days")})
    two = Rules({"slow": slow, "acknowledge": clocks["acknowledge"]}, OFFICE)
    assert [item.clock_id for item in dues(ReportTimes(received=MORNING), two, MORNING)] == ["acknowledge", "slow"]
    assert started(clocks["triage"], ReportTimes(received=MORNING)) is None


def test_a_country_without_its_own_choices_uses_those_of_the_complete_pack_in_the_same_language() -> None:
    hungary = load_pack("hu", "nl")
    assert hungary.reports_file is None
    assert house_rules(hungary) == house_rules(load_pack("nl", "nl"))
    assert rules_of(hungary).office == Office("", "HU", "Europe/Budapest")
