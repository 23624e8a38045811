"""Tables of the vault: keys, and what is sealed with them. Nothing here opens without a secret that is not here."""

from baken.vault.models.inboxes import Escrow, EscrowedKey, Inbox, InboxAccess
from baken.vault.models.members import KeyWrap, MemberKey
from baken.vault.models.moves import Rotation, WorkerKey
from baken.vault.models.sealed import Grant, Sealed

__all__ = [
    "Escrow",
    "EscrowedKey",
    "Grant",
    "Inbox",
    "InboxAccess",
    "KeyWrap",
    "MemberKey",
    "Rotation",
    "Sealed",
    "WorkerKey",
]
