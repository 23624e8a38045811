"""Decide on a report: which decision, on which footing, and the records that it asks."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baken.audience import needs
from baken.people.actor import MemberRequest
from baken.people.permissions import Permission
from baken.reports.actions import deciding
from baken.reports.actions.reading import note_read
from baken.reports.errors import NoFooting
from baken.reports.footing import ASKS, DecisionKind, Record, consent_until
from baken.reports.models import Consent, Report, Weighing
from baken.reports.records import MUST_REPORT
from baken.reports.sharing import consents_of, sharing_context, weighings_of
from baken.reports.sharing_forms import ConsentForm, DecisionForm, WeighingForm, end_of
from baken.reports.sharing_labels import ABOUT, DECISIONS, FOOTINGS, sentences
from baken.reports.sharing_queries import can_receive
from baken.reports.views.conflict import attempt
from baken.reports.views.loading import back, load_report, version_of
from baken.reports.views.report import seen_now
from baken.vault.gate import needs_inbox
from baken.vault.secret import KeyPair


@needs(Permission.REPORT_DECIDE)
@needs_inbox
@require_safe
def decide(request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    """The five decisions, and what each asks."""
    report, pair = load_report(request, report_id)
    now = timezone.now()
    context = page_context(request, report) | sharing_context(request, report, pair, now=now)
    context["heading"] = _("Decide")
    context["lead"] = _("What happens with this report? Each decision says what it asks of you.")
    context["kinds"] = [
        {"code": kind, "title": DECISIONS[kind], "about": ABOUT[kind], "footing": FOOTINGS[ASKS[kind].footing]}
        for kind in map(DecisionKind, DECISIONS)
    ]
    note_read(by=request.acting, report=report, now=now)
    return render(request, "reports/decide.html", context)


@needs(Permission.REPORT_DECIDE)
@needs_inbox
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID, kind: str) -> HttpResponse:
    """One decision: on which record, and why."""
    if kind not in set(DecisionKind):
        raise Http404
    chosen = DecisionKind(kind)
    report, pair = load_report(request, report_id)
    records = _records(request, report, pair, chosen)
    form = DecisionForm(request.POST or None, records=records)
    if request.method == "POST" and form.is_valid():
        try:
            return attempt(
                request,
                report_id,
                lambda: deciding.decide(
                    by=request.acting,
                    report_id=report_id,
                    expected=version_of(request),
                    kind=chosen,
                    consent=_chosen(Consent, report, form),
                    weighing=_chosen(Weighing, report, form),
                    text=form.cleaned_data["text"],
                    pair=pair,
                    now=timezone.now(),
                ),
                {"text": _("Why this decision?")},
                then=lambda: back(request, report_id, _("The decision is taken."), "decisions"),
            )
        except NoFooting as missing:
            refuse(form, missing)
    context = page_context(request, report) | {
        "heading": DECISIONS[chosen],
        "lead": ABOUT[chosen],
        "form": form,
        "kind": chosen,
        "record": ASKS[chosen].record,
        "footing": FOOTINGS[ASKS[chosen].footing],
        "has_records": records is None or bool(records),
        "button": _("Take this decision"),
    }
    note_read(by=request.acting, report=report, now=timezone.now())
    return render(request, "reports/take.html", context, status=422 if form.errors else 200)


@needs(Permission.REPORT_DECIDE)
@needs_inbox
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    """Write down that somebody consents."""
    report, _pair = load_report(request, report_id)
    now = timezone.now()
    organisations = list(can_receive(request.organisation))
    until = timezone.localtime(consent_until(now)).date()
    form = ConsentForm(request.POST or None, organisations=organisations, initial={"until": until})
    if request.method == "POST" and form.is_valid():
        try:
            deciding.record_consent(
                by=request.acting,
                report_id=report_id,
                recipient=form.recipient,
                party="" if form.recipient else form.cleaned_data["party"],
                parts=form.cleaned_data["parts"],
                purpose=form.purpose_code(),
                until=end_of(form.cleaned_data["until"]),
                record=form.record(),
                now=now,
            )
            messages.success(request, _("The consent is recorded."))
            return redirect("inbox:decide", organisation_id=organisation_id, report_id=report_id)
        except NoFooting as missing:
            refuse(form, missing)
    context = page_context(request, report) | {
        "heading": _("Record consent"),
        "lead": _("For one recipient and one purpose. The person can withdraw it at any time, without a reason."),
        "form": form,
        "organisations": organisations,
        "button": _("Record this consent"),
    }
    return render(request, "reports/record_form.html", context, status=422 if form.errors else 200)


@needs(Permission.REPORT_DECIDE)
@needs_inbox
@require_POST
def withdraw_consent(
    request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID, consent_id: uuid.UUID
) -> HttpResponse:
    """One act, without a reason: what leans on it is taken back at once."""
    report, pair = load_report(request, report_id)
    if not report.consents.filter(pk=consent_id).exists():
        raise Http404
    deciding.withdraw_consent(by=request.acting, consent_id=consent_id, pair=pair, now=timezone.now())
    return back(
        request,
        report_id,
        _(
            "The consent is withdrawn. Nobody elsewhere can open what leaned on it any more. "
            "What was printed or downloaded you must ask back."
        ),
        "decisions",
    )


@needs(Permission.REPORT_DECIDE)
@needs_inbox
@require_http_methods(["GET", "HEAD", "POST"])
def weighing(request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    """Write why something is shared without consent."""
    report, _pair = load_report(request, report_id)
    organisations = list(can_receive(request.organisation))
    form = WeighingForm(request.POST or None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        try:
            row = deciding.write_weighing(
                by=request.acting,
                report_id=report_id,
                record=form.record(),
                person_told=form.cleaned_data["told"] == "yes",
                now=timezone.now(),
            )
            messages.success(request, _("Your weighing is kept. A colleague is asked to sign it."))
            return redirect(
                "inbox:weighing_page", organisation_id=organisation_id, report_id=report_id, weighing_id=row.pk
            )
        except NoFooting as missing:
            refuse(form, missing)
    context = page_context(request, report) | {
        "heading": _("Weigh a report without consent"),
        "lead": _("Consult Veilig Thuis or another expert first, without a name. A colleague reads and signs this."),
        "form": form,
        "organisations": organisations,
        "button": _("Keep, and ask a colleague to sign"),
    }
    return render(request, "reports/record_form.html", context, status=422 if form.errors else 200)


@needs(Permission.REPORT_SIGN)
@needs_inbox
@require_http_methods(["GET", "HEAD", "POST"])
def weighing_page(
    request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID, weighing_id: uuid.UUID
) -> HttpResponse:
    """Read a weighing, and sign that of a colleague."""
    report, pair = load_report(request, report_id)
    shown = next((row for row in _weighings(request, report, pair) if row.row.pk == weighing_id), None)
    if shown is None:
        raise Http404
    if request.method == "POST":
        try:
            return attempt(
                request,
                report_id,
                lambda: deciding.sign_weighing(by=request.acting, weighing_id=weighing_id, now=timezone.now()),
                then=lambda: back(request, report_id, _("You signed. The decision can be taken now."), "decisions"),
            )
        except NoFooting as missing:
            messages.error(request, " ".join(sentences(missing.problems)))
            return redirect(request.path)
    context = page_context(request, report) | {"heading": _("Weighing"), "weighing": shown}
    note_read(by=request.acting, report=report, now=timezone.now())
    return render(request, "reports/weighing.html", context)


def page_context(request: MemberRequest, report: Report) -> dict[str, Any]:
    """What every page below a report needs, among it what ``_version.html`` asks."""
    return {"organisation": request.organisation, "report": report, "seen": seen_now(timezone.now())}


def refuse(form: forms.Form, missing: NoFooting) -> None:
    """The form again, with what the footing lacks."""
    for sentence in sentences(missing.problems):
        form.add_error(None, sentence)


def _weighings(request: MemberRequest, report: Report, pair: KeyPair) -> list[Any]:
    return weighings_of(report, pair, request.user, timezone.now())


def _records(request: MemberRequest, report: Report, pair: KeyPair, kind: DecisionKind) -> list[tuple[str, str]] | None:
    """The records that carry this decision now, by id; None when it asks none."""
    record = ASKS[kind].record
    if record is Record.NOTHING or (record is Record.CONSENT_OR_DUTY and request.organisation.kind in MUST_REPORT):
        return None
    if record is Record.WEIGHING:
        return [
            (str(item.row.pk), f"{item.recipient}: {', '.join(item.parts)}")
            for item in _weighings(request, report, pair)
            if item.holds
        ]
    counted = kind is DecisionKind.ANONYMISED_REGISTRATION
    return [
        (str(item.row.pk), f"{item.recipient}: {', '.join(item.parts)}")
        for item in consents_of(report, pair, timezone.now())
        if item.holds and (item.row.purpose == "registration") is counted
    ]


def _chosen(model: Any, report: Report, form: DecisionForm) -> Any:
    """The record that was chosen, when it is one of these."""
    chosen = form.cleaned_data.get("record")
    return model.objects.filter(report=report, pk=chosen).first() if chosen else None
