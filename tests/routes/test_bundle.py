"""What the browser keeps of a pack: light enough for a slow network, and complete."""

from __future__ import annotations

import datetime as dt
import gzip
import json

import pytest

from baken.packs.loader import load_pack
from baken.packs.pack import Pack
from baken.routes.bundle import bundle, places_bundle

TODAY = dt.date(2026, 10, 1)


@pytest.mark.parametrize("language", ["nl", "en", "hu", "bg", "mk"])
def test_the_bundle_is_light(language: str) -> None:
    made = bundle(load_pack("nl", language), today=TODAY)
    text = json.dumps(made, separators=(",", ":"), ensure_ascii=False).encode()
    # A Cyrillic letter takes two bytes.
    assert len(gzip.compress(text)) <= (32_000 if language in ("bg", "mk") else 25_000)


def test_every_instrument_has_an_outcome_in_the_bundle(nl: Pack) -> None:
    made = bundle(nl, today=TODAY)
    assert [item["id"] for item in made["instruments"]] == list(nl.instruments)
    assert all(item["outcomes"] for item in made["instruments"])


def test_a_starter_pack_has_no_places_and_no_meldcode() -> None:
    pack = load_pack("hu")
    assert "meldcode" not in bundle(pack, today=TODAY)
    assert places_bundle(pack)["municipalities"] == []


def test_postcodes_travel_as_ranges_and_none_is_lost(nl: Pack) -> None:
    made = places_bundle(nl)
    numbers: dict[str, str] = {}
    for code, ranges in made["postcodes"].items():
        for part in ranges.split():
            first, _dash, last = part.partition("-")
            numbers |= {str(number): code for number in range(int(first), int(last or first) + 1)}
    assert numbers == {number: codes[0] for number, codes in nl.places.postcodes.items()}
    assert made["second"] == {number: codes[1] for number, codes in nl.places.postcodes.items() if codes[1:]}


def test_regions_of_a_municipality_are_those_of_the_pack(nl: Pack) -> None:
    made = places_bundle(nl)
    for code, _name, *indexes in made["municipalities"]:
        for kind, index in zip(made["kinds"], indexes, strict=True):
            region = nl.region_of(kind, nl.places.municipalities[code])
            assert (made["regions"][kind][index]["name"] if index >= 0 else None) == (region.name if region else None)
