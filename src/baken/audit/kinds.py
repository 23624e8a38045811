"""The words of the audit: who, what was done, to what, and how it ended. Codes and ids only, never a name or a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

CODE = re.compile(r"[A-Za-z0-9_.:-]{0,64}")
"""What may stand in a text of an event. No space and no @: no sentence, name or e-mail address fits in it by accident."""


class Action(StrEnum):
    """What somebody did, or was refused. A new one also gets its sentences in ``presenters.py``."""

    description: str

    def __new__(cls, value: str, description: str = "") -> Self:
        """A code that carries its description."""
        made = str.__new__(cls, value)
        made._value_ = value
        made.description = description
        return made

    SIGN_IN = "sign_in", "Sign in; refused when the password or second factor is wrong."
    SIGN_OUT = "sign_out", "Sign out, or be signed out after idle time."
    SESSION_ENDED = "session.ended", "End a session on another device."
    PASSWORD_CHANGED = "password.changed", "Change the own password."
    FACTOR_ADDED = "factor.added", "Add a second factor."
    FACTOR_REMOVED = "factor.removed", "Remove a second factor."
    ORGANISATION_CREATED = "organisation.created", "Create an organisation."
    ORGANISATION_CHANGED = "organisation.changed", "Change the settings of an organisation."
    MEMBER_ADDED = "member.added", "Give a member a function in an organisation."
    MEMBER_ENDED = "member.ended", "End a function of a member."
    KEY_MADE = "key.made", "Make a key pair for a member or an inbox."
    KEY_ROTATED = "key.rotated", "Begin a new generation of an inbox key."
    KEY_RECOVERED = "key.recovered", "Recover a key with a recovery key, a colleague or the escrow key."
    GRANT_GIVEN = "grant.given", "Seal a data key to one more recipient."
    GRANT_WITHDRAWN = "grant.withdrawn", "Take a recipient off a sealed thing."
    REPORT_RECEIVED = "report.received", "Hand in a report."
    REPORT_ACKNOWLEDGED = "report.acknowledged", "Tell the reporter that the report arrived."
    REPORT_TRIAGE = "report.triage", "Take a report into triage."
    REPORT_WAITING = "report.waiting", "Wait for an answer of the reporter."
    REPORT_DECIDED = "report.decided", "Decide what happens with a report."
    REPORT_CLOSED = "report.closed", "Close a report."
    REPORT_REOPENED = "report.reopened", "Open a closed report again."
    REPORT_LINKED = "report.linked", "Link reports about the same person or place."
    REPORT_UNLINKED = "report.unlinked", "Take away a link between two reports."
    REPORT_ASSIGNED = "report.assigned", "Make a report the work of a colleague."
    REPORT_MESSAGE = "report.message", "Write a message in the dialogue with the reporter."
    REPORT_NOTE = "report.note", "Write an internal note."
    REPORT_CONSULTED = "report.consulted", "Ask an expert elsewhere, without identity."
    REPORT_HOLD = "report.hold", "Set or lift a legal hold."
    REPORT_ERASED = "report.erased", "Erase the content when its time is over."
    CONSENT_GIVEN = "consent.given", "Record consent."
    CONSENT_WITHDRAWN = "consent.withdrawn", "Withdraw consent."
    WEIGHING_WRITTEN = "weighing.written", "Write the weighing for a share without consent."
    WEIGHING_SIGNED = "weighing.signed", "Sign a colleague's weighing."
    HANDOVER_OFFERED = "handover.offered", "Offer parts of a report to another party."
    HANDOVER_ACCEPTED = "handover.accepted", "Accept a hand-over."
    HANDOVER_DECLINED = "handover.declined", "Decline a hand-over."
    HANDOVER_REVOKED = "handover.revoked", "Take back a hand-over."
    HANDOVER_OPENED = "handover.opened", "Open a one-time page with a hand-over."
    HANDOVER_FINISHED = "handover.finished", "Tell the sender what came of a hand-over."
    CONSULTATION_ANSWERED = "consultation.answered", "Answer a question of another organisation, without identity."
    CONSULTATION_WITHDRAWN = "consultation.withdrawn", "Take back a question to another organisation."
    FEEDBACK_GIVEN = "feedback.given", "Tell the reporter what happened."
    ATTACHMENT_ADDED = "attachment.added", "Add a file."
    SERVICE_ADDED = "service.added", "Add a service to the social map."
    SERVICE_CHANGED = "service.changed", "Change a service in the social map."
    SERVICE_PROPOSED = "service.proposed", "Propose a change that a second person must see."
    SERVICE_DECIDED = "service.decided", "Accept or refuse a colleague's change of a service."
    SERVICE_VERIFIED = "service.verified", "Make sure of a service, field by field."
    SERVICE_CALLED = "service.called", "Call a service to ask whether it is still right."
    SERVICE_ASKED = "service.asked", "Ask the owner of a service by mail whether it is still right."
    SERVICE_HIDDEN = "service.hidden", "Hide a service that nobody could confirm."
    SERVICE_SIGNALLED = "service.signalled", "Say that something about a service is wrong."
    DIRECTORY_LEFT_OUT = "directory.left_out", "Leave somebody out of the social map, or stop doing so."
    DIRECTORY_IMPORTED = "directory.imported", "Take over differences from another list."
    DIRECTORY_TOKEN_MADE = "directory.token_made", "Give another system a key to the social map of professionals."
    DIRECTORY_TOKEN_ENDED = "directory.token_ended", "Take back a key to the social map of professionals."
    READ = "read", "Open one thing and see its content."
    LIST = "list", "See a list; the ids shown go along."
    SEARCH = "search", "Search; the ids found go along, the words do not."
    PRINT = "print", "Print, or make a page for paper."
    EXPORT = "export", "Take data out as a file."
    STEP_UP = "step_up", "Prove again who you are before something sensitive."
    CALENDAR_MADE = "calendar.made", "Make a secret link to the own calendar of dates."
    CALENDAR_ENDED = "calendar.ended", "Take that link back."
    CLOCK_CONFIRMED = "clock.confirmed", "Say that the clock of the server is right, so that erasing goes on."
    AUDIT_READ = "audit.read", "Look in the audit itself."


class Kind(StrEnum):
    """What it was done to."""

    REPORT = "report"
    HANDOVER = "handover"
    ATTACHMENT = "attachment"
    CONSENT = "consent"
    WEIGHING = "weighing"
    CONSULTATION = "consultation"
    MEMBER = "member"
    ORGANISATION = "organisation"
    KEY = "key"
    SESSION = "session"
    AUDIT = "audit"
    SERVICE = "service"
    DIRECTORY = "directory"
    PAGE = "page"


class Outcome(StrEnum):
    """How it ended."""

    OK = "ok"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who did it: a member in a function of an organisation; all empty for an outsider without an account."""

    member_id: str | None = None
    organisation_id: str | None = None
    function: str | None = None


SYSTEM = Actor(function="system")
"""Baken itself: clocks and background jobs."""


@dataclass(frozen=True)
class Subject:
    """What it was done to. ``listed`` holds the ids that a list or a search showed."""

    kind: Kind
    id: str = ""
    listed: tuple[str, ...] = ()


def code(value: str | None, field: str) -> str:
    """The value as an event keeps it. Raises ValueError when it is more than an id or a code: free text stays out."""
    if value is None:
        return ""
    if not CODE.fullmatch(value):
        raise ValueError(f"{field} of an audit event takes an id or a code of at most 64 characters, no other text")
    return str(value)
