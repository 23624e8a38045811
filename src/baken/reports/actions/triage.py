"""What a focal point does with a report before deciding: acknowledge, take up, assign, carry on, set aside, open again."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from baken.audit import actions as audit
from baken.audit.kinds import Action, Kind, Subject
from baken.notices.kinds import NoticeKind
from baken.people.actor import Acting
from baken.people.models import Member
from baken.recognise.current import current_pack
from baken.reports.actions.dialogue import jot, say
from baken.reports.actions.moves import advance, touch
from baken.reports.actions.owned import owned
from baken.reports.actions.word import tell
from baken.reports.clocks import house_rules
from baken.reports.errors import ReportProblem
from baken.reports.keeping import NO_CONCERN, erase_on
from baken.reports.models import Report
from baken.reports.states import Move
from baken.vault.queries import reads_reports


class NotAReader(ReportProblem):
    """Somebody who does not read reports here cannot be given one."""


@transaction.atomic
def acknowledge(*, by: Acting, report_id: uuid.UUID, expected: int | None, now: dt.datetime) -> Report:
    """Tell the reporter that the report arrived. Raises Conflict and states.NotAllowed."""
    report = owned(report_id, by=by, expected=expected)
    say(report, by=by, text=acknowledgement(report), now=now)
    return advance(report, Move.ACKNOWLEDGE, by=by, now=now)


@transaction.atomic
def take_into_triage(*, by: Acting, report_id: uuid.UUID, expected: int | None, now: dt.datetime) -> Report:
    """Begin to weigh a report; it becomes the work of who does. The reporter hears of it when they heard nothing yet."""
    report = owned(report_id, by=by, expected=expected)
    if report.acknowledged_at is None:
        say(report, by=by, text=acknowledgement(report), now=now)
    report.assignee = by.member
    return advance(report, Move.TAKE_INTO_TRIAGE, by=by, now=now)


@transaction.atomic
def assign(*, by: Acting, report_id: uuid.UUID, expected: int | None, member: Member, now: dt.datetime) -> Report:
    """Make a report the work of somebody who reads reports here. Raises Conflict and NotAReader."""
    report = owned(report_id, by=by, expected=expected)
    if not reads_reports(member, report.organisation, now=now):
        raise NotAReader
    report.assignee = member
    touch(report, "assignee")
    if member.pk != by.member.pk:
        tell(report, NoticeKind.REPORT_CLOCK, str(report.pk), now=now)
    audit.record(by=by.actor, action=Action.REPORT_ASSIGNED, on=Subject(Kind.REPORT, str(report.pk)), now=now)
    return report


@transaction.atomic
def carry_on(*, by: Acting, report_id: uuid.UUID, expected: int | None, now: dt.datetime) -> Report:
    """Go on without the answer of the reporter."""
    return advance(owned(report_id, by=by, expected=expected), Move.CARRY_ON, by=by, now=now)


@transaction.atomic
def reopen(*, by: Acting, report_id: uuid.UUID, expected: int | None, now: dt.datetime) -> Report:
    """Open a closed report again, because something new is known. It becomes the work of who does."""
    report = owned(report_id, by=by, expected=expected)
    report.assignee = by.member
    return advance(report, Move.REOPEN, by=by, now=now)


@transaction.atomic
def set_aside(*, by: Acting, report_id: uuid.UUID, expected: int | None, reason: str, now: dt.datetime) -> Report:
    """Close a report without a decision: no concern, a mistake or a test. The reason is kept as an internal note."""
    report = owned(report_id, by=by, expected=expected)
    jot(report, by=by, text=reason, now=now)
    rules = house_rules(current_pack(settings.LANGUAGE_CODE)).retention
    report.category, report.erase_on = NO_CONCERN, erase_on(NO_CONCERN, rules, timezone.localdate(now))
    return advance(report, Move.SET_ASIDE, by=by, now=now)


def acknowledgement(report: Report) -> str:
    """What the reporter is told when a report was seen, in the language in which they reported."""
    with translation.override(report.language):
        return _(
            "Thank you for telling us. Your report has arrived and a focal point has seen it. "
            "We will look at it carefully. If we have a question, you will find it here. "
            "We will let you know what we did with it, as far as we may say that."
        )
