"""A receipt is read as people type it, finds the report, opens it, and leaves nothing on the server that leads back."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.public import PrivateKey
from tests.helpers.damage import CONTEXT

from baken.vault.codes import ALPHABET, CHECK_BASE, new_code, read_code, write_code
from baken.vault.errors import Flaw, UnreadableCode
from baken.vault.receipts import RECEIPT_BITS, new_receipt, read_receipt
from baken.vault.sealing import grant, open_granted, seal

CODE = "ME9-661-CZ5-30G-BMF-V2Z-13T"
VALUES = st.integers(0, 2**RECEIPT_BITS - 1).filter(lambda value: value % CHECK_BASE < len(ALPHABET))
# Computed once with the standard library alone; a change here would lock every reporter out.
VECTORS = [
    (
        "000-000-000-000-000-000-000",
        "b08e4cb11cd1ae9008776f703b46451d",
        "daf7f57dc71623568e81fa55bc148c1757ac8d7c3f52aaa9fc64cc09e0232b38",
    ),
    (
        "04H-MAS-W9N-F6Y-Y09-38N-KR2",
        "3993bcf0b6799a34eeb8f1cb6b28f9fc",
        "7742b5b8695b84d955b86d8455baed87f71d68273a813f334ba1b48f9f50dc50",
    ),
    (
        "ZZZ-ZZZ-ZZZ-ZZZ-ZZZ-ZZZ-ZZB",
        "9ac7ba9502eba90b813e08d06d130e4b",
        "d9f3deb6fd729e9c1efc051f9396b2eb8edfaf2cb54a3c78e7f6a2b6960c2b7e",
    ),
]


def expected(master: bytes) -> tuple[str, bytes]:
    """Lookup and public key by another road: hashlib's BLAKE2b and PyNaCl's own classes."""
    lookup = hashlib.blake2b(key=master, person=b"baken.rcpt.find", digest_size=16).hexdigest()
    seed = hashlib.blake2b(key=master, person=b"baken.rcpt.key", digest_size=32).digest()
    return lookup, bytes(PrivateKey.from_seed(seed).public_key)


def test_receipt_opens_what_was_granted_to_it():
    code, receipt = new_receipt()
    sealed = seal(b"an answer", CONTEXT)
    granted = grant(sealed.key, receipt.pair.public, CONTEXT)

    again = read_receipt(code)

    assert again.lookup == receipt.lookup
    assert open_granted(sealed.envelope, granted, again.pair, CONTEXT) == b"an answer"


def test_receipt_looks_like_one():
    code, _ = new_receipt()

    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{3}-){6}[0-9A-HJKMNP-TV-Z]{3}", code)


@pytest.mark.parametrize(("code", "lookup", "public"), VECTORS)
def test_derivation_never_changes(code, lookup, public):
    receipt = read_receipt(code)

    assert (receipt.lookup, receipt.pair.public.hex()) == (lookup, public)


@settings(deadline=None)
@given(VALUES)
def test_derivation_is_what_the_standard_library_computes(value):
    receipt = read_receipt(write_code(value, RECEIPT_BITS))

    assert (receipt.lookup, receipt.pair.public) == expected(value.to_bytes(13, "big"))


def test_lookup_and_key_of_receipts_differ():
    receipts = [new_receipt()[1] for _ in range(50)]

    assert len({receipt.lookup for receipt in receipts}) == 50
    assert len({receipt.pair.public for receipt in receipts}) == 50


@pytest.mark.parametrize(
    "typed",
    [
        CODE.lower(),
        CODE.replace("-", ""),
        f"  {CODE.replace('-', ' ')}\n",
        CODE.replace("0", "O").replace("1", "I"),
        CODE.replace("0", "o").replace("1", "l"),
        CODE.replace("-", " – "),
        CODE.replace("-", "\u00a0.\u200b"),
        CODE.replace("0", "٠").replace("1", "١"),
        CODE.replace("C", "С").replace("M", "М").replace("T", "т").replace("0", "О"),
        CODE.replace("C", "Ｃ").replace("0", "０"),
    ],
)
def test_receipt_is_read_as_people_type_it(typed):
    assert read_receipt(typed).lookup == read_receipt(CODE).lookup


@pytest.mark.parametrize(
    ("typed", "flaw"),
    [
        ("", Flaw.LENGTH),
        (CODE[:-1], Flaw.LENGTH),
        (CODE + "0", Flaw.LENGTH),
        ("U" + CODE[1:], Flaw.CHARACTER),
        ("ß" + CODE[1:], Flaw.CHARACTER),
        ("*" + CODE[1:], Flaw.LENGTH),
        ("$" + CODE[1:], Flaw.CHARACTER),
        ("2" + CODE[1:], Flaw.CHECK),
    ],
)
def test_receipt_that_cannot_be_one_says_why(typed, flaw):
    with pytest.raises(UnreadableCode) as failure:
        read_receipt(typed)

    assert failure.value.flaw == flaw


@settings(max_examples=10, deadline=None)
@given(VALUES)
def test_every_wrong_character_is_found(value):
    text = write_code(value, RECEIPT_BITS).replace("-", "")

    for place, right in enumerate(text):
        for wrong in ALPHABET.replace(right, ""):
            with pytest.raises(UnreadableCode):
                read_code(text[:place] + wrong + text[place + 1 :], RECEIPT_BITS)


@pytest.mark.parametrize("bits", [100, 160])
def test_characters_that_changed_places_are_found(bits):
    """Any two of the code, and the last of them with the check character."""
    text = new_code(bits).replace("-", "")
    last = len(text) - 1

    for one, other in [*combinations(range(last), 2), (last - 1, last)]:
        swapped = list(text)
        swapped[one], swapped[other] = swapped[other], swapped[one]
        if swapped != list(text):
            with pytest.raises(UnreadableCode):
                read_code("".join(swapped), bits)


@settings(deadline=None)
@given(st.text())
def test_nothing_that_is_typed_breaks_the_reader(typed):
    with suppress(UnreadableCode):
        read_receipt(typed)


@pytest.mark.parametrize(("value", "bits"), [(-1, 100), (2**100, 100), (0, 99), (36, 100)])
def test_number_that_is_never_given_as_a_code_is_refused(value, bits):
    with pytest.raises(ValueError, match="never given"):
        write_code(value, bits)


def test_codes_use_all_their_bits():
    seen = [read_code(new_code(100), 100).reveal() for _ in range(300)]
    together = int.from_bytes(bytes(len(seen[0])), "big")
    for raw in seen:
        together |= int.from_bytes(raw, "big")

    assert together == 2**100 - 1
