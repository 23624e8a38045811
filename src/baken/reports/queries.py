"""What may be seen of reports. Views read through here only; what is sealed is opened by ``opened.py``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet

from baken.people.actor import Acting
from baken.people.models import Member, Organisation
from baken.people.permissions import Answer, Permission, may
from baken.reports.clocks import ReportTimes
from baken.reports.models import Report
from baken.vault.models import Inbox

MESSAGES_AN_HOUR = 20
FILES_IN_ALL = 40


def visible_to(acting: Acting) -> QuerySet[Report]:
    """Reports of the organisation in which somebody acts, when their function reads reports; otherwise none."""
    organisation = acting.organisation
    if organisation is None or not _may(acting, Permission.REPORT_READ):
        return Report.objects.none()
    return Report.objects.filter(organisation=organisation)


def own_reports(member: Member) -> QuerySet[Report]:
    """What a member reported under their name, or in confidence; the newest first."""
    return Report.objects.filter(reporter=member).select_related("organisation").order_by("-received_at")


def unread_by_reporter(report: Report) -> int:
    """Messages of the focal point that the reporter has not seen yet."""
    return report.messages.filter(from_reporter=False, read_at__isnull=True).count()


def receiving() -> QuerySet[Organisation]:
    """Organisations that can be reported to: set up, and with a key to seal for. Public, as their doors are."""
    in_use = Inbox.objects.filter(retired_at__isnull=True).values("organisation_id")
    return Organisation.objects.filter(set_up_at__isnull=False, pk__in=in_use).order_by("name")


def receives_already(organisation: Organisation) -> bool:
    """Did a report ever arrive here, a test or a real one? The end of setting up."""
    return Report.objects.filter(organisation=organisation).exists()


def times_for_figures(organisation: Organisation, *, since: dt.datetime) -> Iterator[ReportTimes]:
    """The course of each report that came in since then, without tests: moments only, no report can be told from another."""
    names = ("received_at", "acknowledged_at", "triaged_at", "decided_at", "feedback_at", "closed_at")
    found = Report.objects.filter(organisation=organisation, received_at__gte=since, is_test=False).values(*names)
    for row in found.iterator(chunk_size=2000):
        yield ReportTimes(**{name.removesuffix("_at"): row[name] for name in names})


def by_lookup(lookup: str) -> Report | None:
    """The report of a receipt."""
    return Report.objects.filter(receipt_lookup=lookup, erased_at__isnull=True).select_related("organisation").first()


def is_a_flood(report: Report, files: int, *, now: dt.datetime) -> bool:
    """More than a person writes: whoever has one receipt could otherwise fill the disk of everybody."""
    lately = report.messages.filter(from_reporter=True, at__gt=now - dt.timedelta(hours=1)).count()
    kept = report.attachments.filter(from_reporter=True).count()
    return lately >= MESSAGES_AN_HOUR or kept + files > FILES_IN_ALL


def _may(acting: Acting, permission: Permission) -> bool:
    assert acting.organisation is not None
    return may(acting.standing, permission, str(acting.organisation.pk)) is Answer.ALLOWED
