"""Which addresses lead to one mailbox."""

from __future__ import annotations


def mailbox_of(email: str) -> str:
    """The mailbox behind an address: what stands between a + and the @ only sorts mail (RFC 5233)."""
    name, _at, host = email.strip().lower().rpartition("@")
    return f"{name.partition('+')[0]}@{host}"
