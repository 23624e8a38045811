"""Members for tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone
from tests.helpers.openid import settings_of
from tests.helpers.openid_provider.process import Provider, running
from tests.helpers.people import World, member

from baken.people import doors
from baken.people.models import Member
from baken.people.openid import actions
from baken.people.permissions import Function


@pytest.fixture
def world(db: None) -> World:
    made = World()
    doors.forget()
    return made


@pytest.fixture(scope="session")
def openid_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """One provider per worker."""
    with running(tmp_path_factory.mktemp("openid")) as provider:
        yield provider


@pytest.fixture(autouse=True)
def _fresh_doors():
    doors.forget()
    yield
    doors.forget()


@pytest.fixture
def provider(openid_process: Provider, world: World) -> Provider:
    """The provider, at which members of our organisation may sign in."""
    actions.configure(by=None, organisation=world.here, settings=settings_of(openid_process), now=timezone.now())
    return openid_process


@pytest.fixture
def els(world: World) -> Member:
    """A member who has no password here."""
    made = member("els@oostzaan.example", where=world.here, functions=(Function.REPORTER,), strong=False)
    made.set_unusable_password()
    made.save()
    return made
