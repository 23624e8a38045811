"""The API keeps what its own description promises, whatever it is sent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from jsonschema import Draft202012Validator
from schemathesis.config import SchemathesisConfig
from tests.directory.exchange.conftest import write
from tests.helpers.directory import full_service

from baken.config.hsds import api
from baken.config.hsds_description import described
from baken.config.wsgi import application

CONFIG = {
    "seed": 20261122,
    "generation": {"max-examples": 8, "deterministic": True, "database": "none", "no-shrink": True},
    "phases": {"examples": {"enabled": True}, "coverage": {"enabled": True}, "fuzzing": {"enabled": True}},
    "headers": {"Accept-Encoding": "identity"},
    # A description cannot list every id and postcode: what is well-formed but unknown is refused.
    "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "400", "404", "422"]}},
}
schema = schemathesis.openapi.from_wsgi(
    "/hsds/v3/openapi.json", application, config=SchemathesisConfig.from_dict(CONFIG)
)


@pytest.fixture
def _one_service(db: None) -> Iterator[None]:
    """Django looks at open connections around each request; here they are those of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    write(full_service())
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.usefixtures("_one_service")
@schema.parametrize()
def test_every_operation_keeps_what_the_description_promises(case):
    case.call_and_validate()


def test_every_address_of_the_standard_is_there() -> None:
    found = {
        (method, path, *item["tags"])
        for path, methods in described(api)["paths"].items()
        for method, item in methods.items()
    }
    lists = ("/services", "/service_at_locations", "/organizations", "/taxonomies", "/taxonomy_terms")
    required = {("get", "/", "required"), ("get", "/services", "required"), ("get", "/services/{id}", "required")}
    optional = {("get", path + tail, "optional") for path in lists[1:] for tail in ("", "/{id}")}
    assert found == required | optional | {("post", path, "optional") for path in lists}


def test_schemas_in_the_description_are_schemas() -> None:
    schemas = described(api)["components"]["schemas"]
    for item in schemas.values():
        Draft202012Validator.check_schema(item)
    assert schemas["service"]["properties"]["phones"]["items"] == {"$ref": "#/components/schemas/phone"}
