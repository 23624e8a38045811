"""Pages of deciding, handing over and closing, for members; ``member_urls.py`` takes them in."""

from __future__ import annotations

from django.urls import path

from baken.reports.views import audit, closing, consulting, deciding, handing, received, registration

REPORT = "inbox/<uuid:report_id>/"
HANDOVER = "handovers/<uuid:handover_id>/"
urlpatterns = [
    path(f"{REPORT}decide/", deciding.decide, name="decide"),
    path(f"{REPORT}decide/consent/", deciding.consent, name="consent"),
    path(
        f"{REPORT}decide/consent/<uuid:consent_id>/withdraw/",
        deciding.withdraw_consent,
        name="withdraw_consent",
    ),
    path(f"{REPORT}decide/weighing/", deciding.weighing, name="weighing"),
    path(f"{REPORT}decide/weighing/<uuid:weighing_id>/", deciding.weighing_page, name="weighing_page"),
    path(f"{REPORT}decide/<slug:kind>/", deciding.take, name="take"),
    path(f"{REPORT}hand-over/<uuid:decision_id>/", handing.hand_over, name="hand_over"),
    path(f"{REPORT}handovers/<uuid:handover_id>/withdraw/", handing.withdraw, name="withdraw"),
    path(f"{REPORT}handovers/<uuid:handover_id>/paper/", handing.paper, name="paper"),
    path(f"{REPORT}registration/<uuid:decision_id>/", registration.registration, name="registration"),
    path(f"{REPORT}consult/", consulting.consult, name="consult"),
    path(
        f"{REPORT}consult/<uuid:consultation_id>/withdraw/",
        consulting.withdraw_question,
        name="withdraw_question",
    ),
    path(f"{REPORT}close/", closing.close, name="close"),
    path(f"{REPORT}hold/", closing.hold, name="hold"),
    path(f"{REPORT}hold/lift/", closing.lift_hold, name="lift_hold"),
    path(f"{REPORT}looked/", audit.looked_at, name="looked"),
    path("handovers/", received.offered, name="offered"),
    path(HANDOVER, received.received, name="received"),
    path(f"{HANDOVER}accept/", received.accept, name="accept"),
    path(f"{HANDOVER}decline/", received.decline, name="decline"),
    path(f"{HANDOVER}outcome/", received.outcome, name="outcome"),
    path(f"{HANDOVER}file/<uuid:attachment_id>/", received.received_file, name="received_file"),
    path("questions/<uuid:consultation_id>/", received.question, name="question"),
    path("audit/", audit.audit, name="audit"),
    path("audit/table/", audit.audit_file, name="audit_file"),
]
