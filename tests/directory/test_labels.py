"""Every code has a name on screen, in every language."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from baken.directory import labels
from baken.directory.codes import TAXONOMIES, Channel, Confidence, Field, Kind, ServiceStatus


@pytest.mark.parametrize("taxonomy", TAXONOMIES)
def test_every_code_has_a_name(taxonomy: str) -> None:
    found = [labels.label(taxonomy, code) for code in TAXONOMIES[taxonomy]]
    assert all(found)
    assert len(set(found)) == len(found)
    assert taxonomy in labels.TAXONOMY


def test_what_is_no_taxonomy_has_names_too() -> None:
    assert set(labels.KINDS) == set(Kind)
    assert set(labels.FIELD) == set(Field)
    assert set(labels.SERVICE_STATUS) == set(ServiceStatus)
    assert set(labels.CONFIDENCE) == set(Confidence)
    assert set(labels.CHANNEL) == set(Channel)


def test_names_stand_in_the_order_of_the_taxonomy() -> None:
    assert labels.labels("nl-mh-gender", ["men", "women"]) == [str(text) for text in list(labels.GENDER.values())[:2]]


@pytest.mark.parametrize("language", ["nl", "en", "hu", "bg", "mk"])
def test_every_language_that_a_search_offers_has_a_name(language: str) -> None:
    with override(language):
        names = [labels.language_name(code) for code in labels.SPOKEN]
    assert len(set(names)) == len(names)
    assert not set(names) & set(labels.SPOKEN)
    assert all(name[0].isupper() for name in names)


def test_an_unknown_language_keeps_its_code() -> None:
    assert (labels.language_name("xyz"), labels.native_language_name("bg")) == ("xyz", "български")
