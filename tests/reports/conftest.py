"""Members with keys, and reports between them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation
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
    """Keys for everybody, and an inbox for each organisation."""
    return give_keys(world)


@pytest.fixture
def in_english() -> Iterator[None]:
    """Addresses and texts in the language of the source, whatever the site speaks by itself."""
    with translation.override("en"):
        yield
