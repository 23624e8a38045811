"""Tell the reporter how it ended, close, and keep the content longer when that must be."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_http_methods, require_POST

from baken.audience import needs
from baken.people.actor import MemberRequest
from baken.people.permissions import Permission
from baken.recognise.current import current_pack
from baken.reports.actions import closing
from baken.reports.actions.reading import note_read
from baken.reports.clocks import house_rules
from baken.reports.feedback import Choice, choices
from baken.reports.footing import DecisionKind
from baken.reports.keeping import erase_on, longest
from baken.reports.models import Report
from baken.reports.sharing_forms import ReasonForm, radio, sealed_text
from baken.reports.sharing_labels import CATEGORIES
from baken.reports.views.conflict import attempt
from baken.reports.views.deciding import page_context
from baken.reports.views.loading import back, load_report, version_of
from baken.vault.gate import needs_inbox

NOTHING = "nothing"


class CloseForm(forms.Form):
    """What the reporter hears, or why nothing."""

    outcome = radio(gettext_lazy("What does the reporter hear?"), {})
    text = sealed_text(
        gettext_lazy("The message"),
        gettext_lazy("Empty: the text above is sent as it is. Fill this in to send your own words instead."),
        required=False,
    )
    why_not = sealed_text(
        gettext_lazy("Why does the reporter hear nothing?"),
        gettext_lazy("Only when a message would bring somebody in danger. For your colleagues."),
        required=False,
        rows=3,
    )

    def __init__(self, data: Any = None, *, offered: tuple[Choice, ...], **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)
        self.texts = {item.code: item.text for item in offered}
        listed = [(item.code, item.title) for item in offered]
        self.fields["outcome"].choices = [*listed, (NOTHING, _("Nothing, and I say why"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Either words, or a reason why there are none; both is a doubt, and nothing that was typed is thrown away for it."""
        cleaned = super().clean() or self.cleaned_data
        outcome = cleaned.get("outcome")
        why_not, text = cleaned.get("why_not", "").strip(), cleaned.get("text", "").strip()
        if outcome == NOTHING and not why_not:
            self.add_error("why_not", _("Write why the reporter hears nothing, or choose a message."))
        if outcome == NOTHING and text:
            self.add_error(
                "text", _("You chose that the reporter hears nothing. Empty this field, or choose a message above.")
            )
        if outcome and outcome != NOTHING and why_not:
            self.add_error(
                "why_not", _("You chose a message. Empty this field, or choose above that the reporter hears nothing.")
            )
        return cleaned

    def feedback(self) -> str:
        """What is sent; empty when nothing is said."""
        chosen = self.cleaned_data["outcome"]
        if chosen == NOTHING:
            return ""
        return self.cleaned_data["text"].strip() or str(self.texts[chosen])


@needs(Permission.REPORT_DECIDE)
@needs_inbox
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    """Tell the reporter and close; the page says until when the content is kept."""
    report, _pair = load_report(request, report_id)
    now = timezone.now()
    rules = house_rules(current_pack())
    offered = _offered(report)
    category = longest(closing.categories_of(report), rules.retention)
    until = erase_on(category, rules.retention, timezone.localtime(now).date())
    form = CloseForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():
        return attempt(
            request,
            report_id,
            lambda: closing.close(
                by=request.acting,
                report_id=report_id,
                expected=version_of(request),
                category=category,
                erase_on=until,
                feedback=form.feedback(),
                why_not=form.cleaned_data["why_not"],
                now=now,
            ),
            {"text": _("The message"), "why_not": _("Why does the reporter hear nothing?")},
            then=lambda: back(request, report_id, _("The report is closed.")),
        )
    context = page_context(request, report) | {
        "heading": _("Tell the reporter and close"),
        "lead": _("Whoever hears back reports again next time. Say no more than may be said."),
        "form": form,
        "offered": offered,
        "category": CATEGORIES[category],
        "why": rules.retention.categories[category].why,  # type: ignore[index]
        "until": until,
        "button": _("Close this report"),
    }
    note_read(by=request.acting, report=report, now=now)
    return render(request, "reports/close.html", context, status=422 if form.errors else 200)


@needs(Permission.REPORT_DECIDE)
@needs_inbox
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    """Keep the content, for a reason."""
    report, _pair = load_report(request, report_id)
    form = ReasonForm(request.POST or None)
    form.fields["text"].label = _("Why must the content stay?")
    form.fields["text"].help_text = _("For example a court case. It is sealed.")
    if request.method == "POST" and form.is_valid():
        return attempt(
            request,
            report_id,
            lambda: closing.hold(
                by=request.acting, report_id=report_id, reason=form.cleaned_data["text"], now=timezone.now()
            ),
            {"text": _("Why must the content stay?")},
            then=lambda: back(request, report_id, _("The content stays until you let the clock count again.")),
        )
    context = page_context(request, report) | {
        "heading": _("Keep the content longer"),
        "form": form,
        "button": _("Keep the content"),
    }
    note_read(by=request.acting, report=report, now=timezone.now())
    return render(request, "reports/record_form.html", context, status=422 if form.errors else 200)


@needs(Permission.REPORT_DECIDE)
@needs_inbox
@require_POST
def lift_hold(request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    """The clock counts again."""
    load_report(request, report_id)
    return attempt(
        request,
        report_id,
        lambda: closing.lift_hold(by=request.acting, report_id=report_id, now=timezone.now()),
        then=lambda: back(request, report_id, _("The clock counts again.")),
    )


def _offered(report: Report) -> tuple[Choice, ...]:
    """Templates for the last decision: their text in the language of the reporter, the rest in that of who chooses."""
    latest = report.decisions.order_by("-at").values_list("kind", flat=True).first()
    kind = DecisionKind(latest) if latest else None
    moment = timezone.localtime(report.decided_at or timezone.now())
    with override(report.language or None):
        theirs = choices(kind, house_rules(current_pack()), date_format(moment, "DATE_FORMAT"))
    texts = {item.code: item.text for item in theirs}
    return tuple(replace(item, text=texts[item.code]) for item in choices(kind, house_rules(current_pack()), ""))
