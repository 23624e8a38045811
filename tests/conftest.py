"""Fixtures that every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# Tests never read a .env of the person who runs them.
os.environ.setdefault("BAKEN_HOME", str(Path(__file__).resolve().parent.parent / "var" / "test"))
Path(os.environ["BAKEN_HOME"]).mkdir(parents=True, exist_ok=True)
os.environ.setdefault("BAKEN_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("BAKEN_EXIT_URL", "http://127.0.0.1:9/elsewhere")

from baken.packs.loader import load_pack
from baken.packs.pack import Pack
from tests.helpers.pages import PageClient


@pytest.fixture(autouse=True)
def _plain_static_files(settings: object) -> None:
    """Pages in tests name static files as they are, without a collected manifest."""
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # type: ignore[attr-defined]


@pytest.fixture
def client() -> PageClient:
    """A visitor whose every page is held against the house rules."""
    return PageClient()


@pytest.fixture(scope="session")
def nl() -> Pack:
    """The Dutch pack in Dutch."""
    return load_pack("nl")
