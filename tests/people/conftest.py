"""Members for tests."""

from __future__ import annotations

import pytest
from tests.helpers.people import World

from baken.people import doors


@pytest.fixture
def world(db: None) -> World:
    made = World()
    doors.forget()
    return made


@pytest.fixture(autouse=True)
def _fresh_doors():
    doors.forget()
    yield
    doors.forget()
