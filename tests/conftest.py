"""Fixtures that every test may use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser

from baken.directory import doors as map_doors
from baken.packs.loader import load_pack
from baken.packs.pack import Pack
from baken.people import doors
from baken.recognise import current
from baken.vault import cost
from baken.vault.keys import WEAK_FOR_TESTS
from tests.helpers.audit import let_tests_flush
from tests.helpers.browser import launched
from tests.helpers.directory_index import let_tests_empty_the_map
from tests.helpers.pages import PageClient

# How quick a machine is says nothing about a rule; a busy one, or one that measures coverage, is slow.
hypothesis_settings.register_profile("baken", deadline=None)
hypothesis_settings.load_profile("baken")
let_tests_flush()
let_tests_empty_the_map()
cost.COST = WEAK_FOR_TESTS
current.provide_nothing()


@pytest.fixture(autouse=True)
def _language_of_the_installation() -> Iterator[None]:
    """A page leaves its language active in this thread, and `reverse` in the next test would make addresses in it."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture
def client() -> PageClient:
    """A visitor whose every page is held against the house rules."""
    return PageClient()


@pytest.fixture(autouse=True)
def _doors_of_organisations(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests with a database see the organisations that are in it; the others, and the collecting of tests, have none."""
    with_database = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    if with_database or request.node.get_closest_marker("django_db"):
        monkeypatch.setattr(current, "_providers", [doors.own_focal_points])
        map_doors.forget()
        monkeypatch.setattr(current, "_door_providers", [map_doors.known_doors])


@pytest.fixture(scope="session")
def nl() -> Pack:
    """The Dutch pack in Dutch."""
    return load_pack("nl")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a worker; a second one cannot run beside it in the same thread."""
    with launched() as browser:
        yield browser
