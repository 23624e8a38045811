"""Mail that there is something to look at. It says no more than that: not what, not about whom, not from which organisation.

A notice is marked as sent after the mail server took the mail. A worker that is killed in between sends it again when its
claim has run out: twice perhaps, never not at all. The second has the same Message-ID, so that mail programs show one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import uuid
from smtplib import SMTPException, SMTPServerDisconnected
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Min, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from baken.notices.jobs import class_of, job
from baken.notices.models import WAITING, Notice, Preference
from baken.notices.moments import BACK_OFF, MINUTE, How, Wishes, due_at, is_free
from baken.people.models import Member

logger = logging.getLogger(__name__)
CLAIM = 5 * MINUTE
"""How long a worker may take to hand one mail to the server, before another tries."""


@job(priority=10)
def deliver() -> None:
    """Send what is due, soon after the notice was made."""
    send_due(timezone.now())


def send_due(now: dt.datetime) -> int:
    """Send a mail to every member for whom one is due; returns to how many it went. Nothing is lost when it fails."""
    members = _due_members(now)
    if not members:
        return 0
    server = get_connection()
    try:
        server.open()
    except (SMTPException, OSError) as error:
        logger.warning("The mail server does not answer, mail waits: %s", class_of(error))
        return 0
    sent = 0
    try:
        for member_id in members:
            if _claim(member_id, now):
                sent += _send_to(member_id, server, now)
    except (SMTPServerDisconnected, OSError) as error:
        logger.warning("The mail server went away, mail waits: %s", class_of(error))
    finally:
        server.close()
    return sent


def _due_members(now: dt.datetime, *, only: uuid.UUID | None = None) -> list[uuid.UUID]:
    """Members for whom a mail is due, those whose notice is oldest first."""
    silent = Preference.objects.filter(how=How.NONE).values("member_id")
    found = Notice.objects.filter(WAITING, member__is_active=True).exclude(urgent=False, member_id__in=silent)
    if only is not None:
        found = found.filter(member_id=only)
    oldest = list(found.values("member_id", "urgent").annotate(first=Min("made_at")).order_by("first"))
    known = Preference.objects.in_bulk([item["member_id"] for item in oldest])
    due = [item["member_id"] for item in oldest if _is_due(item, known.get(item["member_id"]), now)]
    return list(dict.fromkeys(due))


def _is_due(item: dict[str, Any], preference: Preference | None, now: dt.datetime) -> bool:
    if preference is not None and not is_free(preference.try_after, longest=BACK_OFF[-1], now=now):
        return False
    moment = due_at(
        item["first"],
        urgent=item["urgent"],
        wishes=preference.wishes() if preference else Wishes(),
        mailed_at=preference.mailed_at if preference else None,
        now=now,
        zone=ZoneInfo(settings.TIME_ZONE),
    )
    return moment is not None and moment <= now


def _claim(member_id: uuid.UUID, now: dt.datetime) -> bool:
    """Are we the only worker that mails this member now?"""
    Preference.objects.get_or_create(member_id=member_id)
    over = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now) | Q(claimed_until__gt=now + CLAIM)
    return Preference.objects.filter(over, pk=member_id).update(claimed_until=now + CLAIM) == 1


def _send_to(member_id: uuid.UUID, server: Any, now: dt.datetime) -> int:
    """One mail for all that waits. Raises what the server raised when it is of no use to go on with the others."""
    state = Preference.objects.filter(pk=member_id)
    # Another worker may have been here between our list and our claim.
    if not _due_members(now, only=member_id):
        state.update(claimed_until=None)
        return 0
    waiting = sorted(Notice.objects.filter(WAITING, member_id=member_id).values_list("pk", flat=True))
    try:
        _mail(Member.objects.get(pk=member_id), waiting, server).send()
    except (SMTPException, OSError) as error:
        _note_failure(member_id, now)
        # SMTPException is an OSError too; of those only a lost connection concerns the other members.
        if isinstance(error, SMTPServerDisconnected) or not isinstance(error, SMTPException):
            raise
        logger.warning("A mail was refused, it is tried again: %s", class_of(error))
        return 0
    with transaction.atomic():
        Notice.objects.filter(pk__in=waiting).update(sent_at=now)
        state.update(mailed_at=now, failures=0, try_after=None, claimed_until=None)
    return 1


def _note_failure(member_id: uuid.UUID, now: dt.datetime) -> None:
    """Leave this address alone for a while, longer each time, and let others go first."""
    state = Preference.objects.get(pk=member_id)
    failures = state.failures + 1
    wait = BACK_OFF[min(failures, len(BACK_OFF)) - 1]
    Preference.objects.filter(pk=member_id).update(failures=failures, try_after=now + wait, claimed_until=None)


def _mail(member: Member, notices: list[uuid.UUID], server: Any) -> EmailMessage:
    site = settings.BAKEN_SITE.rstrip("/")
    name = hashlib.sha256(b"".join(notice.bytes for notice in notices)).hexdigest()[:32]
    with translation.override(member.language):
        about = {"address": site + reverse("notices:list"), "wishes": site + reverse("notices:preferences")}
        return EmailMessage(
            _("There is something for you to look at"),
            render_to_string("notices/mail/waiting.txt", about),
            to=[member.email],
            headers={"Message-ID": f"<{name}@{urlsplit(site).hostname}>", "Auto-Submitted": "auto-generated"},
            connection=server,
        )
