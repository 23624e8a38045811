"""Schemas of HSDS 3.1, as our own words for the facts of the standard, and what the profile HSDS-NL-MH makes of them. Pure."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from baken.directory.exchange.hsds import PROFILE as NAME
from baken.directory.exchange.hsds import VERSION
from baken.directory.exchange.merge_patch import merged
from baken.directory.exchange.terms import PROFILE

SCHEMAS = Path(__file__).parent / "schemas"
URN = "urn:nl-mh:hsds:"
"""How a schema calls another one."""


@cache
def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each object of HSDS 3.1 by its name."""
    return _read(SCHEMAS)


@cache
def patches() -> dict[str, Any]:
    """What the profile changes in each schema (RFC 7386); None where it leaves an object out."""
    return _read(PROFILE / "schema")


@cache
def profiled() -> dict[str, dict[str, Any]]:
    """The schemas with the profile applied."""
    changes = patches()
    made = {name: merged(schema, changes.get(name, {})) for name, schema in schemas().items()}
    return {name: schema for name, schema in made.items() if schema is not None}


def profile_data() -> dict[str, Any]:
    """The profile for other programs."""
    taxonomies = json.loads((PROFILE / "taxonomies.json").read_text(encoding="utf-8"))
    return {
        "name": NAME,
        "hsds": VERSION,
        "description": "Help for people who may be exploited, in the Netherlands and its partner countries.",
        "taxonomies": taxonomies,
        "patches": patches(),
        "schemas": profiled(),
    }


def _read(directory: Path) -> dict[str, Any]:
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(directory.glob("*.json"))}
