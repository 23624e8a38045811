"""A situation only holds values that exist."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from baken.packs.situation import DEFAULTS, FIELDS, Situation, UnknownValueError, UnusableMomentError, read_moment

ZONE = ZoneInfo("Europe/Amsterdam")


def test_nothing_filled_in_is_unknown_everywhere():
    assert Situation().values() == {**DEFAULTS, "profession": "other"}


@pytest.mark.parametrize("field", FIELDS)
def test_a_value_that_does_not_exist_is_refused_with_those_that_do(field):
    with pytest.raises(UnknownValueError, match=f"^{field}: 'odd' is not one of {FIELDS[field][0]}, ") as raised:
        Situation(**{field: "odd"})

    assert (raised.value.field, raised.value.value, raised.value.allowed) == (field, "odd", FIELDS[field])


@pytest.mark.parametrize(
    ("typed", "hour"), [("2026-11-21T14:30", 14), (" 2026-11-21T14:30+01:00 ", 14), ("2026-11-21T14:30Z", 15)]
)
def test_a_moment_is_one_of_the_country_unless_it_names_a_zone(typed, hour):
    assert read_moment(typed, ZONE) == dt.datetime(2026, 11, 21, hour, 30, tzinfo=ZONE)


@pytest.mark.parametrize("typed", ["", "tomorrow", "1999-12-31T23:59", "2100-01-01T00:00"])
def test_what_is_no_usable_moment_is_refused(typed):
    with pytest.raises(UnusableMomentError, match="an ISO time in the years 2000 to 2099"):
        read_moment(typed, ZONE)
