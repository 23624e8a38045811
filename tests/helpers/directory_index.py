"""The index of the social map between tests: its tables are no models, so that Django does not empty them."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_migrate

from baken.directory.finding import store


def let_tests_empty_the_map() -> None:
    """After each test that commits Django empties its tables and says so; then the index goes too."""
    post_migrate.connect(_empty, dispatch_uid="tests.directory_index")


def _empty(*, app_config: Any, **_more: Any) -> None:
    if app_config.label == "directory":
        store.rebuild(())
