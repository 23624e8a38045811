"""Members for the social map."""

from __future__ import annotations

import pytest
from tests.helpers.people import World


@pytest.fixture
def world(db: None) -> World:
    return World()
