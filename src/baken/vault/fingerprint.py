"""A public key as a few characters that two people compare by telephone."""

from __future__ import annotations

from baken.vault.codes import ALPHABET, GROUP
from baken.vault.secret import key_id

CHARACTERS = 12
"""60 bits: nobody makes a second key with the same fingerprint while two people are on the telephone, or in a year."""
_BITS = 5


def fingerprint(public: bytes) -> str:
    """Twelve letters and digits in groups of three; without I, L, O and U."""
    value = int.from_bytes(key_id(public), "big")
    text = "".join(ALPHABET[value >> _BITS * place & 31] for place in range(CHARACTERS))
    return " ".join(text[start : start + GROUP] for start in range(0, CHARACTERS, GROUP))
