"""Attributes of HSDS: a term of a taxonomy with a value, on any object. The one place for what HSDS does not know. Pure."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from baken.directory.exchange.ids import part_id, taxonomy_id, term_id
from baken.directory.exchange.terms import DATA, VERIFIED, Data, terms

CODE = "code"
OF_THE_RECORD = "record"
VALUE = "value"
CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Tag:
    """One attribute before it has an id: the term, the value, and what the term says (``link_type``)."""

    taxonomy: str
    code: str
    value: str = ""
    link_type: str = CODE


def tag(code: Data, value: str) -> Tag:
    """A value of ours."""
    return Tag(DATA, code, value, VALUE)


def structured(code: Data, value: Any) -> Tag:
    """A value of ours that is more than one text."""
    return tag(code, compact(value))


def compact(value: Any) -> str:
    """JSON on one line, always the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def written(owner: uuid.UUID, entity: str, tags: Iterable[Tag]) -> list[dict[str, Any]]:
    """The attributes of the object ``owner`` of the kind ``entity``, in the order given."""
    return [_attribute(owner, entity, position, item) for position, item in enumerate(tags)]


def _attribute(owner: uuid.UUID, entity: str, position: int, item: Tag) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": str(part_id(owner, "attribute", position)),
        "link_id": str(owner),
        "link_entity": entity,
        "link_type": item.link_type,
    }
    if item.value or item.link_type == VALUE:
        made["value"] = item.value
    return made | {"taxonomy_term": term_data(item.taxonomy, item.code)}


def term_data(taxonomy: str, code: str, names: Mapping[str, str] | None = None, language: str = "en") -> dict[str, Any]:
    """A term as HSDS writes it. A term that the profile does not know has its code as its name."""
    known = terms().get((taxonomy, code))
    return {
        "id": str(term_id(taxonomy, code)),
        "code": code,
        "name": (names or {}).get(code) or (known.name if known else code),
        "description": known.description if known else "",
        "taxonomy": taxonomy,
        "taxonomy_id": str(taxonomy_id(taxonomy)),
        "language": language,
    }


def is_ours(item: Tag) -> bool:
    """Is this one of the values or checks of our profile, which a foreign reader need not know?"""
    return item.taxonomy in (DATA, VERIFIED)
