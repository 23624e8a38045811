"""The receipt of a reporter without an account: the only key to what is sealed for them, shown once.

100 random bits, derived into a lookup id (where is my report?) and a key pair (open it). The server keeps the lookup id
and the public key; neither leads back to the receipt. At this entropy a slow hash would add nothing: a thief who tries
a million million receipts a second against a million reports needs tens of thousands of years to hit one.
"""

from __future__ import annotations

from dataclasses import dataclass

from baken.vault.codes import new_code, read_code
from baken.vault.secret import KeyPair, Secret, derive

RECEIPT_BITS = 100
LOOKUP_BYTES = 16


@dataclass(frozen=True)
class Receipt:
    """What a receipt opens. Keep ``lookup`` and ``pair.public``, nothing else."""

    lookup: str
    pair: KeyPair


def new_receipt() -> tuple[str, Receipt]:
    """The code to show once, and what it opens."""
    code = new_code(RECEIPT_BITS)
    return code, read_receipt(code)


def read_receipt(typed: str) -> Receipt:
    """What a typed receipt opens; UnreadableCode when it cannot be one. Whether it exists, the lookup tells."""
    with read_code(typed, RECEIPT_BITS) as master, Secret(derive(master.reveal(), "baken.rcpt.key")) as seed:
        lookup = derive(master.reveal(), "baken.rcpt.find", LOOKUP_BYTES).hex()
        return Receipt(lookup, KeyPair.from_seed(seed))
