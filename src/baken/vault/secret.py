"""Secrets in memory, key pairs, and one way to derive a key from a key."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from types import TracebackType
from typing import NoReturn, Self

from nacl.bindings import crypto_box_seed_keypair, crypto_scalarmult_base, randombytes
from nacl.bindings.crypto_generichash import generichash_blake2b_salt_personal

from baken.vault.errors import Wiped

KEY_BYTES = 32
KEY_ID_BYTES = 16


class Secret:
    """Bytes that do not end up in a log, a traceback, a session or a pickle, and that can be wiped.

    Wiping is best effort: libsodium wants immutable bytes, so Python may hold copies until it reuses their memory.
    """

    __slots__ = ("_held",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, raw: bytes | bytearray) -> None:
        self._held: bytearray | None = bytearray(raw)

    @classmethod
    def random(cls, size: int = KEY_BYTES) -> Self:
        """Fresh from the operating system."""
        return cls(randombytes(size))

    def reveal(self) -> bytes:
        """The bytes themselves: ask late, keep short."""
        if self._held is None:
            raise Wiped("the secret was wiped")
        return bytes(self._held)

    def wipe(self) -> None:
        """Overwrite what we hold. Twice does no harm."""
        if self._held is not None:
            self._held[:] = bytes(len(self._held))
            self._held = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wipe()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and hmac.compare_digest(self.reveal(), other.reveal())

    def __repr__(self) -> str:
        return "Secret(hidden)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled or copied: seal it")


@dataclass(frozen=True)
class KeyPair:
    """An X25519 pair. The public half may lie in the database, the private half only wrapped."""

    public: bytes
    private: Secret

    @classmethod
    def new(cls) -> Self:
        """A fresh pair."""
        return cls.from_private(Secret.random())

    @classmethod
    def from_private(cls, private: Secret) -> Self:
        """The pair of this private key; the public half is computed, so nobody can slip in another."""
        return cls(public=crypto_scalarmult_base(private.reveal()), private=private)

    @classmethod
    def from_seed(cls, seed: Secret) -> Self:
        """Always the same pair for the same 32 bytes."""
        public, private = crypto_box_seed_keypair(seed.reveal())
        return cls(public=public, private=Secret(private))

    @property
    def id(self) -> bytes:
        """Which pair this is: see `key_id`."""
        return key_id(self.public)

    def wipe(self) -> None:
        """Forget the private half."""
        self.private.wipe()


def derive(master: bytes, purpose: str, size: int = KEY_BYTES) -> bytes:
    """A key for one purpose from a key or a code of at least 100 random bits: BLAKE2b, keyed and personalised.

    What is derived does not lead back to the master, nor from one purpose to another. Not for passwords.
    """
    return generichash_blake2b_salt_personal(b"", digest_size=size, key=master, person=purpose.encode("ascii"))


def key_id(public: bytes) -> bytes:
    """A short name for a public key (16 bytes), to find the pair that opens a grant."""
    return generichash_blake2b_salt_personal(public, digest_size=KEY_ID_BYTES, person=b"baken.key.id")
