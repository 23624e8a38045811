"""The conversation with a provider: authorisation code with PKCE, state and nonce. allauth talks; this says what must hold.

Stricter than allauth on three points: the token's signature, issuer and nonce are always checked, addresses of the provider must
be https, and nothing of the answer is kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import translation

from baken.people.openid.claims import Claims, ClaimsError, read
from baken.people.openid.secrets import opened

ALGORITHMS = ("RS256", "PS256", "ES256")
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
SKEW = 60
"""Seconds by which the clocks of two machines may differ."""
LOGIN, CONFIRM = "login", "confirm"


class ExchangeError(Exception):
    """The provider did not say who this is. ``cancelled`` when the person chose so."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Begun:
    """What was remembered when somebody left for the provider."""

    process: str
    language: str
    next_url: str | None
    nonce: str
    verifier: str


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Nobody registers through a provider, and a provider cannot send our requests elsewhere."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Members are invited."""
        return False

    def get_requests_session(self) -> Any:
        """allauth's, which gives up after some seconds; without following redirects."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session


class _Talk(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    def __init__(self, request: HttpRequest | None, provider: HouseProvider) -> None:
        super().__init__(request, provider.app.provider_id)
        self._provider = provider

    def get_provider(self) -> HouseProvider:
        return self._provider

    @property
    def openid_config(self) -> Mapping[str, Any]:
        if not hasattr(self, "_checked"):
            with get_adapter().get_requests_session() as session:
                response = session.get(self._provider.server_url)
                response.raise_for_status()
                self._checked = _checked(response.json(), self._provider.issuer)
        return self._checked

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return request.build_absolute_uri(callback_path(app.provider_id))


class HouseProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """allauth's OpenID provider, for one organisation."""

    def __init__(self, request: HttpRequest | None, provider: Any) -> None:
        app = SocialApp(
            provider=self.id,
            provider_id=provider.slug,
            name=provider.organisation.name[:40],
            client_id=provider.client_id,
            secret=opened(provider.client_secret),
            settings={"server_url": provider.issuer.rstrip("/"), "oauth_pkce_enabled": True},
        )
        super().__init__(request, app=app)
        self.issuer = provider.issuer

    def get_oauth2_adapter(self, request: HttpRequest) -> _Talk:
        """The conversation with this provider."""
        return _Talk(request, self)

    def get_default_scope(self) -> list[str]:
        """An address and nothing else."""
        return ["openid", "email"]


def callback_path(slug: str) -> str:
    """Where the provider sends people back: one address, whatever language they read."""
    with translation.override(settings.LANGUAGE_CODE):
        return reverse("account_provider_callback", args=[slug])


def reachable(provider: Any) -> None:
    """Ask the provider for its addresses. Raises ExchangeError when it does not answer, or not as it should."""
    try:
        _asked_now = _Talk(None, HouseProvider(None, provider)).openid_config
    except (OSError, ValueError, TypeError, KeyError):
        raise ExchangeError("discovery") from None


def begin(request: HttpRequest, provider: Any, *, process: str, next_url: str | None) -> HttpResponseBase:
    """Send somebody to the provider. Raises ExchangeError when it is not there."""
    nonce = secrets.token_urlsafe(24)
    extra = {"nonce": nonce} | ({"prompt": "login", "max_age": "0"} if process == CONFIRM else {})
    data = {"nonce": nonce, "language": translation.get_language() or settings.LANGUAGE_CODE}
    try:
        # Requests' own errors are OSErrors, and those of its JSON are ValueErrors.
        response: HttpResponseBase = HouseProvider(request, provider).redirect(
            request, process, next_url=next_url, data=data, auth_params=extra
        )
    except (OSError, ValueError, TypeError, KeyError):
        raise ExchangeError("discovery") from None
    return response


def recall(request: HttpRequest, provider: Any) -> Begun:
    """What was remembered of this journey, once. Raises ExchangeError when this browser began none, or too long ago."""
    try:
        state = HouseProvider(request, provider).unstash_redirect_state(request, request.GET.get("state", ""))
    except PermissionDenied:
        raise ExchangeError("state") from None
    data = state["data"]
    return Begun(state["process"], data["language"], state.get("next"), data["nonce"], state["pkce_code_verifier"])


def finish(request: HttpRequest, provider: Any, begun: Begun) -> Claims:
    """Who the provider says this is. Raises ExchangeError."""
    if request.GET.get("error") == "access_denied":
        raise ExchangeError("cancelled")
    if request.GET.get("iss", provider.issuer) != provider.issuer:
        raise ExchangeError("issuer")
    house = HouseProvider(request, provider)
    talk = house.get_oauth2_adapter(request)
    try:
        client = talk.get_client(request, house.app)
        answer = client.get_access_token(request.GET["code"], pkce_code_verifier=begun.verifier)
        said = _verified(talk, house, answer["id_token"], begun.nonce)
        if "email" not in said:
            said = said | _asked(talk, answer["access_token"], said["sub"])
        return read(said, verified_domains=provider.verified_domains)
    except (OAuth2Error, jwtkit.jwt.PyJWTError, ClaimsError):
        raise ExchangeError("token") from None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise ExchangeError("answer") from None


def _checked(config: Any, issuer: str) -> Mapping[str, Any]:
    """The provider's addresses. Raises ValueError when they are not safe to use."""
    if not isinstance(config, dict) or str(config.get("issuer", "")).rstrip("/") != issuer.rstrip("/"):
        raise ValueError("issuer")
    for name in (*ENDPOINTS, "userinfo_endpoint"):
        if name in config or name in ENDPOINTS:
            require_safe_address(str(config.get(name, "")))
    return config


def require_safe_address(address: str) -> None:
    """Raise ValueError unless an address is https, or on this machine."""
    parts = urlsplit(address)
    if not parts.hostname or (parts.scheme != "https" and (parts.scheme != "http" or parts.hostname not in LOOPBACK)):
        raise ValueError("address")


def _verified(talk: _Talk, house: HouseProvider, token: str, nonce: str) -> dict[str, Any]:
    """The content of an id token that this provider signed, for us, now, in this journey."""
    if jwtkit.jwt.get_unverified_header(token).get("alg") not in ALGORITHMS:
        raise ClaimsError("alg")
    config = talk.openid_config
    algorithm, key = jwtkit.fetch_key(token, config["jwks_uri"], jwtkit.lookup_kid_jwk)
    said: dict[str, Any] = jwtkit.jwt.decode(
        token,
        key=key,
        algorithms=[algorithm],
        issuer=config["issuer"],
        audience=house.app.client_id,
        leeway=SKEW,
        options={"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]},
    )
    if not secrets.compare_digest(str(said["nonce"]).encode(), nonce.encode()):
        raise ClaimsError("nonce")
    if said.get("azp", house.app.client_id) != house.app.client_id:
        raise ClaimsError("azp")
    return said


def _asked(talk: _Talk, access_token: str, subject: str) -> dict[str, Any]:
    """The address, from a provider that does not put it in the token. Only of the same subject."""
    found = talk._fetch_user_info(access_token)
    if found.get("sub") != subject:
        raise ClaimsError("sub")
    return {name: found[name] for name in ("email", "email_verified") if name in found}
