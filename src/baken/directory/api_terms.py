"""The taxonomies of the profile as the HSDS API shows them, with the terms in the language of the reader."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import override

from baken.directory import labels
from baken.directory.api_asked import TaxonomiesAsked, TermsAsked
from baken.directory.exchange.attributes import term_data
from baken.directory.exchange.ids import taxonomy_id
from baken.directory.exchange.terms import VERIFIED, taxonomies
from baken.directory.names import folded
from baken.recognise.api_problems import not_found

Data = dict[str, Any]


def taxonomies_found(asked: TaxonomiesAsked, language: str) -> list[Data]:
    """Taxonomies whose name or description has the words."""
    return [item for item in _taxonomies(language) if _has(item, asked.search)]


def terms_found(asked: TermsAsked, language: str) -> list[Data]:
    """Terms that answer. They have no parents, so all are at the top and none is below another."""
    if asked.parent_id:
        return []
    wanted = str(asked.taxonomy_id) if asked.taxonomy_id else None
    return [item for item in _terms(language) if wanted in (None, item["taxonomy_id"]) and _has(item, asked.search)]


def taxonomy(key: uuid.UUID, language: str) -> Data:
    """One taxonomy. Raises ProblemError."""
    return _one(_taxonomies(language), key, "taxonomy")


def term(key: uuid.UUID, language: str) -> Data:
    """One term. Raises ProblemError."""
    return _one(_terms(language), key, "taxonomy term")


def _one(found: list[Data], key: uuid.UUID, what: str) -> Data:
    for item in found:
        if item["id"] == str(key):
            return item
    raise not_found(what, str(key))


def _has(item: Data, text: str) -> bool:
    heap = folded(f"{item['name']} {item['description']} {item.get('code', '')}")
    return all(word in heap for word in folded(text).split())


def _taxonomies(language: str) -> list[Data]:
    with override(language):
        return [
            {
                "id": str(taxonomy_id(name)),
                "name": name,
                "description": str(labels.TAXONOMY.get(name, item.description)),
            }
            for name, item in sorted(taxonomies().items())
        ]


def _terms(language: str) -> list[Data]:
    found = []
    for name, item in sorted(taxonomies().items()):
        names = _names(name, language)
        written = language if names else "en"
        found += [term_data(name, one.code, names, written) for one in item.terms]
    return found


def _names(name: str, language: str) -> Mapping[str, str]:
    """What the codes of a taxonomy are called in a language; values of ours have a name in English only."""
    shown: Mapping[Any, Any] = labels.FIELD if name == VERIFIED else labels.BY_TAXONOMY.get(name, {})
    with override(language):
        return {str(code): str(text) for code, text in shown.items()}
