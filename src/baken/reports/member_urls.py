"""Pages of reporting for members, below ``/<language>/organisation/<organisation>/``."""

from __future__ import annotations

from django.urls import path

from baken.reports import sharing_urls
from baken.reports.views import acts, attachment, figures, inbox, own, report, search, trial

app_name = "inbox"
REPORT = "inbox/<uuid:report_id>/"
urlpatterns = [
    path("report/", own.report, name="submit"),
    path("my-reports/", own.my_reports, name="my_reports"),
    path("my-reports/<uuid:report_id>/", own.my_report, name="my_report"),
    path("figures/", figures.figures, name="figures"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/search/", search.search, name="search"),
    path("inbox/test/", trial.test_report, name="test_report"),
    path(REPORT, report.report, name="report"),
    path(f"{REPORT}move/", acts.move, name="move"),
    path(f"{REPORT}assign/", acts.assign, name="assign"),
    path(f"{REPORT}set-aside/", acts.set_aside, name="set_aside"),
    path(f"{REPORT}message/", acts.message, name="message"),
    path(f"{REPORT}note/", acts.note, name="note"),
    path(f"{REPORT}link/", acts.link, name="link"),
    path(f"{REPORT}unlink/", acts.unlink, name="unlink"),
    path(f"{REPORT}file/<uuid:attachment_id>/", attachment.attachment, name="attachment"),
    *sharing_urls.urlpatterns,
]
