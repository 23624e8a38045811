"""Mail to a member when the way in changes: that it happened, when, and what to do when it was somebody else.

It goes at once, whatever the member wished about other mail: whoever took over an account would switch it off first.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baken.notices.jobs import job
from baken.people.changes import Change
from baken.people.links import on_this_site
from baken.people.models import Member

SENTENCES = MappingProxyType(
    {
        Change.PASSWORD: gettext_lazy("Your password was changed."),
        Change.FACTOR_ADDED: gettext_lazy("A second factor was added: an app with codes, or a passkey."),
        Change.FACTOR_REMOVED: gettext_lazy("A second factor was removed."),
        Change.SIGN_IN_CODES: gettext_lazy("New spare codes for signing in were made."),
        Change.KEY_CODE: gettext_lazy("A new recovery code for your key was made."),
        Change.KEY_PASSKEY: gettext_lazy("From now on a passkey opens your key too."),
        Change.KEY_RECOVERED: gettext_lazy("Your key was recovered and put under your present password or passphrase."),
        Change.KEY_REPLACED: gettext_lazy("Your key was replaced by a new one."),
    }
)


def on_change(*, member: Member, change: Change, now: dt.datetime, **_more: Any) -> None:
    """Signal of the room of members, inside the transaction of the change: the mail goes when that is kept."""
    tell_of_change.enqueue(str(member.pk), change.value, int(now.timestamp()))


@job(priority=20)
def tell_of_change(member_id: str, change: str, at: int) -> None:
    """Send one mail. A mail server that is down raises, and the job is tried again."""
    member = Member.objects.filter(pk=member_id, is_active=True).first()
    if member is None:
        return
    moment = timezone.localtime(dt.datetime.fromtimestamp(at, tz=dt.UTC))
    name = hashlib.sha256(f"{member_id} {change} {at}".encode()).hexdigest()[:32]
    with translation.override(member.language):
        about = {
            "sentence": SENTENCES[Change(change)],
            "moment": date_format(moment, "DATETIME_FORMAT"),
            "account": on_this_site(reverse("account_overview")),
            "reset": on_this_site(reverse("account_reset_password")),
        }
        EmailMessage(
            _("Something changed in how you sign in"),
            render_to_string("notices/mail/changed.txt", about),
            to=[member.email],
            headers={
                "Message-ID": f"<{name}@{urlsplit(settings.BAKEN_SITE).hostname}>",
                "Auto-Submitted": "auto-generated",
            },
        ).send()
