"""``publiccode.yml`` holds what version 0.4 of the standard asks for; the schema is ours, after its description."""

import tomllib
from pathlib import Path

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).parents[2]
TEXT = {"type": "string", "minLength": 1}
ADDRESS = {"type": "string", "pattern": r"^https://[^\s]+$"}
TAGS = {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": "^[a-z-]+$"}}
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$"

DESCRIPTION = {
    "type": "object",
    "required": ["shortDescription", "longDescription", "features"],
    "properties": {
        "shortDescription": {"type": "string", "minLength": 1, "maxLength": 150},
        "longDescription": {"type": "string", "minLength": 150, "maxLength": 10_000},
        "features": {"type": "array", "minItems": 1, "items": TEXT},
    },
}
SOFTWARE_TYPES = [
    *(f"standalone/{kind}" for kind in ("mobile", "iot", "desktop", "web", "backend", "other")),
    *("addon", "library", "configurationFiles"),
]
SCHEMA = {
    "type": "object",
    "required": [
        *("publiccodeYmlVersion", "name", "url", "releaseDate", "platforms", "categories", "developmentStatus"),
        *("softwareType", "description", "legal", "maintenance", "localisation"),
    ],
    "properties": {
        "publiccodeYmlVersion": {"const": "0.4"},
        "name": TEXT,
        "url": ADDRESS,
        "releaseDate": {"type": "string", "format": "date"},
        "platforms": TAGS,
        "categories": TAGS,
        "developmentStatus": {"enum": ["concept", "development", "beta", "stable", "obsolete"]},
        "softwareType": {"enum": SOFTWARE_TYPES},
        "description": {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": LANGUAGE},
            "additionalProperties": DESCRIPTION,
        },
        "legal": {"type": "object", "required": ["license"], "properties": {"license": TEXT}},
        "maintenance": {
            "type": "object",
            "required": ["type", "contacts"],
            "properties": {
                "type": {"enum": ["internal", "community"]},
                "contacts": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["name"]}},
            },
        },
        "localisation": {
            "type": "object",
            "required": ["localisationReady", "availableLanguages"],
            "properties": {
                "localisationReady": {"type": "boolean"},
                "availableLanguages": {
                    "type": "array",
                    "minItems": 1,
                    "items": {"type": "string", "pattern": LANGUAGE},
                },
            },
        },
    },
}


@pytest.fixture(scope="module")
def publiccode() -> dict:
    return yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_publiccode_holds_what_the_standard_asks(publiccode):
    validator = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())

    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(publiccode)] == []


@pytest.mark.parametrize("key", SCHEMA["required"])
def test_schema_notices_a_missing_key(publiccode, key):
    without = {name: value for name, value in publiccode.items() if name != key}

    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(without)


def test_publiccode_agrees_with_the_project_file(publiccode, project):
    assert publiccode["name"].lower() == project["name"]
    assert publiccode["legal"]["license"] == project["license"]


def test_publiccode_names_the_languages_of_the_dutch_pack(publiccode):
    pack = yaml.safe_load((ROOT / "src/baken/packs/nl/pack.yaml").read_text(encoding="utf-8"))

    assert set(publiccode["localisation"]["availableLanguages"]) == set(pack["languages"])
