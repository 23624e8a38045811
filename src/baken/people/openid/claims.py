"""What a provider says about who signed in, and how sure it is. Pure: no Django, no clock."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

MORE_THAN_A_PASSWORD = frozenset({"mfa", "otp", "hwk"})
"""Ways of signing in (RFC 8176) that count as a second factor."""
MAX_SUBJECT = 191
"""Characters; what the table takes."""


class ClaimsError(ValueError):
    """A claim that is needed is missing, has the wrong form or does not belong to this journey.

    The message names the claim, never its value.
    """


@dataclass(frozen=True, slots=True)
class Claims:
    """The few claims that are looked at. Names, pictures and groups are not read."""

    subject: str
    email: str
    """In lower case."""
    email_verified: bool
    methods: frozenset[str] = frozenset()
    context: str = ""
    """Authentication context class (acr)."""
    signed_in_at: int | None = None
    """Seconds since 1970, when the provider says when it last asked."""


def read(said: Mapping[str, Any], *, verified_domains: Collection[str] = ()) -> Claims:
    """The claims of a token. Addresses in ``verified_domains`` count as verified unless the provider says they are not.

    Raises ClaimsError.
    """
    subject, email = said.get("sub"), said.get("email")
    if not isinstance(subject, str) or not 0 < len(subject) <= MAX_SUBJECT:
        raise ClaimsError("sub")
    if not isinstance(email, str) or email.count("@") != 1:
        raise ClaimsError("email")
    address = email.strip().lower()
    verified = said.get("email_verified")
    if verified is None:
        verified = address.partition("@")[2] in verified_domains
    methods, moment = said.get("amr"), said.get("auth_time")
    return Claims(
        subject=subject,
        email=address,
        email_verified=verified is True,
        methods=frozenset(item for item in methods if isinstance(item, str))
        if isinstance(methods, list)
        else frozenset(),
        context=str(said.get("acr") or ""),
        signed_in_at=moment if isinstance(moment, int) and not isinstance(moment, bool) else None,
    )


def is_strong(claims: Claims, *, contexts: Collection[str]) -> bool:
    """Does the provider say that more than a password was asked? ``contexts`` are the values of acr that mean so there."""
    return bool(claims.methods & MORE_THAN_A_PASSWORD) or (bool(claims.context) and claims.context in contexts)


def is_fresh(claims: Claims, *, now: int, seconds: int) -> bool:
    """Did the provider ask just now who it is? ``now`` in seconds since 1970; a minute of difference of clocks is allowed."""
    return claims.signed_in_at is not None and -60 <= now - claims.signed_in_at <= seconds
