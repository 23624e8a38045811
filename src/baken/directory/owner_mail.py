"""The mail that asks owners whether what the map says is still true: one mail per provider, one link per service.

As with notices, a service counts as asked after the mail server took the mail: a worker that is killed in between asks again,
twice perhaps, never not at all. When the mail server is down the links are taken away, and the next run tries again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from dataclasses import dataclass
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baken.directory import models
from baken.directory.actions.owners import make_link, note_asked, note_bounce
from baken.directory.codes import ServiceStatus, Visibility
from baken.directory.freshness import LINK_LIFE, is_to_ask
from baken.directory.knowing import standing_of, with_checks
from baken.notices.jobs import class_of

logger = logging.getLogger(__name__)
FOR_GOOD = 500
"""SMTP answers from here on say that trying again is of no use."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the mail."""

    name: str
    address: str


def ask_due(now: dt.datetime) -> int:
    """Ask each owner about what is due; returns to how many a mail went."""
    due = _due(now)
    if not due:
        return 0
    server = get_connection()
    try:
        server.open()
    except (SMTPException, OSError) as error:
        logger.warning("The mail server does not answer, owners are asked later: %s", class_of(error))
        return 0
    sent = 0
    try:
        for provider, services in due:
            sent += _ask(provider, services, server, now)
    except (SMTPServerDisconnected, OSError) as error:
        logger.warning("The mail server went away, owners are asked later: %s", class_of(error))
    finally:
        server.close()
    return sent


def _due(now: dt.datetime) -> list[tuple[models.Provider, list[models.Service]]]:
    """Providers with an address that works, and those of their services about which it is time to ask."""
    reachable = models.Provider.objects.filter(bounced_at=None).exclude(owner_email="").order_by("name", "pk")
    services = models.Service.objects.filter(provider__in=reachable).exclude(status=ServiceStatus.DEFUNCT)
    by_provider: dict[Any, list[models.Service]] = {}
    for service in with_checks(services).order_by("name", "pk"):
        found = standing_of(service, now=now)
        if is_to_ask(found, asked_at=service.asked_at, now=timezone.localtime(now)):
            by_provider.setdefault(service.provider_id, []).append(service)
    return [(provider, by_provider[provider.pk]) for provider in reachable if provider.pk in by_provider]


def _ask(provider: models.Provider, services: list[models.Service], server: Any, now: dt.datetime) -> int:
    """One mail. Raises what the server raised when it is of no use to go on with the others."""
    with transaction.atomic():
        links = [(service, *make_link(service_id=service.pk, now=now)) for service in services]
    try:
        _mail(provider, [(service, token) for service, _row, token in links], server, now).send()
    except (SMTPException, OSError) as error:
        models.OwnerLink.objects.filter(pk__in=[row.pk for _service, row, _token in links]).delete()
        if isinstance(error, SMTPRecipientsRefused) and _is_for_good(error):
            note_bounce(provider_id=provider.pk, now=now)
        elif isinstance(error, SMTPServerDisconnected) or not isinstance(error, SMTPException):
            raise
        logger.warning("A mail to an owner was refused: %s", class_of(error))
        return 0
    note_asked(service_ids=[service.pk for service in services], now=now)
    return 1


def _is_for_good(error: SMTPRecipientsRefused) -> bool:
    return all(code >= FOR_GOOD for code, _words in error.recipients.values())


def _mail(
    provider: models.Provider, asked: list[tuple[models.Service, str]], server: Any, now: dt.datetime
) -> EmailMessage:
    site = settings.BAKEN_SITE.rstrip("/")
    name = hashlib.sha256(b"".join(service.pk.bytes for service, _token in asked) + now.isoformat().encode())
    with translation.override(provider.owner_language):
        about = {
            "provider": provider.name,
            "services": [
                Asked(_name(service), site + reverse("directory_owner:answer", args=[token]))
                for service, token in asked
            ],
            "until": formats.date_format(timezone.localdate(now + LINK_LIFE), "DATE_FORMAT"),
            "contact": settings.BAKEN_CONTACT_EMAIL,
        }
        return EmailMessage(
            ngettext("Is this still right?", "Are these still right?", len(asked)),
            render_to_string("directory/owner/mail.txt", about),
            to=[provider.owner_email],
            headers={
                "Message-ID": f"<{name.hexdigest()[:32]}@{urlsplit(site).hostname}>",
                "Auto-Submitted": "auto-generated",
            },
            connection=server,
        )


def _name(service: models.Service) -> str:
    """Mail goes over open lines: what not everybody may see is not named in it."""
    return service.name if service.visibility == Visibility.PUBLIC else _("A service that is not shown to everybody")
