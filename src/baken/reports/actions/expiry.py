"""What ends by itself: hand-overs whose day has come. And sealing anew what somebody elsewhere could read until then."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Q

from baken.audit import actions as audit
from baken.audit.kinds import SYSTEM, Action, Kind, Subject
from baken.notices.kinds import NoticeKind
from baken.reports.actions.handover import OPEN, drop_grants, is_elsewhere, sealed_rows
from baken.reports.actions.moves import advance, locked
from baken.reports.actions.word import tell
from baken.reports.models import Handover, Report
from baken.reports.states import Move, State
from baken.vault.actions import change
from baken.vault.errors import VaultError
from baken.vault.models import Grant, Sealed
from baken.vault.opening import open_text
from baken.vault.secret import KeyPair


def expire(now: dt.datetime) -> int:
    """End every hand-over whose day has come; returns how many. The job of a clock: twice does no harm.

    The keys are not here, so nothing can be sealed anew: the grants go, and `seal_anew` follows when somebody opens the report.
    """
    ended = 0
    due = Handover.objects.filter(state__in=OPEN, expires_at__lte=now).order_by("expires_at")
    for handover_id, report_id in due.values_list("pk", "report_id"):
        with transaction.atomic():
            report = locked(report_id)
            row = report.handovers.select_related("decision").get(pk=handover_id)
            if row.state in OPEN:
                _end(report, row, now)
                ended += 1
    # Also of what was finished earlier, and of pages that were read.
    Grant.objects.filter(until__lte=now).delete()
    return ended


def run(now: dt.datetime) -> None:
    """As a periodic job."""
    expire(now)


def seal_anew(report: Report, pair: KeyPair, *, now: dt.datetime) -> int:
    """Seal parts anew that another party could read until lately and no longer may; returns how many texts.

    Call it when somebody who can open the inbox opens the report: the reader may have kept the old key, so that from now on
    it opens nothing new.
    """
    if not _left(report, now):
        return 0
    renewed = 0
    with transaction.atomic():
        report = locked(report.pk)
        # One after the other: a part that went to two parties is sealed anew once.
        for sealed in _left(report, now, lock=True):
            try:
                plain = open_text(sealed, pair)
            except VaultError:
                # Not granted to this generation, or changed on the disk: whoever opens it is told so there.
                continue
            change(sealed, plain, now=now)
            renewed += 1
    return renewed


def _left(report: Report, now: dt.datetime, *, lock: bool = False) -> list[Sealed]:
    """Texts that another party can no longer read, and that are still sealed under the key that it knew."""
    gone = Q(state__in=("declined", "expired")) | Q(state="finished", expires_at__lte=now) | Q(way="page")
    found: dict[uuid.UUID, Sealed] = {}
    for row in report.handovers.filter(gone).exclude(way="paper"):
        ended_at = _ended_at(row)
        if ended_at is not None and ended_at <= now:
            texts = (
                sealed for sealed in sealed_rows(row, lock=lock) if not sealed.stored and sealed.made_at < ended_at
            )
            found |= {sealed.pk: sealed for sealed in texts}
    return list(found.values())


def _ended_at(row: Handover) -> dt.datetime | None:
    """When the other party could no longer read it."""
    if row.state == "declined":
        return row.answered_at
    if row.way == "page":
        opened = row.openings.order_by("at").values_list("at", flat=True).first()
        # Half an hour after it was opened; see answering.READING.
        return min(opened + dt.timedelta(minutes=30), row.expires_at) if opened else row.expires_at
    return row.expires_at


def _end(report: Report, row: Handover, now: dt.datetime) -> None:
    taken = row.answered_at is not None
    row.state = "expired"
    row.version += 1
    row.save(update_fields=["state", "version"])
    drop_grants(row)
    tell(report, NoticeKind.HANDOVER_ANSWERED, str(row.pk), now=now)
    audit.record(
        by=SYSTEM,
        action=Action.HANDOVER_REVOKED,
        on=Subject(Kind.HANDOVER, str(row.pk)),
        now=now,
        footing=row.decision.footing,
    )
    if not taken and not is_elsewhere(report) and State(report.state) is State.HANDED_OVER:
        advance(report, Move.HANDOVER_REVOKED, by=None, now=now, actor=SYSTEM)
