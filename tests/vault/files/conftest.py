"""A media folder of its own for each test, and a desk that takes files."""

from __future__ import annotations

import pytest
from tests.helpers import desk


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    """Where files lie; the test may look at every byte in it."""
    settings.BAKEN_FILES = tmp_path / "files"
    settings.BAKEN_CLAMD = ""
    return settings.BAKEN_FILES


@pytest.fixture
def desk_open(settings):
    """The pages of the desk, which does nothing yet with what arrives."""
    settings.ROOT_URLCONF = desk.__name__
    desk.desk.do = lambda found: None
