"""Keys of an organisation: the inbox in numbered generations, and the escrow sheet in the safe.

Reports are granted to the public key of the newest inbox generation. Its private key is entrusted to each member who may
read, and to the escrow key. When somebody leaves: a new generation, entrusted to those who stay; then the grants of open
reports go over (`baken.vault.sealing.regrant_all`), and the old generation is kept until the last of its grants is gone.
"""

from __future__ import annotations

from dataclasses import dataclass

from baken.vault.codes import read_code
from baken.vault.context import Context
from baken.vault.keys import RECOVERY_BITS, new_recovery_code
from baken.vault.sealing import grant, open_grant
from baken.vault.secret import KeyPair, Secret, derive


@dataclass(frozen=True)
class Generation:
    """One generation of the inbox of one organisation."""

    organisation: str
    number: int
    pair: KeyPair

    @property
    def context(self) -> Context:
        """What its private key is sealed as."""
        return inbox_context(self.organisation, self.number)

    def next(self) -> Generation:
        """The one after this, with a key of its own."""
        return Generation(self.organisation, self.number + 1, KeyPair.new())


def first_generation(organisation: str) -> Generation:
    """The inbox of a new organisation."""
    return Generation(organisation, 1, KeyPair.new())


def inbox_context(organisation: str, number: int) -> Context:
    """The context of the private key of one generation."""
    return Context(kind="inbox_key", id=organisation, field="private", organisation=organisation, version=number)


def member_key_context(member: str) -> Context:
    """The context of a member's own private key, when it is entrusted to an escrow key."""
    return Context(kind="member_key", id=member, field="private", organisation="")


def entrust(pair: KeyPair, public_key: bytes, context: Context) -> bytes:
    """A private key, sealed for a holder: inbox to member, inbox to escrow, member to escrow."""
    return grant(pair.private, public_key, context)


def receive(entrusted: bytes, holder: KeyPair, context: Context) -> KeyPair:
    """The entrusted pair. Errors as for `open_grant`."""
    return KeyPair.from_private(open_grant(entrusted, holder, context))


def receive_generation(entrusted: bytes, holder: KeyPair, organisation: str, number: int) -> Generation:
    """An inbox generation that was entrusted to us."""
    return Generation(organisation, number, receive(entrusted, holder, inbox_context(organisation, number)))


def new_escrow() -> tuple[str, KeyPair]:
    """The code to print once and lock away, and its pair: keep ``public`` and wipe the rest.

    Keys are entrusted to the public half, so the sheet stays in the safe until the last member is gone.
    """
    code = new_recovery_code()
    return code, escrow_pair(code)


def escrow_pair(typed: str) -> KeyPair:
    """The pair of an escrow sheet; UnreadableCode for a typing error."""
    with read_code(typed, RECOVERY_BITS) as master, Secret(derive(master.reveal(), "baken.escrow")) as seed:
        return KeyPair.from_seed(seed)
