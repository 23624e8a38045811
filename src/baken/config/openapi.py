"""The OpenAPI 3.1 document of the API, as the Dutch API Design Rules want it.

``python -m baken.config.openapi`` writes it; ``docs/openapi.json`` is what it wrote last.
"""

from __future__ import annotations

import json
import os
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ninja import NinjaAPI

TAGS = {
    "signs": "What can be noticed, and what published lists make of it.",
    "routes": "Whom to call, what to do, on which footing.",
    "places": "Countries, municipalities and regions.",
    "professions": "Who uses Baken, in their own words.",
}
CONTACT = {"name": "Baken", "url": "https://github.com/baken-project/baken"}
PROBLEMS = {
    400: "The query cannot be used, or the body is not JSON.",
    404: "There is no such resource.",
    406: "The API answers in JSON only.",
    413: "The body is too big.",
    415: "The body is not application/json in UTF-8.",
    422: "The body names something that Baken does not know.",
}
HEADERS = {"API-Version": "Full version of the API.", "Content-Language": "Language of the texts."}


def document(api: NinjaAPI, tags: Mapping[str, str] = TAGS) -> dict[str, Any]:
    """The document of an API, with what its tags mean.

    Who runs the installation can be reached at ``BAKEN_CONTACT_EMAIL``, where that is set.
    """
    from django.conf import settings

    made = _described(api)
    contact = CONTACT | ({"email": settings.BAKEN_CONTACT_EMAIL} if settings.BAKEN_CONTACT_EMAIL else {})
    described = [{"name": name, "description": text} for name, text in tags.items()]
    return made | {"info": made["info"] | {"contact": contact}, "tags": described}


@cache
def _described(api: NinjaAPI) -> dict[str, Any]:
    """The document without what this installation sets; made once."""
    made: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="")))
    made["info"]["license"] = {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
    schemas = made["components"]["schemas"]
    made["components"] = {
        # The fields of a query are written out where they stand.
        "schemas": {name: item for name, item in schemas.items() if not name.endswith("Query")} | _problem_schemas(),
        "headers": {
            name: {"description": text, "required": True, "schema": {"type": "string"}}
            for name, text in HEADERS.items()
        },
        "responses": {_component(status): _problem(text) for status, text in PROBLEMS.items()},
    }
    for route, methods in made["paths"].items():
        for method, operation in methods.items():
            _describe_responses(operation, method=method, in_path="{" in route)
            for parameter in operation["parameters"]:
                _plain_parameter(parameter)
    return made


def _problem_schemas() -> dict[str, Any]:
    from baken.recognise.api_problems import Problem

    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), "Problem": schema}


def _component(status: int) -> str:
    from baken.recognise.api_problems import TITLES

    return TITLES[status].replace(" ", "")


def _header_references() -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}


def _problem(text: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": text, "headers": _header_references(), "content": content}


def _describe_responses(operation: dict[str, Any], *, method: str, in_path: bool) -> None:
    operation["responses"]["200"]["headers"] = _header_references()
    possible = [400, 406, *([404] if in_path else []), *([413, 415, 422] if method == "post" else [])]
    for status in sorted(possible):
        operation["responses"][str(status)] = {"$ref": f"#/components/responses/{_component(status)}"}


def _plain_parameter(parameter: dict[str, Any]) -> None:
    """A parameter that may be left out is not one that may be null; its examples stand with its schema."""
    parameter.pop("examples", None)
    schema = parameter["schema"]
    kinds = [item for item in schema.pop("anyOf", []) if item["type"] != "null"]
    for kind in kinds:
        schema |= kind


def text(api: NinjaAPI) -> str:
    """The document as it is kept in ``docs/openapi.json``."""
    return json.dumps(document(api), ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write the document to standard output."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baken.config.settings")
    import django

    django.setup()
    from baken.config.api import api

    sys.stdout.write(text(api))


if __name__ == "__main__":
    main()
