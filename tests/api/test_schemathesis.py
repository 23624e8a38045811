"""Schemathesis fuzzes the API from its own description: whatever it sends, the answer is what that promises."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from schemathesis.config import SchemathesisConfig

from baken.config.wsgi import application

CONFIG = {
    "seed": 20261121,
    "generation": {"max-examples": 20, "deterministic": True, "database": "none", "no-shrink": True},
    "phases": {"examples": {"enabled": True}, "coverage": {"enabled": True}, "fuzzing": {"enabled": True}},
    "headers": {"Accept-Encoding": "identity"},
    # A description cannot list every municipality, sign and year: what is well-formed but unknown is refused with 422.
    "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "404", "422"]}},
}

pytestmark = pytest.mark.slow

schema = schemathesis.openapi.from_wsgi(
    "/api/v1/openapi.json", application, config=SchemathesisConfig.from_dict(CONFIG)
)


@pytest.fixture(autouse=True, scope="module")
def _leave_the_database_alone() -> Iterator[None]:
    """The API asks no database. Django looks at open connections around each request; those belong to other tests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
def test_every_operation_keeps_what_the_description_promises(case):
    case.call_and_validate()
