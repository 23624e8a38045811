"""The taxonomies of the profile hold every code, in the words of the pages."""

from __future__ import annotations

from django.utils.translation import override

from baken.directory import labels
from baken.directory.codes import TAXONOMIES, Field
from baken.directory.exchange.ids import part_id, place_id
from baken.directory.exchange.terms import DATA, VERIFIED, Data, taxonomies
from baken.directory.records import id_of
from baken.directory.rows import place_id as place_id_of_row


def test_every_code_is_a_term_of_the_profile() -> None:
    expected = {name: set(codes) for name, codes in TAXONOMIES.items()} | {DATA: set(Data), VERIFIED: set(Field)}
    assert {name: {term.code for term in found.terms} for name, found in taxonomies().items()} == expected


def test_terms_have_the_names_that_pages_show() -> None:
    with override("en"):
        shown = {
            name: {str(code): str(text) for code, text in found.items()} for name, found in labels.BY_TAXONOMY.items()
        } | {VERIFIED: {str(code): str(text) for code, text in labels.FIELD.items()}}
    of_profile = {name: {term.code: term.name for term in found.terms} for name, found in taxonomies().items()}
    assert {name: of_profile[name] for name in shown} == shown


def test_ids_are_those_of_the_rows() -> None:
    service, location = id_of("a"), id_of("b")
    assert place_id(service, location) == place_id_of_row(service, location)
    assert part_id(service, "phone", 0) != part_id(service, "phone", 1)
