"""Fixtures that every test may use."""

from __future__ import annotations

import pytest

from baken.packs.loader import load_pack
from baken.packs.pack import Pack
from tests.helpers.audit import let_tests_flush
from tests.helpers.pages import PageClient

let_tests_flush()


@pytest.fixture
def client() -> PageClient:
    """A visitor whose every page is held against the house rules."""
    return PageClient()


@pytest.fixture(scope="session")
def nl() -> Pack:
    """The Dutch pack in Dutch."""
    return load_pack("nl")
