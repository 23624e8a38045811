"""Tables of reports. What people wrote is not in them: it is sealed in the vault, and found there by kind and id."""

from baken.reports.models.dialogue import Attachment, Link, Message, Note
from baken.reports.models.handover import Consultation, Handover, Opening
from baken.reports.models.report import MANNERS, PARTS, Report, Step
from baken.reports.models.sharing import DECISIONS, Consent, Decision, Weighing
from baken.reports.models.spent import SpentProof

__all__ = [
    "DECISIONS",
    "MANNERS",
    "PARTS",
    "Attachment",
    "Consent",
    "Consultation",
    "Decision",
    "Handover",
    "Link",
    "Message",
    "Note",
    "Opening",
    "Report",
    "SpentProof",
    "Step",
    "Weighing",
]
