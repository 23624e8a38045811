"""A program that asks the API."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture
def http() -> Client:
    return Client(raise_request_exception=False)
