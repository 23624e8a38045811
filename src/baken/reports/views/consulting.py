"""Compose a question to an expert elsewhere, see exactly what they will see, and send it."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from baken.audience import needs
from baken.people.actor import MemberRequest
from baken.people.models import Organisation
from baken.people.permissions import Permission
from baken.recognise.current import current_pack
from baken.reports.actions import consulting
from baken.reports.actions.reading import note_read
from baken.reports.errors import NoInbox
from baken.reports.opened import content_of
from baken.reports.redaction import Passage, passages
from baken.reports.sharing_forms import sealed_text
from baken.reports.sharing_queries import can_receive
from baken.reports.views.conflict import attempt
from baken.reports.views.deciding import page_context
from baken.reports.views.loading import back, load_report
from baken.vault.gate import needs_inbox


class QuestionForm(forms.Form):
    """The extract and the question, as they will be seen."""

    organisation = forms.CharField(
        max_length=120,
        label=gettext_lazy("Whom do you ask?"),
        help_text=gettext_lazy("Type the first letters of an organisation on Baken and choose it."),
        widget=forms.TextInput({"class": "input", "list": "organisations", "autocomplete": "off"}),
    )
    text = sealed_text(
        gettext_lazy("What they will read"),
        gettext_lazy("Take out what points to a person or a place. End with your question."),
        rows=10,
    )

    def __init__(self, data: Any = None, *, organisations: list[Organisation], **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)
        self.organisations = {item.name.casefold(): item for item in organisations}

    def clean_organisation(self) -> Organisation:
        """One that can receive."""
        found = self.organisations.get(self.cleaned_data["organisation"].strip().casefold())
        if found is None:
            raise forms.ValidationError(
                _("No organisation on Baken with this name can receive. Choose one from the list.")
            )
        return found


@needs(Permission.REPORT_DECIDE)
@needs_inbox
@require_http_methods(["GET", "HEAD", "POST"])
def consult(request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    """Three steps: choose sentences, rewrite them, see what will be seen. Nothing is chosen beforehand."""
    report, pair = load_report(request, report_id)
    places = {item.name for item in current_pack().places.municipalities.values()}
    found = passages(content_of(report, pair).facts, places)
    organisations = list(can_receive(request.organisation))
    stage = request.POST.get("stage", "")
    form = QuestionForm(
        request.POST if stage in ("preview", "send") else None,
        organisations=organisations,
        initial={"text": _chosen(request, found)},
    )
    step = "choose"
    if stage in ("compose", "again"):
        step = "compose"
        if stage == "again":
            typed = {name: request.POST.get(name, "") for name in ("organisation", "text")}
            form = QuestionForm(None, organisations=organisations, initial=typed)
    elif stage in ("preview", "send"):
        step = "preview" if form.is_valid() else "compose"
        if stage == "send" and form.is_valid():
            try:
                return _send(request, report.pk, form)
            except NoInbox:
                form.add_error("organisation", _("This organisation cannot receive now. Choose another one."))
                step = "compose"
    context = page_context(request, report) | {
        "heading": _("Ask an expert, without identity"),
        "passages": found,
        "step": step,
        "form": form,
        "organisations": organisations,
        "marked": [item for item in passages(form.cleaned_data["text"], places) if item.is_marked]
        if step == "preview"
        else [],
    }
    note_read(by=request.acting, report=report, now=timezone.now())
    return render(request, "reports/consult.html", context, status=422 if form.errors else 200)


@needs(Permission.REPORT_DECIDE)
@needs_inbox
@require_POST
def withdraw_question(
    request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID, consultation_id: uuid.UUID
) -> HttpResponse:
    """Take a question back."""
    report, pair = load_report(request, report_id)
    if not report.consultations.filter(pk=consultation_id).exists():
        raise Http404
    consulting.withdraw_question(by=request.acting, consultation_id=consultation_id, pair=pair, now=timezone.now())
    return back(request, report_id, _("The question is taken back. It cannot be opened there any more."), "handovers")


def _chosen(request: MemberRequest, found: tuple[Passage, ...]) -> str:
    """The chosen sentences, with a gap for what may point to somebody."""
    wanted = set(request.POST.getlist("passage"))
    return "\n".join(item.masked for number, item in enumerate(found) if str(number) in wanted)


def _send(request: MemberRequest, report_id: uuid.UUID, form: QuestionForm) -> HttpResponse:
    return attempt(
        request,
        report_id,
        lambda: consulting.ask(
            by=request.acting,
            report_id=report_id,
            asked=form.cleaned_data["organisation"],
            question=form.cleaned_data["text"],
            now=timezone.now(),
        ),
        {"text": _("What they will read")},
        then=lambda: back(request, report_id, _("Your question was sent. You hear when they answer."), "handovers"),
    )
