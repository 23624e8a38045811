"""What a sealed thing is and to whom it belongs: bound to its bytes, so that it opens nowhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from nacl.bindings.crypto_generichash import generichash_blake2b_salt_personal

DIGEST_BYTES = 32
_NAME = re.compile(r"[A-Za-z0-9_.:-]{1,64}", re.ASCII)
_MOST = 2**63


@dataclass(frozen=True, kw_only=True)
class Context:
    """Kind of thing, its public id, its field, the organisation it belongs to, and its version.

    ``version`` rises with every new text of the same field; an older text put back does not open. ``organisation`` is
    empty only for what belongs to a person and no organisation, such as a member's own key.
    """

    kind: str
    id: str
    field: str
    organisation: str
    version: int = 1

    def __post_init__(self) -> None:
        """Refuse what could be read in two ways."""
        for name in ("kind", "id", "field", "organisation"):
            value = getattr(self, name)
            empty_is_fine = name == "organisation" and value == ""
            if not empty_is_fine and not _NAME.fullmatch(value):
                raise ValueError(f"{name} of a context: 1 to 64 of A-Z a-z 0-9 _ . : -")
        if not 0 <= self.version < _MOST:
            raise ValueError("version of a context: 0 or more")

    def canonical(self) -> bytes:
        """The same bytes for the same context and for no other: every part after its length."""
        return self._canonical

    def digest(self) -> bytes:
        """A fixed-size name for this context (32 bytes)."""
        return self._digest

    # Asked several times for each thing that is sealed, and again for everybody it is granted to.
    @cached_property
    def _canonical(self) -> bytes:
        parts = ("baken.context.1", self.kind, self.id, self.field, self.organisation, str(self.version))
        return b"".join(len(part).to_bytes(2, "big") + part.encode("ascii") for part in parts)

    @cached_property
    def _digest(self) -> bytes:
        return generichash_blake2b_salt_personal(self._canonical, digest_size=DIGEST_BYTES, person=b"baken.context")
