"""Where allauth's sign-in follows the rules of this house."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from nacl.encoding import URLSafeBase64Encoder
from nacl.secret import SecretBox

from baken.people.models import Member
from baken.people.queries import STRONG, standing_of

NO_ADDRESS = "0.0.0.0"  # noqa: S104 - stands for "not looked at", nothing is bound


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody registers by themselves, and no network address of a visitor is read."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Members are invited."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same for everybody."""
        return NO_ADDRESS


def _box() -> SecretBox:
    """A key for second factors that follows from the secret of the installation, which is not in the database."""
    return SecretBox(hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"baken-2nd-factor").digest())


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seeds of codes are kept encrypted, and whoever needs a second factor cannot remove the last one."""

    def encrypt(self, text: str) -> str:
        """A seed as the table keeps it."""
        return _box().encrypt(text.encode(), encoder=URLSafeBase64Encoder).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The seed again. Raises CryptoError when it was changed."""
        return _box().decrypt(encrypted_text.encode(), encoder=URLSafeBase64Encoder).decode()

    def build_totp_svg(self, url: str) -> str:
        """The QR code for an authenticator app, without inline style."""
        made = io.BytesIO()
        segno.make(url).save(made, kind="svg", scale=5, border=4, xmldecl=False, svgns=False, light="#fff", dark="#000")
        return made.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of a member whose function needs it."""
        member: Any = authenticator.user
        assert isinstance(member, Member)
        others = Authenticator.objects.filter(user_id=member.pk, type__in=STRONG).exclude(pk=authenticator.pk)
        return others.exists() or not standing_of(member, now=timezone.now()).second_factor
