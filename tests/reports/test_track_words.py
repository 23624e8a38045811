"""By when something is promised reads as a date does in that language."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from baken.reports.track import Mark

AT = dt.datetime(2026, 11, 24, 8, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", "dinsdag 24 november 09:00"), ("en", "Tuesday 24 November 09:00"), ("hu", "kedd november 24. 09:00")],
)
def test_a_promised_moment_is_said_in_the_order_of_the_language(language: str, said: str) -> None:
    with translation.override(language):
        assert Mark("", "todo", AT).by == said
