"""Schemathesis fuzzes the API from its own description: whatever it sends, the answer is what that promises."""

from __future__ import annotations

import pytest
import schemathesis
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


@schema.parametrize()
def test_every_operation_keeps_what_the_description_promises(case):
    case.call_and_validate()
