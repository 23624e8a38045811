"""Links by e-mail: signed, for one use, and the mail that carries them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from baken.people.models import Invitation

SALT = "baken.people.invitation"
MAX_AGE = 8 * 24 * 60 * 60
"""Seconds; the table has the exact moment, this only keeps ancient links from being looked up."""


def on_this_site(path: str) -> str:
    """The whole address of a page, as people write it down and mail carries it: never on the host that a request names."""
    return f"{settings.BAKEN_SITE.rstrip('/')}{path}"


def token_of(invitation: Invitation) -> str:
    """What the link carries."""
    return signing.dumps(str(invitation.pk), salt=SALT)


def invitation_of(token: str) -> uuid.UUID | None:
    """The invitation that a link names; None when it was made up, changed or is ancient."""
    try:
        return uuid.UUID(signing.loads(token, salt=SALT, max_age=MAX_AGE))
    except (signing.BadSignature, ValueError):
        return None


def send_invitation(invitation: Invitation, *, site: str) -> str:
    """Mail the link, in the language of the invitation; returns the address. The mail says nothing about what Baken is for."""
    with translation.override(invitation.language):
        address = site.rstrip("/") + reverse("account_invitation", args=[token_of(invitation)])
        about = {"address": address, "organisation": invitation.organisation, "until": invitation.expires_at}
        send_mail(
            _("An invitation for you"),
            render_to_string("people/mail/invitation.txt", about),
            getattr(settings, "DEFAULT_FROM_EMAIL", None),
            [invitation.email],
        )
    return address
