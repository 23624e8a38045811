"""Municipalities and postcodes: the numbers of the source, and finding one by what people type."""

from __future__ import annotations

import pytest

from baken.packs.pack import Pack
from baken.packs.places import UnknownPlaceError


def test_counts_are_those_of_the_source(nl: Pack) -> None:
    assert len(nl.places.municipalities) == 342
    assert len(nl.places.postcodes) > 4_000
    assert len(nl.regions["veilig_thuis"]) == 25
    assert len(nl.regions["police_unit"]) == 10


def test_every_municipality_lies_in_known_regions(nl: Pack) -> None:
    for kind in ("veilig_thuis", "police_unit", "safety_region", "court_district"):
        missing = [item.name for item in nl.places.municipalities.values() if nl.region_of(kind, item) is None]
        assert missing == []


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Oostzaan", "Oostzaan"),
        (" oostzaan ", "Oostzaan"),
        ("1511", "Oostzaan"),
        ("1511 AB", "Oostzaan"),
        ("1511ab", "Oostzaan"),
        ("gm0431", "Oostzaan"),
        ("Den Haag", "'s-Gravenhage"),
        ("s-gravenhage", "'s-Gravenhage"),
        ("den bosch", "'s-Hertogenbosch"),
        ("SUDWEST-FRYSLAN", "Súdwest-Fryslân"),
    ],
)
def test_finds_what_people_type(nl: Pack, typed: str, name: str) -> None:
    assert nl.places.find(typed).name == name


@pytest.mark.parametrize("typed", ["Atlantis", "0000", "99999", "", "GM0000", "1511 ABC", "х", "'; drop table"])
def test_unknown_places_raise(nl: Pack, typed: str) -> None:
    with pytest.raises(UnknownPlaceError):
        nl.places.find(typed)


def test_a_typing_error_gets_suggestions(nl: Pack) -> None:
    with pytest.raises(UnknownPlaceError) as caught:
        nl.places.find("Oostzan")
    assert "Oostzaan" in caught.value.suggestions


def test_a_postcode_in_two_municipalities_gives_both(nl: Pack) -> None:
    double = next(pc4 for pc4, codes in nl.places.postcodes.items() if len(codes) > 1)
    assert len(nl.places.candidates(double)) == 2
