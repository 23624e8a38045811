"""The record for the national coordinator: codes without texts, with consent for being counted, or the duty to report."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from baken.audience import needs
from baken.audit.actions import record
from baken.audit.kinds import Action, Kind, Subject
from baken.people.actor import MemberRequest
from baken.people.permissions import Permission
from baken.people.step_up import step_up
from baken.recognise.current import current_pack
from baken.reports.actions.handover import REGISTRATION, Parcel, offer_paper
from baken.reports.actions.reading import note_read
from baken.reports.cells import to_csv, to_json
from baken.reports.clocks import house_rules
from baken.reports.errors import NoFooting
from baken.reports.htcds import FieldError, Form, Registration, errors, record_of, unconfirmed
from baken.reports.models import Decision, Report
from baken.reports.records import COORDINATOR, MUST_REPORT, records_of
from baken.reports.sharing_forms import day, end_of, several
from baken.reports.sharing_labels import PROBLEMS
from baken.reports.views.conflict import attempt
from baken.reports.views.deciding import page_context, refuse
from baken.reports.views.loading import load_report, version_of
from baken.vault.gate import needs_inbox
from baken.vault.secret import KeyPair

WRONG = {
    "missing": gettext_lazy("Choose at least one form."),
    "ends_before_it_begins": gettext_lazy("The last day lies before the first."),
    "in_the_future": gettext_lazy("Choose days that are not in the future."),
    "not_in_law_then": gettext_lazy("The law did not name this form at that time. Choose another form."),
    "wrong_recipient": gettext_lazy("The consent is for somebody else. Record consent for the national coordinator."),
}
STATUSES = {
    "PossibleVictimOfTrafficking": gettext_lazy("Possible victim"),
    "ActualVictimOfTrafficking": gettext_lazy("It is established that it is human trafficking"),
}
MINORS = {"": gettext_lazy("Not known"), "yes": gettext_lazy("Under 18"), "no": gettext_lazy("18 or older")}


class RegistrationForm(forms.Form):
    """What is counted. No name, no place, no nationality."""

    kinds = several(gettext_lazy("Which form of exploitation?"), [])
    since = day(gettext_lazy("From when?"), gettext_lazy("Leave empty when it is not known."))
    until = day(gettext_lazy("Until when?"), gettext_lazy("Leave empty when it still goes on or is not known."))
    minor = forms.ChoiceField(required=False, label=gettext_lazy("Age"), choices=list(MINORS.items()))
    status = forms.ChoiceField(label=gettext_lazy("What is known?"), choices=list(STATUSES.items()))

    def __init__(self, data: Any = None, *, kinds: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)
        self.fields["kinds"].choices = kinds  # type: ignore[attr-defined]
        self.fields["since"].required = self.fields["until"].required = False


@needs(Permission.REPORT_EXPORT)
@step_up
@needs_inbox
@require_http_methods(["GET", "HEAD", "POST"])
def registration(
    request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID, decision_id: uuid.UUID
) -> HttpResponse:
    """Make the record, and take it along as JSON or as a table."""
    report, pair = load_report(request, report_id)
    decision = report.decisions.filter(pk=decision_id, kind="anonymised_registration").first()
    if decision is None:
        raise Http404
    rules = house_rules(current_pack())
    kinds = [(str(code), item.title) for code, item in rules.forms.kinds.items()]
    form = RegistrationForm(request.POST or None, kinds=kinds)
    if request.method == "POST" and form.is_valid():
        made = _registration(report, decision, form, pair)
        wrong = errors(made, rules.forms, timezone.localtime())
        for item in wrong:
            form.add_error(None, _words(item))
        if not wrong:
            try:
                return attempt(
                    request,
                    report_id,
                    lambda: _note(request, report, decision, pair),
                    then=lambda: _file(request, record_of(made, rules.forms)),
                )
            except NoFooting as missing:
                refuse(form, missing)
    context = page_context(request, report) | {
        "heading": _("Record for the count"),
        "lead": _("For the national coordinator. Codes only: no text, no name, no place."),
        "form": form,
        "unconfirmed": [
            rules.forms.kinds[code].title  # type: ignore[index]
            for code in unconfirmed(_all_forms(report, kinds), rules.forms)
        ],
    }
    note_read(by=request.acting, report=report, now=timezone.now())
    return render(request, "reports/registration.html", context, status=422 if form.errors else 200)


def _registration(report: Report, decision: Decision, form: RegistrationForm, pair: KeyPair) -> Registration:
    typed = form.cleaned_data
    records = records_of(report, decision.consent, None, pair)
    return Registration(
        reference=report.reference,
        recipient=COORDINATOR,
        referred_on=timezone.localtime(report.received_at).date(),
        forms=tuple(Form(code=code, since=typed["since"], until=typed["until"]) for code in typed["kinds"]),
        minor={"yes": True, "no": False}.get(typed["minor"]),
        status=typed["status"],
        must_report=report.organisation.kind in MUST_REPORT and decision.consent is None,
        consent=next(iter(records.consents), None),
    )


def _all_forms(report: Report, kinds: list[tuple[str, str]]) -> Registration:
    """Something to ask which forms are not confirmed."""
    return Registration(
        reference=report.reference,
        recipient=COORDINATOR,
        referred_on=timezone.localtime(report.received_at).date(),
        forms=tuple(Form(code=code) for code, _title in kinds),
    )


def _note(request: MemberRequest, report: Report, decision: Decision, pair: KeyPair) -> None:
    """The first time it counts as handed over; each time it is an export."""
    from django.db import transaction

    now = timezone.now()
    with transaction.atomic():
        row = report.handovers.filter(decision=decision, party=COORDINATOR).exclude(state="withdrawn").first()
        if row is None:
            last = decision.consent.until if decision.consent else end_of(timezone.localtime(now).date())
            row = offer_paper(
                by=request.acting,
                report_id=report.pk,
                expected=version_of(request),
                decision_id=decision.pk,
                party=COORDINATOR,
                name="",
                parcel=Parcel(parts=(REGISTRATION,), expires_at=last),
                pair=pair,
                now=now,
            )
        subject = Subject(Kind.HANDOVER, str(row.pk))
        record(by=request.acting.actor, action=Action.EXPORT, on=subject, now=now, footing=decision.footing)


def _file(request: MemberRequest, made: Any) -> HttpResponse:
    as_table = request.POST.get("as") == "csv"
    body = to_csv([made]) if as_table else to_json([made])
    kind, name = ("text/csv", "registration.csv") if as_table else ("application/json", "registration.json")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type=f"{kind}; charset=utf-8", headers=headers)


def _words(item: FieldError) -> str:
    return str(WRONG.get(item.code) or PROBLEMS.get(item.code) or _("Look at this again."))
