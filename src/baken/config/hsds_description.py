"""The OpenAPI document of the HSDS API: that of the resources, with the schemas of HSDS in the answers."""

from __future__ import annotations

import copy
import json
from typing import Any

from ninja import NinjaAPI

from baken.config.openapi import document
from baken.directory.api_pages import NDJSON
from baken.directory.exchange.profile import URN, profiled

TAGS = {
    "required": "Every HSDS API has these.",
    "optional": "An HSDS API may have these.",
}
OBJECTS = {
    "/services": "service",
    "/service_at_locations": "service_at_location",
    "/organizations": "organization",
    "/taxonomies": "taxonomy",
    "/taxonomy_terms": "taxonomy_term",
}
MINIMAL = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "last_modified": {"type": "string", "format": "date-time"},
    },
    "required": ["id", "last_modified"],
    "additionalProperties": False,
}
"""What ``minimal`` leaves of a service."""
TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "description": "The token of an organisation: also what is for professionals. Nothing needs one.",
}
NO_KEY = "The token opens nothing."


def described(api: NinjaAPI) -> dict[str, Any]:
    """The document, with what each list and object holds."""
    made = copy.deepcopy(document(api, TAGS))
    components = made["components"]
    components["schemas"] |= _schemas()
    components["securitySchemes"] = {"token": TOKEN}
    components["responses"]["Unauthorized"] = components["responses"]["NotFound"] | {"description": NO_KEY}
    for path, methods in made["paths"].items():
        base = "/" + path.split("/")[1]
        for operation in methods.values():
            if name := OBJECTS.get(base):
                _describe(operation, name, one="{" in path)
    return made


def _describe(operation: dict[str, Any], name: str, *, one: bool) -> None:
    item: dict[str, Any] = _reference(name)
    content = operation["responses"]["200"]["content"]
    if one:
        content["application/json"]["schema"] = item
    else:
        listed = {"anyOf": [item, MINIMAL]} if name == "service" else item
        items = {"type": "object", "properties": {"contents": {"type": "array", "items": listed}}}
        content["application/json"]["schema"] = {"allOf": [_reference("Page"), items]}
        content[NDJSON] = {"schema": {"type": "string", "description": "One object on each line."}}
    if not name.startswith("taxonomy"):
        operation["security"] = [{}, {"token": []}]
        operation["responses"]["401"] = {"$ref": "#/components/responses/Unauthorized"}


def _reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _schemas() -> dict[str, Any]:
    """The schemas of HSDS with our profile, as parts of this document."""
    text = json.dumps(profiled()).replace(f'"{URN}', '"#/components/schemas/')
    made: dict[str, dict[str, Any]] = json.loads(text)
    return {
        name: {key: item for key, item in schema.items() if key not in ("$id", "$schema")}
        for name, schema in made.items()
    }
