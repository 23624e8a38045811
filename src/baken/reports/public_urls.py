"""Pages of reporting for people without an account, below ``/<language>/``."""

from __future__ import annotations

from django.urls import URLPattern, path

from baken.reports.views import handed, receipt, reporter

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("report/", reporter.choose, name="choose"),
    path("report/<uuid:organisation_id>/", reporter.form, name="form"),
    path("receipt/", receipt.receipt, name="receipt"),
    path("receipt/answer/", receipt.receipt_answer, name="receipt_answer"),
    path("receipt/file/", receipt.receipt_file, name="receipt_file"),
    path("handed/<uuid:handover_id>/", handed.handed, name="handed"),
    path("handed/<uuid:handover_id>/file/<uuid:attachment_id>/", handed.handed_file, name="handed_file"),
]
