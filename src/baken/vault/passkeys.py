"""Passkeys that open a key, by the WebAuthn PRF extension: the browser gives 32 bytes that only this passkey makes.

The bytes themselves are the proof, so no signature is checked here; who cannot give them opens nothing.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TypedDict

from allauth.mfa.models import Authenticator

from baken.people.models import Member
from baken.vault.models import KeyWrap
from baken.vault.secret import KEY_BYTES, Secret


class Credential(TypedDict):
    """What the browser needs to ask one passkey: its id and the salt, in base64url, and the label under which we know it."""

    id: str
    salt: str
    label: str
    name: str


def label_of(authenticator: Authenticator) -> str:
    """A passkey as the table of wraps names it: ids of credentials can be longer than a column."""
    return hashlib.sha256(_credential_id(authenticator)).hexdigest()


def credentials_of(member: Member, *, that_open: bool) -> list[Credential]:
    """The passkeys of a member that open the key already, or (``that_open=False``) that do not yet."""
    known = set(KeyWrap.objects.filter(key__member=member, way="passkey").values_list("label", flat=True))
    found = Authenticator.objects.filter(user_id=member.pk, type=Authenticator.Type.WEBAUTHN).order_by("pk")
    return [_asked(item, member) for item in found if (label_of(item) in known) is that_open]


def output_of(typed: str) -> Secret | None:
    """What the browser gave, or None when it is not 32 bytes."""
    try:
        raw = urlsafe_b64decode(typed + "=" * (-len(typed) % 4))
    except ValueError:
        return None
    return Secret(raw) if len(raw) == KEY_BYTES else None


def _asked(item: Authenticator, member: Member) -> Credential:
    raw = _credential_id(item)
    # Always the same for one passkey of one member, and of no use without that passkey.
    salt = hashlib.sha256(b"baken.vault.prf:" + member.pk.bytes + raw).digest()
    return {"id": _text(raw), "salt": _text(salt), "label": label_of(item), "name": str(item.wrap().name)}


def _credential_id(item: Authenticator) -> bytes:
    data = item.wrap().authenticator_data.credential_data
    return bytes(data.credential_id) if data else b""


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode("ascii").rstrip("=")
