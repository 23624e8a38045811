"""Give another system a key to what professionals may see, and take it back."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import transaction

from baken.audit.actions import record as audit
from baken.audit.kinds import Action, Kind, Subject
from baken.directory.models import ApiToken
from baken.people.actor import Acting, actor_of
from baken.people.models import Organisation

PREFIX = "baken_map_"
"""Tells whoever finds a key where it fits, so that it can be taken back."""
TOKEN_BYTES = 32


def hash_of_token(token: str) -> str:
    """What is kept of a token. It is long and random, so a fast hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_token(*, by: Acting | None, organisation: Organisation, now: dt.datetime) -> str:
    """A new key for an organisation; returned this once."""
    token = PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    with transaction.atomic():
        made = ApiToken.objects.create(organisation=organisation, token_hash=hash_of_token(token), made_at=now)
        audit(by=actor_of(by), action=Action.DIRECTORY_TOKEN_MADE, on=Subject(Kind.DIRECTORY, str(made.pk)), now=now)
    return token


def revoke_tokens(*, by: Acting | None, organisation: Organisation, now: dt.datetime) -> int:
    """Take back every key of an organisation; returns how many opened something until now."""
    with transaction.atomic():
        held = list(ApiToken.objects.select_for_update().filter(organisation=organisation, revoked_at__isnull=True))
        for token in held:
            token.revoked_at = now
            token.save(update_fields=["revoked_at"])
            audit(
                by=actor_of(by),
                action=Action.DIRECTORY_TOKEN_ENDED,
                on=Subject(Kind.DIRECTORY, str(token.pk)),
                now=now,
            )
    return len(held)
