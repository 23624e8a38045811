"""Opening hours as schedules of HSDS and back: the same doors are open at the same minutes."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours

from baken.directory.exchange.given import Given
from baken.directory.exchange.schedules import AHEAD, open_parts, schedules_of
from baken.directory.exchange.week import InexpressibleError, hours_of
from baken.directory.records import id_of

ON = dt.date(2026, 11, 22)
ZONE = ZoneInfo("Europe/Amsterdam")
OWNER = id_of("test", "hours")
DAY_WORDS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def osm(*schedules: dict[str, Any]) -> str:
    return hours_of([Given(item, f"schedules[{number}]") for number, item in enumerate(schedules)], ZONE)


@st.composite
def weeks(draw: st.DrawFn) -> str:
    """Hours as an editor makes them: days, one or two stretches, with or without holidays."""
    parts = []
    for day in draw(st.sets(st.sampled_from(DAY_WORDS), min_size=1)):
        edges = sorted(draw(st.sets(st.integers(1, 95), min_size=2, max_size=4)))
        spans = zip(edges[::2], edges[1::2], strict=False)
        parts.append(f"{day} " + ",".join(f"{a // 4:02}:{a % 4 * 15:02}-{b // 4:02}:{b % 4 * 15:02}" for a, b in spans))
    return "; ".join([*sorted(parts), *draw(st.sampled_from(([], ["PH off"])))])


@settings(max_examples=60, deadline=None)
@given(weeks(), st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)))
def test_hours_that_went_out_and_came_in_are_open_at_the_same_minutes(hours: str, on: dt.date) -> None:
    back = osm(*schedules_of(hours, "NL", OWNER, on))
    found = [open_parts(OpeningHours(text, country="NL"), on, AHEAD) for text in (hours, back)]
    assert found[0] == found[1]


def test_the_offset_changes_with_the_clock() -> None:
    found = schedules_of("Mo 09:00-17:00", "NL", OWNER, ON)
    assert [(item["valid_from"], item["valid_to"], item["opens_at"]) for item in found] == [
        ("2026-11-22", "2027-03-27", "09:00+01:00"),
        ("2027-03-28", "2027-10-30", "09:00+02:00"),
        ("2027-10-31", "2027-11-20", "09:00+01:00"),
    ]


def test_a_night_goes_over_midnight_in_two_parts() -> None:
    found = schedules_of("Mo-Su 22:00-06:00", "NL", OWNER, ON)
    parts = {(item["byday"], item["opens_at"][:5], item["closes_at"][:5]) for item in found if "freq" in item}
    every = "MO,TU,WE,TH,FR,SA,SU"
    assert parts == {(every, "00:00", "06:00"), (every, "22:00", "23:59")}


@pytest.mark.parametrize(("hours", "country"), [("", "NL"), ("geen idee", "NL"), ("Mo 09:00-10:00", "XX")])
def test_unknown_hours_have_no_schedule(hours: str, country: str) -> None:
    assert schedules_of(hours, country, OWNER, ON) == []


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ({"byday": "MO,WE", "opens_at": "08:00:00", "closes_at": "12:00:00"}, "Mo,We 08:00-12:00"),
        (
            {"freq": "MONTHLY", "byday": "2MO,-1FR", "opens_at": "10:00", "closes_at": "11:00"},
            "Mo[2],Fr[-1] 10:00-11:00",
        ),
        (
            {"freq": "WEEKLY", "byday": "SU", "opens_at": "08:00Z", "closes_at": "09:00Z", "valid_from": "2026-12-01"},
            "Su 09:00-10:00",
        ),
        (
            {"valid_from": "2026-12-24", "valid_to": "2026-12-24", "opens_at": "09:00", "closes_at": "12:00"},
            "2026 Dec 24 09:00-12:00",
        ),
        (
            {
                "byday": "MO",
                "opens_at": "09:00",
                "closes_at": "12:00",
                "valid_from": "2027-06-01",
                "valid_to": "2027-08-31",
            },
            "2027 Jun 01-2027 Aug 31 Mo 09:00-12:00",
        ),
    ],
)
def test_foreign_schedules_in_the_words_of_openstreetmap(schedule: dict[str, Any], expected: str) -> None:
    assert osm(schedule) == expected


@pytest.mark.parametrize(
    "schedule",
    [
        {"freq": "WEEKLY", "byday": "MO", "interval": 2, "opens_at": "09:00", "closes_at": "10:00"},
        {"freq": "MONTHLY", "bymonthday": "3", "opens_at": "09:00", "closes_at": "10:00"},
        {"freq": "YEARLY", "byday": "MO", "opens_at": "09:00", "closes_at": "10:00"},
        {"byday": "2MO", "opens_at": "09:00", "closes_at": "10:00"},
        {"byday": "MO", "opens_at": "nine", "closes_at": "10:00"},
        {"byday": "MO", "opens_at": "09:00+01:00", "closes_at": "10:00+01:00"},
        {"byday": "MO", "opens_at": "09:00", "closes_at": "10:00", "notes": "Ring twice"},
        {"byday": "MO", "opens_at": "09:00", "closes_at": "10:00", "valid_to": "2027-01-01"},
        {"opens_at": "09:00", "closes_at": "10:00"},
        {"valid_from": "2026-12-24", "valid_to": "2026-12-24", "notes": "By appointment"},
        {"byday": "MO", "opens_at": "25:00", "closes_at": "26:00"},
    ],
)
def test_what_cannot_be_said_is_not_guessed(schedule: dict[str, Any]) -> None:
    with pytest.raises(InexpressibleError):
        osm(schedule)
