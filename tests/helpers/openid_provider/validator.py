"""What the provider says of its users, as the test wrote it down, and the ways in which it can go wrong."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

from jwcrypto import jwk, jwt
from oauth2_provider.models import Grant
from oauth2_provider.oauth2_validators import OAuth2Validator


def wanted() -> dict[str, Any]:
    """What the test wrote down last."""
    home = Path(os.environ["OPENID_PROVIDER_HOME"])
    return json.loads((home / "wanted.json").read_text(encoding="utf-8"))


class Validator(OAuth2Validator):  # type: ignore[misc]
    """The toolkit's, with claims from the test."""

    oidc_claim_scope = None

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        """Names too, though nobody asked: a provider may say more than it was asked for."""
        return wanted()["claims"]

    def validate_redirect_uri(self, client_id: str, redirect_uri: str, request: Any, *args: Any, **kwargs: Any) -> bool:
        """Exactly what was agreed on."""
        return redirect_uri in wanted()["redirects"]

    def validate_code(self, client_id: str, code: str, client: Any, request: Any, *args: Any, **kwargs: Any) -> bool:
        """A code may be made too old."""
        if wanted()["wrong"] == "expired code":
            Grant.objects.filter(code=code).update(expires=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        return super().validate_code(client_id, code, client, request, *args, **kwargs)

    def finalize_id_token(self, id_token: dict[str, Any], token: Any, token_handler: Any, request: Any) -> str:
        """The signed token, or one that somebody had their hands on."""
        wrong = wanted()["wrong"]
        if wrong == "nonce":
            id_token["nonce"] = request.nonce = "another journey"
        if wrong == "audience":
            id_token["aud"] = "another client"
        good: str = super().finalize_id_token(id_token, token, token_handler, request)
        header, body, signature = good.split(".")
        if wrong == "tampered":
            said = json.loads(jwk.base64url_decode(body))
            said["email"] = wanted()["tamper_with"]
            return f"{header}.{jwk.base64url_encode(json.dumps(said))}.{signature}"
        if wrong in ("unknown key", "foreign key"):
            said = json.loads(jwk.base64url_decode(body))
            kid = json.loads(jwk.base64url_decode(header))["kid"] if wrong == "foreign key" else "nobody-knows-this"
            forged = jwt.JWT(header={"alg": "RS256", "typ": "JWT", "kid": kid}, claims=said)
            forged.make_signed_token(jwk.JWK.generate(kty="RSA", size=2048))
            return str(forged.serialize())
        if wrong == "unsigned":
            return f"{jwk.base64url_encode(json.dumps({'alg': 'none', 'typ': 'JWT'}))}.{body}."
        return good
