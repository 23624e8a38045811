"""Where allauth's sign-in follows the rules of this house."""

from __future__ import annotations

import hashlib
import io
from typing import Any
from urllib.parse import urlsplit

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy
from nacl.encoding import URLSafeBase64Encoder
from nacl.secret import SecretBox

from baken.people import sign_in_events
from baken.people.hashers import BusyError
from baken.people.links import on_this_site
from baken.people.models import Member
from baken.people.openid import actions as openid
from baken.people.openid.stages import KEPT, with_providers
from baken.people.queries import STRONG, standing_of
from baken.people.step_up import signed_in_lately

NO_ADDRESS = "0.0.0.0"  # noqa: S104 - stands for "not looked at", nothing is bound # nosec


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody registers by themselves, and no network address of a visitor is read."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Members are invited."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same for everybody."""
        return NO_ADDRESS

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Look whether the password is right. Raises BusyError, which does not count as a failed attempt."""
        try:
            return super().authenticate(request, **credentials)
        except BusyError:
            self._rollback_login_failed_rl_usage()
            raise

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link in the mail: on the address of this site, never on the one that a request says it has."""
        return on_this_site(urlsplit(super().get_reset_password_from_key_url(key)).path)

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Must somebody show again who they are, when allauth did not ask lately? Not right after signing in."""
        if signed_in_lately(self.request):
            return False
        return bool(super().is_reauthentication_required(app=app, **more))

    def get_login_stages(self) -> list[str]:
        """The steps of allauth, with those that know of providers."""
        return with_providers(super().get_login_stages())

    @transaction.atomic
    def login(self, request: HttpRequest, user: Member) -> None:
        """Begin the session, with its event; and note who it is at the provider that sent them, if one did."""
        super().login(request, user)
        arrived = request.session.get(KEPT)
        if arrived:
            openid.remember(slug=arrived["slug"], subject=arrived.pop("subject"), member=user)
            request.session[KEPT] = arrived
        sign_in_events.signed_in(request, user)

    @transaction.atomic
    def logout(self, request: HttpRequest) -> None:
        """End the session, with its event."""
        if isinstance(request.user, Member):
            sign_in_events.signed_out(request, request.user)
        super().logout(request)

    def set_password(self, user: Member, password: str) -> None:
        """Keep a new password, with its event. The slow hash comes first: a transaction must not wait for it."""
        user.set_password(password)
        with transaction.atomic():
            user.save(update_fields=["password"])
            sign_in_events.password_changed(user)


def _box() -> SecretBox:
    """A key for second factors that follows from the secret of the installation, which is not in the database."""
    return SecretBox(hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"baken-2nd-factor").digest())


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seeds of codes are kept encrypted, and whoever needs a second factor cannot remove the last one."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "This code does not work. Each code works once, for half a minute: wait for the next one in your app and type "
            "that. If it stays wrong, look whether the clock of your device is right, or type one of your spare codes."
        ),
    }

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
