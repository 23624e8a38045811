"""The writer of notices, wishes and calendar links."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from baken.audit.actions import OutsideTransactionError, record
from baken.audit.kinds import Action, Kind, Subject, code
from baken.notices.delivery import deliver
from baken.notices.jobs import enqueue_once
from baken.notices.kinds import NoticeKind
from baken.notices.models import WAITING, CalendarFeed, Notice, Preference
from baken.notices.moments import DAY, Wishes
from baken.people.actor import Acting, actor_of
from baken.people.models import Member, Organisation

KEEP_SEEN = 30 * DAY
KEEP_UNSEEN = 365 * DAY
TOKEN_BYTES = 20
"""160 random bits: nobody guesses the address of a calendar, so its hash needs no salt and no slowness."""


def notify(
    *,
    members: Iterable[Member],
    kind: NoticeKind,
    organisation: Organisation | None,
    subject_id: str = "",
    urgent: bool = False,
    now: dt.datetime,
) -> None:
    """Tell members that there is something to look at. Call it in the transaction of what happened, before its audit event.

    Writes rows only; mail goes after the commit. ``subject_id`` is the id of a ``kind.subject``. For a kind that is
    ``own`` it is not kept, because the row would tell who reported what; whoever reported anonymously gets no notice at all.
    What waits already and was not mailed is not written twice. Raises OutsideTransactionError, and ValueError for a text
    that is no id.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransactionError("Notify inside the transaction of what happened: both are kept, or neither.")
    where = {
        "kind": kind.value,
        "organisation": organisation,
        "subject_id": "" if kind.own else code(subject_id, "The subject"),
        "urgent": urgent,
    }
    told = {member.pk: member for member in members}
    waiting = set(Notice.objects.filter(WAITING, member_id__in=told, **where).values_list("member_id", flat=True))
    made = [Notice(member=member, made_at=now, **where) for pk, member in told.items() if pk not in waiting]
    if made:
        Notice.objects.bulk_create(made)
        enqueue_once(deliver)


def mark_seen(*, member: Member, now: dt.datetime, kinds: Iterable[NoticeKind] = (), subject_id: str = "") -> None:
    """The member looked: at everything, or only at these kinds, or at one object. No mail goes out for it any more."""
    found = Notice.objects.filter(member=member, seen_at__isnull=True)
    if subject_id:
        found = found.filter(subject_id=subject_id)
    if chosen := [kind.value for kind in kinds]:
        found = found.filter(kind__in=chosen)
    found.update(seen_at=now)


def set_wishes(*, by: Acting, wishes: Wishes) -> None:
    """Write down how somebody wants mail about what is not urgent."""
    Preference.objects.update_or_create(
        member=by.member,
        defaults={
            "how": wishes.how.value,
            "quiet_from": wishes.quiet_from,
            "quiet_until": wishes.quiet_until,
            "digest_at": wishes.digest_at,
        },
    )


@transaction.atomic
def make_calendar(*, by: Acting, now: dt.datetime) -> str:
    """A new secret for the link of the own calendar, to show once. The one before stops working."""
    token = secrets.token_hex(TOKEN_BYTES)
    CalendarFeed.objects.update_or_create(member=by.member, defaults={"token_hash": hashed(token), "made_at": now})
    _record(by, Action.CALENDAR_MADE, now)
    return token


@transaction.atomic
def end_calendar(*, by: Acting, now: dt.datetime) -> None:
    """The link of the own calendar stops working."""
    CalendarFeed.objects.filter(member=by.member).delete()
    _record(by, Action.CALENDAR_ENDED, now)


def erase(now: dt.datetime) -> None:
    """Erase notices 30 days after they were seen, and those that nobody looked at after a year."""
    Notice.objects.filter(Q(seen_at__lte=now - KEEP_SEEN) | Q(made_at__lte=now - KEEP_UNSEEN)).delete()


def hashed(token: str) -> str:
    """What the table keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _record(by: Acting, action: Action, now: dt.datetime) -> None:
    record(by=actor_of(by), action=action, on=Subject(Kind.MEMBER, str(by.member.pk)), now=now)
