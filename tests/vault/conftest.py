"""Members with keys."""

from __future__ import annotations

import pytest
from tests.helpers.people import World
from tests.helpers.vault import Sheets, give_keys

from baken.people import doors


@pytest.fixture
def world(db: None) -> World:
    made = World()
    doors.forget()
    return made


@pytest.fixture
def sheets(world: World) -> Sheets:
    """Keys for everybody, and the codes of the escrow sheets."""
    return give_keys(world)
