"""Ids in what goes out: each follows from the thing that it belongs to, so that a second export is the same. Pure."""

from __future__ import annotations

import uuid

from baken.directory.records import id_of


def part_id(owner: uuid.UUID, kind: str, position: int | str) -> uuid.UUID:
    """The id of the part at a place in a list of a service, place or provider; that of its row in the database too."""
    return uuid.uuid5(owner, f"{kind}/{position}")


def place_id(service: uuid.UUID, location: uuid.UUID) -> uuid.UUID:
    """The id of a service at a location; that of its row in the database too."""
    return uuid.uuid5(service, f"at/{location}")


def taxonomy_id(taxonomy: str) -> uuid.UUID:
    """The id of a taxonomy by its name."""
    return id_of("taxonomy", taxonomy)


def term_id(taxonomy: str, code: str) -> uuid.UUID:
    """The id of a term by its taxonomy and code."""
    return uuid.uuid5(taxonomy_id(taxonomy), code)


def unit_id(unit: str) -> uuid.UUID:
    """The id of a unit in which places are counted."""
    return id_of("unit", unit)
