"""Days and times are written the way people here read them."""

import datetime as dt

import pytest
from django.utils import formats, translation

from baken.recognise.current import site_languages

AFTERNOON = dt.datetime(2026, 11, 3, 15, 4, tzinfo=dt.UTC)


@pytest.mark.parametrize("language", site_languages())
@pytest.mark.parametrize("name", ["DATETIME_FORMAT", "SHORT_DATETIME_FORMAT", "TIME_FORMAT"])
def test_times_have_twenty_four_hours(language: str, name: str) -> None:
    with translation.override(language):
        assert "15:04" in formats.date_format(AFTERNOON, name).replace(".", ":")


@pytest.mark.parametrize("language", [item for item in site_languages() if item != "hu"])
def test_the_day_stands_first(language: str) -> None:
    with translation.override(language):
        assert formats.date_format(AFTERNOON, "DATE_FORMAT").lstrip("0").startswith("3")
