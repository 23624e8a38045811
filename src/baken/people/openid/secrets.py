"""Keeps the secret of a provider encrypted under the secret of the installation, which is not in the database."""

from __future__ import annotations

import hashlib

from django.conf import settings
from nacl.encoding import URLSafeBase64Encoder
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox


def _box() -> SecretBox:
    return SecretBox(hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"baken-oidc").digest())


def closed(text: str) -> str:
    """As the table keeps it."""
    return _box().encrypt(text.encode(), encoder=URLSafeBase64Encoder).decode()


def opened(kept: str) -> str:
    """As the provider knows it. Raises ValueError when it was changed, or kept under another secret of the installation."""
    try:
        return _box().decrypt(kept.encode(), encoder=URLSafeBase64Encoder).decode()
    except CryptoError:
        raise ValueError("secret") from None
