"""The owner of a service: where they are asked, by which link, and what they answer. They have no account."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import uuid
from collections.abc import Mapping

from django.conf import settings
from django.core import signing
from django.core.validators import validate_email
from django.db import transaction

from baken.audit.actions import record as audit
from baken.audit.kinds import SYSTEM, Action, Kind, Subject
from baken.directory import models
from baken.directory.actions.stale import refresh
from baken.directory.actions.verifying import Answer, Verified, Way, verify
from baken.directory.codes import Field
from baken.directory.freshness import LINK_LIFE
from baken.people.actor import Acting, actor_of

TOKEN_BYTES = 20
"""160 random bits: nobody guesses a link, so its hash needs no salt and no slowness."""


class LinkOverError(Exception):
    """The link is not ours, was used, or is too old: which of these is nobody's business."""


def set_owner(*, by: Acting, provider_id: uuid.UUID, email: str, language: str, now: dt.datetime) -> None:
    """Where the question whether it is still true goes; "" when nobody is to be asked. A new address starts with a clean slate,
    and links that went to the old one work no more.

    Raises ValidationError for what is no e-mail address, and ValueError for a language that the site does not speak.
    """
    if language not in dict(settings.LANGUAGES):
        raise ValueError(f"The site does not speak {language}")
    if email:
        validate_email(email)
    with transaction.atomic():
        provider = models.Provider.objects.select_for_update().get(pk=provider_id)
        if provider.owner_email != email:
            provider.bounced_at = None
            # Whoever had the mail at the old address is the owner no more.
            models.OwnerLink.objects.filter(service__provider=provider, used_at=None).delete()
        provider.owner_email, provider.owner_language = email, language
        provider.save(update_fields=["owner_email", "owner_language", "bounced_at"])
        subject = Subject(Kind.SERVICE, f"owner:{provider_id}")
        audit(by=actor_of(by), action=Action.SERVICE_CHANGED, on=subject, now=now)


def make_link(*, service_id: uuid.UUID, now: dt.datetime) -> tuple[models.OwnerLink, str]:
    """A new link for the owner, and the token that it carries. The token is nowhere else: only its hash is kept."""
    token = _signer().sign(secrets.token_hex(TOKEN_BYTES))
    row = models.OwnerLink.objects.create(
        service_id=service_id, token_hash=_hashed(token), made_at=now, until=now + LINK_LIFE
    )
    return row, token


def note_asked(*, service_ids: list[uuid.UUID], now: dt.datetime) -> None:
    """The mail server took the question about these services."""
    with transaction.atomic():
        models.Service.objects.filter(pk__in=service_ids).update(asked_at=now)
        for key in service_ids:
            audit(by=SYSTEM, action=Action.SERVICE_ASKED, on=Subject(Kind.SERVICE, str(key)), now=now)


def note_bounce(*, provider_id: uuid.UUID, now: dt.datetime) -> None:
    """Mail to the owner came back: it is not sent again, and the services of this provider are to be checked now."""
    with transaction.atomic():
        models.Provider.objects.filter(pk=provider_id).update(bounced_at=now)
        for key in models.Service.objects.filter(provider_id=provider_id).values_list("pk", flat=True):
            refresh(service_id=key, now=now)


def link_of(token: str, *, now: dt.datetime) -> models.OwnerLink:
    """The link of a token that still works. Opening uses nothing up, because programs that check mail open links too.

    Raises LinkOverError.
    """
    try:
        _signer().unsign(token)
    except signing.BadSignature:
        raise LinkOverError from None
    found = models.OwnerLink.objects.filter(token_hash=_hashed(token), used_at=None, until__gt=now).first()
    if found is None:
        raise LinkOverError
    return found


def answer(*, token: str, answers: Mapping[Field, Answer], now: dt.datetime) -> Verified:
    """What the owner says about each field. The link works no more after this.

    Raises LinkOverError; SeenBeforeChangeError and ValueError as `verify` does, and then the link still works.
    """
    with transaction.atomic():
        link = link_of(token, now=now)
        # Of two that answer at the same moment one finds it used.
        used = models.OwnerLink.objects.filter(pk=link.pk, used_at=None).update(used_at=now)
        if not used:
            raise LinkOverError
        return verify(by=None, service_id=link.service_id, answers=answers, way=Way.MAIL_LINK, now=now)


def _signer() -> signing.Signer:
    """Signed as well, so that what nobody here made does not even reach the database."""
    return signing.Signer(salt="baken.directory.owner", sep=".")


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
