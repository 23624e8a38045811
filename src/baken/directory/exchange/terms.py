"""The taxonomies of the profile HSDS-NL-MH with their terms in English, as data of the profile. Pure.

Beside the codes of ``codes`` there are two taxonomies for what HSDS has no place for: ``nl-mh-data`` (a value of ours, such as
opening hours that know holidays) and ``nl-mh-verified-field`` (when one field was checked, and in which role).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

PROFILE = Path(__file__).parent.parent / "profile"
DATA = "nl-mh-data"
VERIFIED = "nl-mh-verified-field"


class Data(StrEnum):
    """What the value of an attribute of ours is."""

    OPENING_HOURS = "osm_opening_hours"
    REFERRAL_STEP = "referral_step"
    TRANSLATION = "translation"
    SOURCE = "source"
    DOOR = "door"
    FROM_DOOR = "from_door"
    FREE = "free"
    LANGUAGE = "record_language"
    COUNTRY = "country"
    CONFIDENTIAL = "confidential"
    MUNICIPALITY = "municipality"
    AREA = "area"
    EXTENSION = "extension"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Term:
    """One term; ``name`` in English."""

    taxonomy: str
    code: str
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """One taxonomy of the profile."""

    name: str
    description: str
    terms: tuple[Term, ...]


@cache
def taxonomies() -> dict[str, Taxonomy]:
    """Every taxonomy of the profile by its name, read once."""
    kept = json.loads((PROFILE / "taxonomies.json").read_text(encoding="utf-8"))
    return {
        item["name"]: Taxonomy(
            item["name"],
            item["description"],
            tuple(
                Term(item["name"], code, name, item["each"].format(name=name)) for code, name in item["terms"].items()
            ),
        )
        for item in kept
    }


@cache
def terms() -> dict[tuple[str, str], Term]:
    """Every term of the profile by taxonomy and code."""
    return {(term.taxonomy, term.code): term for taxonomy in taxonomies().values() for term in taxonomy.terms}
