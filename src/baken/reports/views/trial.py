"""A test report: see that a report arrives and opens, before the first real one does."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baken.audience import needs
from baken.notices.kinds import NoticeKind
from baken.people.actor import MemberRequest
from baken.people.permissions import Permission
from baken.recognise.current import current_pack
from baken.reports.actions.submit import submit
from baken.reports.actions.word import tell
from baken.reports.errors import NoInbox
from baken.reports.parts import Content
from baken.vault.queries import has_inbox

SIGNS = 2


@needs(Permission.REPORT_SUBMIT)
@require_http_methods(["GET", "HEAD", "POST"])
def test_report(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Send yourself a report that is marked as a test everywhere and counts in no figure."""
    can_receive = has_inbox(request.organisation)
    if request.method == "POST" and can_receive:
        try:
            sent = _send(request)
        except NoInbox:
            can_receive = False
        else:
            messages.success(request, _("The test report was sent. Find it under My team in the inbox."))
            if request.acting.may(Permission.REPORT_READ):
                return redirect("inbox:report", organisation_id=request.organisation.pk, report_id=sent)
            return redirect("people:organisation", organisation_id=request.organisation.pk)
    context = {
        "heading": _("Send yourself a test report"),
        "lead": _("See that a report arrives and opens, before the first real one does."),
        "organisation": request.organisation,
        "can_receive": can_receive,
    }
    return render(request, "reports/test_report.html", context, status=409 if request.method == "POST" else 200)


def _send(request: MemberRequest) -> uuid.UUID:
    pack = current_pack()
    content = Content(
        situation={"signs": list(pack.signs)[:SIGNS], "fields": {"form": "labour"}, "about": "person"},
        facts=_("This is a test. Nobody saw anything."),
        opinion=_("This is what somebody thinks about it. It stands apart from what was seen."),
    )
    now = timezone.now()
    sent = submit(
        by=request.acting,
        organisation=request.organisation,
        content=content,
        manner="named",
        urgent=False,
        language=get_language() or request.user.language,
        now=now,
        is_test=True,
        within=lambda report: tell(report, NoticeKind.REPORT_RECEIVED, str(report.pk), now=now),
    )
    return sent.report.pk
