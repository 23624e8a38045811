"""What pages and `baken doctor` may read of notices and jobs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Min, Q, QuerySet
from django_tasks_db.models import DBTaskResult

from baken.notices.actions import hashed
from baken.notices.kinds import NoticeKind
from baken.notices.models import WAITING, CalendarFeed, Notice, Preference, Worker
from baken.notices.moments import Wishes
from baken.people.models import Member


def visible_to(member: Member) -> QuerySet[Notice]:
    """Notices that a member has not seen, the newest first."""
    known = [kind.value for kind in NoticeKind]
    found = Notice.objects.filter(member=member, seen_at__isnull=True, kind__in=known)
    return found.select_related("organisation").order_by("-made_at", "pk")


def wishes_of(member: Member) -> Wishes:
    """How a member wants mail; the usual when they never said."""
    found = Preference.objects.filter(pk=member.pk).first()
    return found.wishes() if found else Wishes()


def calendar_of(member: Member) -> CalendarFeed | None:
    """The calendar link of a member, without its secret."""
    return CalendarFeed.objects.filter(pk=member.pk).first()


def calendar_by(token: str) -> CalendarFeed | None:
    """The calendar that a link names; None when it was made up, taken back, or its member left."""
    return (
        CalendarFeed.objects.select_related("member").filter(token_hash=hashed(token), member__is_active=True).first()
    )


@dataclass(frozen=True, slots=True)
class JobState:
    """How the background jobs stand. Numbers, moments and names of jobs; nothing of what they are about."""

    waiting: int
    oldest: dt.datetime | None
    """When the job was put in the queue that has been ready to run for longest."""
    given_up: tuple[str, ...]
    """Each job that was given up, with the class of what went wrong."""
    worker_seen: dt.datetime | None
    mail_waits_since: dt.datetime | None
    """The oldest notice of which the mail was refused."""


def state_of_jobs() -> JobState:
    """Jobs waiting, given up and oldest; worker seen."""
    ready = DBTaskResult.objects.ready()
    refused = Preference.objects.filter(failures__gt=0).values("member_id")
    mail = Notice.objects.filter(WAITING, Q(member_id__in=refused), member__is_active=True)
    failed = DBTaskResult.objects.failed().order_by("-finished_at")[:20]
    return JobState(
        waiting=ready.count(),
        oldest=ready.aggregate(first=Min("enqueued_at"))["first"],
        given_up=tuple(
            f"{found.task_path.rpartition('.')[2]} {_class_in(found.traceback)}".strip() for found in failed
        ),
        worker_seen=Worker.objects.order_by("-seen_at").values_list("seen_at", flat=True).first(),
        mail_waits_since=mail.aggregate(first=Min("made_at"))["first"],
    )


def _class_in(line: str) -> str:
    return line.rpartition(": ")[2]
