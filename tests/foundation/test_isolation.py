"""What one test leaves behind does not reach the next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse
from django.utils import translation


@pytest.fixture(scope="module", autouse=True)
def _somebody_was_on_the_help_page() -> Iterator[None]:
    """As after a page in a language that all other pages lead away from."""
    translation.activate("ar")
    yield
    translation.deactivate()


@pytest.mark.parametrize("visit", [1, 2])
def test_a_test_begins_in_the_language_of_the_installation(visit: int) -> None:
    assert translation.get_language() == "nl"
    assert reverse("account_login").startswith("/nl/")
    translation.activate("ar")
