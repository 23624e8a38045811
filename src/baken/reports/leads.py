"""Where a notice about reporting leads. A thing that is gone leads nowhere; who may see the page, the page decides."""

from __future__ import annotations

import uuid
from typing import Any

from django.urls import reverse

from baken.audit.kinds import Kind
from baken.notices.kinds import NoticeKind
from baken.notices.links import lead_to
from baken.notices.models import Notice
from baken.reports.models import Consent, Consultation, Handover, Weighing


def register() -> None:
    """Tell the room of notices about our pages."""
    lead_to(Kind.REPORT, _report)
    lead_to(Kind.HANDOVER, _handover)
    lead_to(Kind.WEIGHING, _weighing)
    lead_to(Kind.CONSENT, _consent)


def _report(notice: Notice) -> str:
    if NoticeKind(notice.kind).own:
        return _page(notice, "my_reports")
    return _page(notice, "report", report_id=notice.subject_id)


def _handover(notice: Notice) -> str:
    if notice.kind == NoticeKind.HANDOVER_OFFERED:
        return _page(notice, "received", handover_id=notice.subject_id)
    if notice.kind == NoticeKind.CONSULTATION:
        return _page(notice, "question", consultation_id=notice.subject_id)
    for model in (Handover, Consultation):
        if address := _page_of_report(notice, model):
            return address
    return ""


def _weighing(notice: Notice) -> str:
    found = Weighing.objects.filter(pk=_id(notice)).values_list("report_id", flat=True).first()
    return _page(notice, "weighing_page", report_id=found, weighing_id=notice.subject_id) if found else ""


def _consent(notice: Notice) -> str:
    return _page_of_report(notice, Consent)


def _page_of_report(notice: Notice, model: type[Any]) -> str:
    found = model.objects.filter(pk=_id(notice)).values_list("report_id", flat=True).first()
    return _page(notice, "report", report_id=found) if found else ""


def _page(notice: Notice, name: str, **ids: object) -> str:
    if notice.organisation_id is None or any(not value for value in ids.values()):
        return ""
    return reverse(f"inbox:{name}", kwargs={"organisation_id": notice.organisation_id, **ids})


def _id(notice: Notice) -> uuid.UUID:
    try:
        return uuid.UUID(notice.subject_id)
    except ValueError:
        return uuid.UUID(int=0)
