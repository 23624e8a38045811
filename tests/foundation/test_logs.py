"""Logs: an error names its place in the code, never the visitor or what was filled in."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from django.conf import settings
from django.test import Client

from baken.config.logs import WithoutVisitor

CANARY = "Canarygem"
LOGGING: dict[str, Any] = settings.LOGGING


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the console handler of the settings would print."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(WithoutVisitor())
    handler.setFormatter(logging.Formatter(LOGGING["formatters"]["plain"]["format"]))
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def test_an_error_names_its_places_and_not_its_words(log: io.StringIO) -> None:
    try:
        try:
            raise KeyError(f"{CANARY} first")
        except KeyError as error:
            raise ValueError(f"{CANARY} second") from error
    except ValueError:
        logging.getLogger("baken.test").exception("Something failed")
    text = log.getvalue()
    assert "Something failed" in text
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "test_logs.py" in text
    assert CANARY not in text


def test_a_page_that_fails_tells_nothing_of_the_form(log: io.StringIO) -> None:
    broken = mock.patch("baken.routes.views.result.result_context", side_effect=RuntimeError(f"{CANARY} was typed"))
    client = Client(raise_request_exception=False)
    with broken:
        response = client.post(
            "/nl/check/result/", {"municipality": "Oostzaan", "age": "minor"}, REMOTE_ADDR="203.0.113.77"
        )
    assert response.status_code == 500
    assert CANARY not in response.content.decode()
    text = log.getvalue()
    assert "builtins.RuntimeError" in text
    assert CANARY not in text
    assert "203.0.113.77" not in text


def test_the_settings_use_the_filter() -> None:
    assert LOGGING["handlers"]["console"]["filters"] == ["without_visitor"]
    assert LOGGING["filters"]["without_visitor"]["()"] == "baken.config.logs.WithoutVisitor"


def test_an_address_in_any_letters_is_in_no_log(log: io.StringIO) -> None:
    for word in ("kanarie", "kanarië", "канарче"):
        assert Client().get(f"/nl/{word}/").status_code == 404
        written = log.getvalue()
        assert "(no such page)" in written
        assert word not in written
        assert word.encode("unicode_escape").decode() not in written
