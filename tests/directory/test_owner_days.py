"""The hours of a day on one line, as people type them."""

from __future__ import annotations

import pytest

from baken.directory.owning.days import UnreadableDayError, shown_day, typed_day


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", ""),
        ("9-17", "09:00-17:00"),
        ("09:00–12.30, 13:30 - 17", "09:00-12:30, 13:30-17:00"),
        ("9 tot 12 en 13 tot 24", "09:00-12:00, 13:00-24:00"),
        ("0-24", "00:00-24:00"),
    ],
)
def test_what_people_type_is_read(typed: str, shown: str) -> None:
    assert shown_day(typed_day(typed)) == shown
    assert typed_day(shown) == typed_day(typed)


@pytest.mark.parametrize(
    "typed", ["gesloten", "9", "17-9", "9-25", "9:60-10", "9-12, 11-13", "9-12, 12-13", "1-2, 3-4, 5-6"]
)
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(UnreadableDayError):
        typed_day(typed)
