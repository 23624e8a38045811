"""Tables of notices, wishes about mail, calendar links, and of the workers that do the jobs."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from baken.classification import Kept, kept_internal, kept_personal, kept_secret
from baken.notices.moments import How, Wishes
from baken.people.models import WHILE_MEMBER, Member, Organisation

if TYPE_CHECKING:
    from collections.abc import Mapping

SEEN = "30 days after it was seen, or a year"
WORKER = "a day after it stopped"
LIFE = "life of the installation"
WAITING = Q(sent_at__isnull=True, seen_at__isnull=True)
"""Notices that a mail may still have to go out for."""


class Notice(models.Model):
    """Word to one member that there is something to look at."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("administration", SEEN),
            "member": kept_personal("for whom", SEEN),
            "kind": kept_personal("why there is something to look at", SEEN),
            "organisation": kept_personal("where", SEEN),
            "subject_id": kept_personal("where the link leads; empty for who reported", SEEN),
            "urgent": kept_internal("passes quiet hours", SEEN),
            "made_at": kept_personal("when it goes", SEEN),
            "sent_at": kept_personal("mail goes once", SEEN),
            "seen_at": kept_personal("off the list, and when it is erased", SEEN),
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    subject_id = models.CharField(max_length=64, blank=True)
    urgent = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("member", "seen_at"), name="notices_notice_of_member"),
            models.Index(fields=("member",), condition=WAITING, name="notices_notice_waiting"),
        )

    def __str__(self) -> str:
        return f"notice {self.id}"


class Preference(models.Model):
    """How a member wants mail, and how the sending of it stands."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "member": kept_personal("whose wishes", WHILE_MEMBER),
            "how": kept_personal("at once, daily or not", WHILE_MEMBER),
            "quiet_from": kept_personal("quiet hours", WHILE_MEMBER),
            "quiet_until": kept_personal("quiet hours", WHILE_MEMBER),
            "digest_at": kept_personal("when the daily mail goes", WHILE_MEMBER),
            "mailed_at": kept_internal("not too many mails in a row", WHILE_MEMBER),
            "failures": kept_internal("when to try again", WHILE_MEMBER),
            "try_after": kept_internal("when to try again", WHILE_MEMBER),
            "claimed_until": kept_internal("two workers do not send the same", WHILE_MEMBER),
        }

    member = models.OneToOneField(Member, primary_key=True, on_delete=models.CASCADE, related_name="+")
    how = models.CharField(max_length=10, default=How.AT_ONCE.value)
    quiet_from = models.TimeField(default=dt.time(0))
    quiet_until = models.TimeField(default=dt.time(0))
    digest_at = models.TimeField(default=dt.time(8))
    mailed_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    try_after = models.DateTimeField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(how__in=[str(how) for how in How]), name="notices_preference_how_known"),
        )

    def __str__(self) -> str:
        return f"wishes of {self.member_id}"

    def wishes(self) -> Wishes:
        """As the rules take them."""
        return Wishes(How(self.how), self.quiet_from, self.quiet_until, self.digest_at)


class CalendarFeed(models.Model):
    """The link of a member's calendar. Its secret is kept as a hash: whoever reads the table cannot use it."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "member": kept_personal("whose calendar", "until the member takes it back or leaves"),
            "token_hash": kept_secret("SHA-256 of what the link carries", "until the member takes it back or leaves"),
            "made_at": kept_personal("lets the member know which it is", "until the member takes it back or leaves"),
        }

    member = models.OneToOneField(Member, primary_key=True, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar of {self.member_id}"


class PeriodicRun(models.Model):
    """When a periodic job was last begun. One row for each, for all workers together."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "name": kept_internal("which job", LIFE),
            "begun_at": kept_internal("once per interval", LIFE),
        }

    name = models.CharField(max_length=64, primary_key=True)
    begun_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class TrustedMoment(models.Model):
    """Until when the clock of the server went step by step. One row; see `baken.notices.erasing`."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "name": kept_internal("one row", LIFE),
            "at": kept_internal("a clock that leaps ahead erases nothing", LIFE),
            "stopped_at": kept_internal("what the clock said when erasing stopped", LIFE),
        }

    name = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Worker(models.Model):
    """A process that does background jobs, with a count that goes up each minute while it lives."""

    class Privacy:
        fields: ClassVar[Mapping[str, Kept]] = {
            "id": kept_internal("random name of a process", WORKER),
            "started_at": kept_internal("is it there?", WORKER),
            "seen_at": kept_internal("is it there?", WORKER),
            "beats": kept_internal("does it live, whatever its clock says?", WORKER),
        }

    id = models.CharField(max_length=64, primary_key=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    beats = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"worker {self.id[:8]}"
