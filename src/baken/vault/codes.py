"""Codes that a person writes down and types again: Crockford base32 in groups of three, with a check character.

Crockford's alphabet has no I, L, O and U. His check character is the number modulo 37, which finds every wrong character
and every two neighbours that changed places. For 5 of its 37 values he uses signs that are hard to say on the telephone; we draw
again instead, so a code holds only letters and digits (and 0.2 bit less than it is long).
"""

from __future__ import annotations

import secrets
import unicodedata

from baken.vault.errors import Flaw, UnreadableCode
from baken.vault.secret import Secret

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECK_BASE = 37
GROUP = 3
_BITS = 5
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
# What people read for what is written; the second half is Cyrillic letters that look the same.
_ALIKE = str.maketrans("OILАВЕКМНОРСТХЅЈ", "011ABEKMH0PCTXSJ")
_IGNORED = {"Zs", "Cc", "Cf", "Pd", "Pc", "Po"}


def new_code(bits: int) -> str:
    """A random code as it is shown; ``bits`` is a multiple of five."""
    while (value := secrets.randbits(bits)) % CHECK_BASE >= len(ALPHABET):
        pass
    return write_code(value, bits)


def write_code(value: int, bits: int) -> str:
    """A number as a code; ValueError for a number that is never given as one."""
    if not 0 <= value < 2**bits or bits % _BITS or value % CHECK_BASE >= len(ALPHABET):
        raise ValueError("this number is never given as a code")
    digits = (value >> shift & 31 for shift in range(bits - _BITS, -1, -_BITS))
    text = "".join(ALPHABET[digit] for digit in (*digits, value % CHECK_BASE))
    return "-".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))


def read_code(typed: str, bits: int) -> Secret:
    """The random bits of a typed code, in whatever case, grouping, digits or look-alikes; UnreadableCode otherwise."""
    characters = [character for character in map(_plain, typed) if character]
    if len(characters) != bits // _BITS + 1:
        raise UnreadableCode(Flaw.LENGTH)
    if any(character not in _VALUES for character in characters):
        raise UnreadableCode(Flaw.CHARACTER)
    value = 0
    for character in characters[:-1]:
        value = value << _BITS | _VALUES[character]
    if value % CHECK_BASE != _VALUES[characters[-1]]:
        raise UnreadableCode(Flaw.CHECK)
    return Secret(value.to_bytes((bits + 7) // 8, "big"))


def _plain(character: str) -> str:
    """One typed character as one of the alphabet, or nothing for a space or a dash. Arabic and wide digits count."""
    if unicodedata.category(character) in _IGNORED:
        return ""
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    return unicodedata.normalize("NFKC", character).upper().translate(_ALIKE)
