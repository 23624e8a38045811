"""Who looked at a report, for the one it is about; and what happened in the organisation, for who keeps an eye on it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import uuid
from functools import reduce
from operator import or_
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from baken.audience import needs
from baken.audit.actions import record
from baken.audit.kinds import Action, Kind, Outcome, Subject
from baken.audit.models import Event
from baken.audit.presenters import Names, looked, sentence
from baken.audit.queries import who_looked
from baken.people.actor import MemberRequest
from baken.people.labels import FUNCTIONS
from baken.people.models import Member, Organisation
from baken.people.permissions import Permission
from baken.people.step_up import step_up
from baken.reports.models import Report
from baken.reports.sharing_labels import FOOTINGS
from baken.reports.views.deciding import page_context
from baken.reports.views.loading import load_report
from baken.vault.gate import needs_inbox

PER_PAGE = 50
COLUMNS = (
    "moment",
    "member",
    "organisation",
    "function",
    "on_behalf_of",
    "action",
    "kind",
    "object",
    "footing",
    "outcome",
)

REFUSED = "refused"
GROUPS = {
    "looked": ("read", "list", "search", "print", "export", "audit.read", "handover.opened"),
    "reports": ("report.", "feedback.", "attachment."),
    "shared": ("handover.", "consent.", "weighing.", "consultation.", "grant."),
    "keys": ("key.", "organisation.", "member."),
    "sign_in": ("sign_", "session.", "password.", "factor.", "step_up"),
}
"""Group -> how the codes of its actions begin."""
GROUP_WORDS = {
    "looked": gettext_lazy("Reading, searching, printing and taking out"),
    "reports": gettext_lazy("Work on reports"),
    "shared": gettext_lazy("Consent and sharing"),
    "keys": gettext_lazy("Members, settings and keys"),
    "sign_in": gettext_lazy("Signing in"),
    REFUSED: gettext_lazy("What was refused"),
}
LOOKS = {
    Action.READ: gettext_lazy("read"),
    Action.LIST: gettext_lazy("saw it in a list"),
    Action.SEARCH: gettext_lazy("found it by searching"),
    Action.PRINT: gettext_lazy("printed"),
    Action.EXPORT: gettext_lazy("took it out as a file"),
    Action.HANDOVER_OPENED: gettext_lazy("opened a page with it"),
}


@needs(Permission.REPORT_EXPORT)
@step_up
@needs_inbox
@require_safe
def looked_at(request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    """Which organisation looked, in which function, when and why. Names of members stay out of it. Made to be printed."""
    report, _pair = load_report(request, report_id)
    now = timezone.now()
    # Recorded first, so that this look is on the list too.
    with transaction.atomic():
        record(by=request.acting.actor, action=Action.PRINT, on=Subject(Kind.REPORT, str(report.pk)), now=now)
    events = _events_of(report)
    context = page_context(request, report) | {
        "heading": _("Who looked at this report"),
        "lead": _("For the one it is about, or their lawyer. Give it on paper, at a safe place."),
        "rows": [
            {
                "day": line.day,
                "organisation": line.organisation,
                "function": line.function,
                "actions": [LOOKS.get(Action(code), code) for code in line.actions],
                "why": [FOOTINGS.get(code, code) for code in line.footings],
                "times": line.times,
                "refused": line.refused,
            }
            for line in looked(events, _names(events))
        ],
        "now": now,
    }
    return render(request, "reports/looked.html", context)


@needs(Permission.AUDIT_READ)
@require_safe
def audit(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """What happened here, in sentences."""
    found, chosen = _filtered(request)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    events = list(page.object_list)
    names = _names(events)
    with transaction.atomic():
        subject = Subject(Kind.AUDIT, str(organisation_id))
        record(by=request.acting.actor, action=Action.AUDIT_READ, on=subject, now=timezone.now())
    context = {
        "heading": _("What happened here"),
        "lead": _("Who did what, and when. Contents are not in it."),
        "organisation": request.organisation,
        "rows": [{"at": event.at, "text": sentence(event, names), "outcome": event.outcome} for event in events],
        "page": page,
        "chosen": chosen,
        "groups": GROUP_WORDS,
        "query": "&".join(f"{name}={value}" for name, value in chosen.items() if value),
    }
    return render(request, "reports/audit.html", context)


@needs(Permission.AUDIT_READ)
@step_up
@require_safe
def audit_file(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """The same as a table (CSV), with the columns that NEN 7513 asks: who, on whose behalf, what, when, on which ground."""
    found, _chosen = _filtered(request)
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for event in found.order_by("sequence").iterator():
        table.writerow(
            [
                event.at.isoformat(),
                event.member_id,
                event.organisation_id,
                event.function,
                event.on_behalf_of,
                event.action,
                event.object_kind,
                event.object_id,
                event.footing,
                event.outcome,
            ]
        )
    with transaction.atomic():
        subject = Subject(Kind.AUDIT, str(organisation_id))
        record(by=request.acting.actor, action=Action.EXPORT, on=subject, now=timezone.now())
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    return HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _events_of(report: Report) -> list[Event]:
    """Everything by which somebody saw the report, or what was handed over from it, in order."""
    found = list(who_looked(Kind.REPORT, str(report.pk)))
    for row in report.handovers.values_list("pk", flat=True):
        found += who_looked(Kind.HANDOVER, str(row))
    for row in report.attachments.values_list("pk", flat=True):
        found += who_looked(Kind.ATTACHMENT, str(row))
    # The reporter follows the report too; when they looked is nobody else's business, least of all on paper for others.
    return sorted((event for event in found if not _is_reporter(event, report)), key=lambda event: event.sequence)


def _is_reporter(event: Event, report: Report) -> bool:
    nobody = event.object_kind == Kind.REPORT and not event.member_id and not event.function
    return nobody or event.member_id == str(report.reporter_id)


def _filtered(request: MemberRequest) -> tuple[QuerySet[Event], dict[str, str]]:
    """What members of this organisation did, and what was done to it; the newest first."""
    key = str(request.organisation.pk)
    found = Event.objects.filter(Q(organisation_id=key) | Q(object_kind=Kind.ORGANISATION, object_id=key))
    chosen = {name: request.GET.get(name, "")[:40] for name in ("since", "until", "group")}
    since, until = _day(chosen["since"]), _day(chosen["until"])
    if since is not None:
        found = found.filter(at__gte=since)
    if until is not None:
        found = found.filter(at__lt=until + dt.timedelta(days=1))
    if chosen["group"] == REFUSED:
        found = found.filter(outcome=Outcome.REFUSED)
    elif chosen["group"] in GROUPS:
        starts = (Q(action__startswith=start) for start in GROUPS[chosen["group"]])
        found = found.filter(reduce(or_, starts))
    return found.order_by("-sequence"), chosen


def _day(typed: str) -> dt.datetime | None:
    try:
        day = parse_date(typed)
    except ValueError:
        return None
    return timezone.make_aware(dt.datetime.combine(day, dt.time())) if day is not None else None


def _names(events: list[Event]) -> Names:
    """Names for the ids on one page; two statements."""
    members: dict[str, Any] = {
        str(key): email
        for key, email in Member.objects.filter(
            pk__in={event.member_id for event in events if event.member_id}
        ).values_list("pk", "email")
    }
    organisations = {
        str(key): name
        for key, name in Organisation.objects.filter(
            pk__in={event.organisation_id for event in events if event.organisation_id}
        ).values_list("pk", "name")
    }
    return Names(member=members.get, organisation=organisations.get, function=_function)


def _function(code: str) -> str | None:
    words = [str(FUNCTIONS[item]) for item in FUNCTIONS if item.value in code.split(".")]
    return ", ".join(words) or None
