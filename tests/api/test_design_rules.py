"""The Dutch API Design Rules (NLGov), as tests over our own OpenAPI document and over what really comes back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from baken.config.api import api
from baken.config.openapi import document, text

ROOT = Path(__file__).parents[2]
DOCUMENT = document(api)
PATHS: dict[str, dict[str, Any]] = DOCUMENT["paths"]
OPERATIONS = [(path, method, item) for path, methods in PATHS.items() for method, item in methods.items()]
IDS = [f"{method} {path}" for path, method, _ in OPERATIONS]
SEMVER = r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?"
each_operation = pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=IDS)


def resolved(item: Any) -> Any:
    while isinstance(item, dict) and "$ref" in item:
        found: Any = DOCUMENT
        for step in item["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        item = found
    return item


def properties() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for name, schema in DOCUMENT["components"]["schemas"].items():
        for key, item in schema.get("properties", {}).items():
            yield name, key, item


def references(item: Any) -> Iterator[str]:
    if isinstance(item, dict):
        for key, value in item.items():
            if key == "$ref":
                yield value
            else:
                yield from references(value)
    elif isinstance(item, list):
        for value in item:
            yield from references(value)


def test_document_is_published_for_every_site():
    response = Client().get("/api/v1/openapi.json")

    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.json() == DOCUMENT


def test_document_in_docs_is_what_the_code_says():
    kept = (ROOT / "docs/openapi.json").read_text(encoding="utf-8")

    assert kept == text(api), "python -m baken.config.openapi > docs/openapi.json"


def test_document_is_openapi_3_with_contact_licence_and_full_version(settings):
    settings.BAKEN_CONTACT_EMAIL = "somebody@example.org"
    info = document(api)["info"]

    assert re.fullmatch(r"3(\.\d+){1,2}", DOCUMENT["openapi"])
    assert re.fullmatch(SEMVER, info["version"])
    assert all(info["contact"].get(field) for field in ("name", "email", "url"))
    assert info["license"]["identifier"] == "EUPL-1.2"


def test_document_names_no_address_that_nobody_set(settings):
    settings.BAKEN_CONTACT_EMAIL = ""

    assert document(api)["info"]["contact"].keys() == {"name", "url"}


def test_major_version_and_nothing_more_stands_in_the_address():
    major = DOCUMENT["info"]["version"].split(".")[0]

    assert [server["url"].rsplit("/", 1)[-1] for server in DOCUMENT["servers"]] == [f"v{major}"]
    assert not any(server["url"].startswith("http://") for server in DOCUMENT["servers"])


def test_every_reference_leads_somewhere_and_every_schema_is_used():
    used = set(references(DOCUMENT))

    assert [ref for ref in used if not resolved({"$ref": ref})] == []
    assert {f"#/components/schemas/{name}" for name in DOCUMENT["components"]["schemas"]} <= used


def test_schemas_are_valid_json_schema_and_in_upper_camel_case():
    for name, schema in DOCUMENT["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema)
        assert re.fullmatch(r"([A-Z][a-z]+)+", name)


def test_tags_are_described_once():
    names = [tag["name"] for tag in DOCUMENT["tags"]]

    assert len(set(names)) == len(names)
    assert {tag for _, _, operation in OPERATIONS for tag in operation["tags"]} == set(names)


def test_operation_ids_are_unique():
    ids = [operation["operationId"] for _, _, operation in OPERATIONS]

    assert len(set(ids)) == len(ids)


@each_operation
def test_path_is_plural_kebab_case_without_trailing_slash(path, method, operation):
    segments = path.strip("/").split("/")

    assert not path.endswith("/")
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*|\{[a-z]+\}", segment) for segment in segments)
    assert segments[0].endswith("s")


@each_operation
def test_method_is_a_standard_one_that_changes_nothing(path, method, operation):
    assert method in ("get", "post")


@each_operation
def test_path_parameters_are_declared_and_query_names_are_camel_case(path, method, operation):
    parameters = operation["parameters"]

    assert {p["name"] for p in parameters if p["in"] == "path"} == set(re.findall(r"\{(\w+)\}", path))
    assert all(
        re.fullmatch(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*", item["name"]) for item in parameters if item["in"] == "query"
    )
    assert all(item.get("description") for item in parameters if item["in"] == "query")


@each_operation
def test_every_answer_carries_the_full_version(path, method, operation):
    for status, response in operation["responses"].items():
        assert "API-Version" in resolved(response)["headers"], status


@each_operation
def test_problems_are_problem_details(path, method, operation):
    for status, response in operation["responses"].items():
        if status[0] in "45":
            schema = resolved(resolved(response)["content"]["application/problem+json"]["schema"])
            assert {"type", "title", "status", "detail"} <= set(schema["properties"])


@each_operation
def test_invalid_input_has_an_answer(path, method, operation):
    assert "400" in operation["responses"]
    assert "404" in operation["responses"] or "{" not in path


@each_operation
def test_it_says_what_it_is_for(path, method, operation):
    assert operation["summary"]
    assert operation["description"]


@each_operation
def test_no_situation_travels_in_an_address(path, method, operation):
    names = {item["name"] for item in operation["parameters"]}
    # A factsheet is for an organisation, in its own municipality.
    own = {"municipality"} if path.startswith("/factsheets/") else set()

    assert names <= {"language", "country", "query", "limit", "id", "code", "profession", *own}


def test_fields_are_snake_case_all_over():
    assert [(name, key) for name, key, _ in properties() if not re.fullmatch(r"[a-z]+(_[a-z]+)*", key)] == []


def test_dates_say_their_format_and_moments_their_zone():
    dates = [(key, item) for _, key, item in properties() if key in ("checked_on", "check_by")]
    moments = [item for _, key, item in properties() if key in ("at", "opens_at", "closes_at")]

    assert all(item["format"] == "date" for _, item in dates)
    assert all("date-time" in json.dumps(item) for item in moments)
    assert "date-time-local" not in json.dumps(DOCUMENT)


def test_address_with_a_trailing_slash_does_not_exist():
    assert Client().get("/api/v1/signs/").status_code == 404
