"""The lists of the inbox: whose work, in which order, 25 at a time. What is sealed is opened in memory, the situation only.

Each list is read along an index and stops after its page, so that it is as quick at 100,000 reports as at ten.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from baken.people.actor import Acting
from baken.reports.models import Message, Report
from baken.reports.parts import SITUATION, read_content
from baken.reports.queries import visible_to
from baken.reports.states import State
from baken.vault.errors import VaultError
from baken.vault.opening import Granted, granted
from baken.vault.secret import KeyPair

PER_PAGE = 25
LAST_PAGE = 200
"""Whoever wants to go further back searches."""
AT_WORK = (State.RECEIVED, State.ACKNOWLEDGED, State.IN_TRIAGE, State.DECIDED, State.HANDED_OVER)


class Box(StrEnum):
    """Which list."""

    MINE = "mine"
    TEAM = "team"
    """Nobody's yet, or a colleague's."""
    WAITING = "waiting"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list."""

    reports: list[Report]
    page: int
    has_more: bool


def page_of(acting: Acting, box: Box, page: int) -> Listed:
    """One page of a list; page 1 is the first. What has a running clock comes first, the clock that ends first in front."""
    page = min(max(page, 1), LAST_PAGE)
    found = take(_parts(acting, box), (page - 1) * PER_PAGE, PER_PAGE + 1)
    return Listed(found[:PER_PAGE], page, len(found) > PER_PAGE and page < LAST_PAGE)


def first_box(acting: Acting) -> Box:
    """Where somebody begins: with their own work, or with what the team has when that is done."""
    mine = visible_to(acting).filter(assignee=acting.member).exclude(state=State.CLOSED)
    return Box.MINE if mine.exists() else Box.TEAM


def take(parts: Iterable[QuerySet[Report]], start: int, count: int) -> list[Report]:
    """So many rows of lists that follow each other. A list counts its rows only where a page begins beyond its end."""
    found: list[Report] = []
    for part in parts:
        rows = list(with_unread(part)[start : start + count - len(found)])
        found += rows
        if len(found) == count:
            break
        start = 0 if rows else max(0, start - part[:start].count()) if start else 0
    return found


def with_unread(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Each report with its assignee and how many messages of the reporter nobody has opened, as ``unread``."""
    unread = Message.objects.filter(report=OuterRef("pk"), from_reporter=True, read_at__isnull=True)
    count = unread.order_by().values("report").annotate(count=Count("pk")).values("count")
    return reports.select_related("assignee").annotate(unread=Coalesce(Subquery(count, output_field=IntegerField()), 0))


def situations_of(ids: Iterable[uuid.UUID], pairs: Mapping[str, KeyPair]) -> dict[uuid.UUID, Mapping[str, Any] | None]:
    """The situation of each report in one statement; None for one that does not open because it was changed on the disk."""
    rows = granted("report", ids, pairs, (SITUATION,))
    return {uuid.UUID(row.sealed.object_id): _opened(row, pairs) for row in rows}


def _opened(row: Granted, pairs: Mapping[str, KeyPair]) -> Mapping[str, Any] | None:
    try:
        return read_content({SITUATION: row.open(pairs)}).situation
    except VaultError:
        return None


def _parts(acting: Acting, box: Box) -> list[QuerySet[Report]]:
    reports = visible_to(acting)
    if box is Box.WAITING:
        # No clock runs while a report waits; naming it first lets the database follow the index of states.
        return [reports.filter(state=State.WAITING).order_by("due_at", "received_at", "pk")]
    if box is Box.CLOSED:
        return [reports.filter(state=State.CLOSED).order_by("-closed_at", "pk")]
    mine = Q(assignee=acting.member)
    reports = reports.filter(mine) if box is Box.MINE else reports.exclude(mine)
    return [
        reports.filter(due_at__isnull=False).order_by("due_at", "pk"),
        reports.filter(due_at__isnull=True, state__in=AT_WORK).order_by("received_at", "pk"),
    ]
