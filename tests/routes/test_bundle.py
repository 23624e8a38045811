"""What the browser keeps of a pack: light enough for a slow network, and complete."""

from __future__ import annotations

import datetime as dt
import gzip
import json

import pytest

from baken.packs.loader import load_pack
from baken.packs.pack import Pack
from baken.routes.bundle import bundle

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
