"""Twelve characters that two people compare by telephone."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from baken.vault.fingerprint import fingerprint
from baken.vault.secret import KeyPair


def test_it_can_be_read_out() -> None:
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{3}( [0-9A-HJKMNP-TV-Z]{3}){3}", fingerprint(KeyPair.new().public))


@given(first=st.binary(min_size=32, max_size=32), second=st.binary(min_size=32, max_size=32))
def test_the_same_for_the_same_key_only(first: bytes, second: bytes) -> None:
    assert (fingerprint(first) == fingerprint(second)) is (first == second)
