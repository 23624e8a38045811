"""Rows of opening hours: what an editor filled in, the string, and the minutes that opening-hours-py reads in it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.directory.hours_rows import MIDNIGHT, Parts, Rows, osm_of, rows_of
from baken.routes.hours import open_minutes

MONDAY = dt.date(2026, 11, 23)
FEW_WEEKS = [MONDAY + dt.timedelta(days=number) for number in range(45)]
HOLIDAYS = (dt.date(2026, 12, 25), dt.date(2026, 12, 26), dt.date(2027, 1, 1))
quarters = st.integers(0, 96).map(lambda number: number * 15)


@st.composite
def parts(draw: st.DrawFn) -> Parts:
    moments = sorted(draw(st.lists(quarters, min_size=0, max_size=4, unique=True)))
    moments = moments[: len(moments) // 2 * 2]
    return tuple(zip(moments[::2], moments[1::2], strict=True))


weeks = st.builds(
    Rows,
    days=st.tuples(*[parts()] * 7),
    always=st.booleans(),
    closed_on_holidays=st.booleans(),
    dates=st.dictionaries(st.sampled_from(FEW_WEEKS), parts(), max_size=4),
)


def minutes(found: Parts) -> list[tuple[int, int]]:
    """Parts that touch are one."""
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def said(rows: Rows, day: dt.date) -> list[tuple[int, int]]:
    """What the rows say about one day, without the string."""
    if day in rows.dates:
        return minutes(rows.dates[day])
    if not rows.always and not any(rows.days):
        return []
    if rows.closed_on_holidays and day in HOLIDAYS:
        return []
    return [(0, MIDNIGHT)] if rows.always else minutes(rows.days[day.weekday()])


@given(weeks)
def test_the_library_reads_the_minutes_that_were_filled_in(rows: Rows) -> None:
    osm = osm_of(rows)
    if osm:
        assert [minutes(tuple(open_minutes(osm=osm, country="NL", day=day))) for day in FEW_WEEKS] == [
            said(rows, day) for day in FEW_WEEKS
        ]
    else:
        assert not any(said(rows, day) for day in FEW_WEEKS)


@given(weeks)
def test_what_was_written_is_read_back(rows: Rows) -> None:
    read = rows_of(osm_of(rows))
    assert read is not None
    assert osm_of(read) == osm_of(rows)
    assert [said(read, day) for day in FEW_WEEKS] == [said(rows, day) for day in FEW_WEEKS]


DAYS = st.sampled_from(["Mo", "Tu-Th", "Fr,Su", "Sa-Mo", ""])
TIMES = st.sampled_from(
    ["09:00-17:00", "09:00-12:30,13:00-17:00", "off", "22:00-02:00", "00:00-24:00", '"op afspraak"']
)
RULES = st.one_of(
    st.builds(lambda days, times: f"{days} {times}".strip(), DAYS, TIMES),
    st.sampled_from(
        ["PH off", "24/7", "2026 Dec 24 10:00-12:00", "2026 Dec 25 off", "Dec 20-31 off", "SH off", "week 50 Mo off"]
    ),
)


@given(st.lists(RULES, min_size=1, max_size=4).map("; ".join))
def test_a_string_has_rows_only_when_they_say_the_same(osm: str) -> None:
    rows = rows_of(osm)
    if rows is not None:
        expected = [minutes(tuple(open_minutes(osm=osm, country="NL", day=day))) for day in FEW_WEEKS]
        assert [said(rows, day) for day in FEW_WEEKS] == expected


@pytest.mark.parametrize(
    "osm",
    [
        "Mo-Fr 22:00-02:00",
        "PH off; Mo-Fr 09:00-17:00",
        'Mo-Fr "op afspraak"',
        "Dec 24 off",
        "2026 Foo 24 off",
        "2026 Feb 30 off",
        "Mo-Fr 09:00-17:00, Sa 10:00-12:00",
        "Mo 08:00-09:00,10:00-11:00,12:00-13:00",
        "Mo 09:75-10:00",
        "nonsense",
    ],
)
def test_what_rows_cannot_hold_has_none(osm: str) -> None:
    assert rows_of(osm) is None


def test_a_later_rule_speaks_for_its_days_alone() -> None:
    rows = rows_of("Mo-Fr 09:00-17:00; Fr 09:00-12:00; Sa-Su off")
    assert rows is not None
    assert osm_of(rows) == "Mo-Th 09:00-17:00; Fr 09:00-12:00"


def test_parts_out_of_order_and_short_weeks_are_refused() -> None:
    for wrong in (((600, 540),), ((540, 600), (580, 700)), ((540, 540),), ((0, 1500),), ((1, 2), (3, 4), (5, 6))):
        with pytest.raises(ValueError, match=r"part"):
            Rows(days=(wrong, *[()] * 6))
    with pytest.raises(ValueError, match="seven"):
        Rows(days=((),))
