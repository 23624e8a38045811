"""What a notice can be about. Codes only: a notice says where to look, never what is there."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baken.audit.kinds import Kind


class NoticeKind(StrEnum):
    """Why there is something to look at: the kind of object, and the sentence on the member's own page."""

    subject: Kind
    sentence: Promise | str
    own: bool

    def __new__(cls, value: str, subject: Kind = Kind.PAGE, sentence: Promise | str = "", own: bool = False) -> Self:
        """A code that carries what it is about. ``own``: for somebody who reported; the object is not written down."""
        made = str.__new__(cls, value)
        made._value_ = value
        made.subject = subject
        made.sentence = sentence
        made.own = own
        return made

    REPORT_RECEIVED = "report.received", Kind.REPORT, _("A report came in.")
    REPORT_MESSAGE = "report.message", Kind.REPORT, _("There is a new message in a report.")
    REPORT_CLOCK = "report.clock", Kind.REPORT, _("A report waits for you.")
    REPORT_ESCALATED = "report.escalated", Kind.REPORT, _("A report has waited too long for a colleague.")
    REPORT_RETENTION = "report.retention", Kind.REPORT, _("The content of a report will be erased soon.")
    OWN_REPORT = "own_report", Kind.REPORT, _("There is news about something that you reported."), True
    WEIGHING_TO_SIGN = "weighing.to_sign", Kind.WEIGHING, _("A colleague asks you to sign.")
    CONSENT_WITHDRAWN = "consent.withdrawn", Kind.CONSENT, _("Somebody withdrew consent.")
    HANDOVER_OFFERED = "handover.offered", Kind.HANDOVER, _("Another organisation offers you something.")
    HANDOVER_ANSWERED = "handover.answered", Kind.HANDOVER, _("Another organisation answered you.")
    CONSULTATION = "consultation", Kind.HANDOVER, _("Another organisation asks for your advice.")
    ERASING_STOPPED = "erasing.stopped", Kind.PAGE, _("Erasing has stopped: the clock of the server may be wrong.")
    KEY = "key", Kind.KEY, _("Something changed with a key.")
