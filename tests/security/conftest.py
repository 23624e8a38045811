"""A world in which everything that an address can name exists, and whom to attack it as."""

from __future__ import annotations

import pytest
from tests.helpers.attack import Target, target_of
from tests.helpers.sharing import Sharing

from baken.people import doors


@pytest.fixture
def target(db: None) -> Target:
    """Reports, hand-overs and files of Oostzaan; Cleo, of another organisation, wants to see them."""
    sharing = Sharing.new()
    doors.forget()
    return target_of(sharing)
