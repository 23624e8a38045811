"""What a focal point does on the page of a report: each a form that comes back with what was typed when it cannot be done."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django import forms
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from baken.audience import needs
from baken.people.actor import MemberRequest
from baken.people.models import Member
from baken.people.permissions import Permission
from baken.people.queries import as_uuid
from baken.reports.actions import dialogue, links, triage
from baken.reports.actions.links import NotTwoReports
from baken.reports.models import Report
from baken.reports.queries import visible_to
from baken.reports.references import reference_of
from baken.reports.states import Move
from baken.reports.triage_form import LinkForm, MessageForm, NoteForm, SetAsideForm
from baken.reports.views.conflict import attempt
from baken.reports.views.loading import back, load_report, version_of
from baken.reports.views.report import assign_form, show
from baken.vault.gate import needs_inbox
from baken.vault.secret import KeyPair

MOVES: dict[str, Callable[..., Report]] = {
    Move.ACKNOWLEDGE: triage.acknowledge,
    Move.TAKE_INTO_TRIAGE: triage.take_into_triage,
    Move.CARRY_ON: triage.carry_on,
    Move.REOPEN: triage.reopen,
}
DONE = {
    Move.ACKNOWLEDGE: gettext_lazy("The reporter hears that the report arrived."),
    Move.TAKE_INTO_TRIAGE: gettext_lazy("This report is your work now."),
    Move.CARRY_ON: gettext_lazy("You carry on. Your clock runs again."),
    Move.REOPEN: gettext_lazy("The report is open again, and it is your work."),
}


@needs(Permission.REPORT_TRIAGE)
@needs_inbox
@require_POST
def move(request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    """One button: acknowledge, take into triage, carry on, open again."""
    load_report(request, report_id)
    how = request.POST.get("how", "")
    if how not in MOVES:
        raise Http404
    return attempt(
        request,
        report_id,
        lambda: MOVES[how](by=request.acting, report_id=report_id, expected=version_of(request), now=timezone.now()),
        then=lambda: back(request, report_id, str(DONE[Move(how)])),
    )


@needs(Permission.REPORT_TRIAGE)
@needs_inbox
@require_POST
def message(request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    """Write to the reporter."""
    found, pair = load_report(request, report_id)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return wrong(request, found, pair, form)
    is_question = form.cleaned_data["question"]
    done = _("Your question was sent.") if is_question else _("Your message was sent.")
    return attempt(
        request,
        report_id,
        lambda: dialogue.write_message(
            by=request.acting,
            report_id=report_id,
            expected=version_of(request),
            text=form.cleaned_data["text"],
            now=timezone.now(),
            is_question=is_question,
        ),
        {"text": MessageForm.base_fields["text"].label or ""},
        then=lambda: back(request, report_id, done, "dialogue"),
    )


@needs(Permission.REPORT_TRIAGE)
@needs_inbox
@require_POST
def note(request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    """Keep a note for colleagues."""
    found, pair = load_report(request, report_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return wrong(request, found, pair, form)
    return attempt(
        request,
        report_id,
        lambda: dialogue.write_note(
            by=request.acting,
            report_id=report_id,
            expected=version_of(request),
            text=form.cleaned_data["text"],
            now=timezone.now(),
        ),
        {"text": NoteForm.base_fields["text"].label or ""},
        then=lambda: back(request, report_id, _("Your note was kept."), "notes"),
    )


@needs(Permission.REPORT_TRIAGE)
@needs_inbox
@require_POST
def set_aside(request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    """Close without a decision."""
    found, pair = load_report(request, report_id)
    form = SetAsideForm(request.POST)
    if not form.is_valid():
        return wrong(request, found, pair, form)
    return attempt(
        request,
        report_id,
        lambda: triage.set_aside(
            by=request.acting,
            report_id=report_id,
            expected=version_of(request),
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        ),
        {"reason": SetAsideForm.base_fields["reason"].label or ""},
        then=lambda: back(request, report_id, _("The report is closed.")),
    )


@needs(Permission.REPORT_TRIAGE)
@needs_inbox
@require_POST
def assign(request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    """Make it the work of a colleague."""
    found, pair = load_report(request, report_id)
    now = timezone.now()
    form = assign_form(request, found, now, request.POST)
    if not form.is_valid():
        return wrong(request, found, pair, form)
    colleague = Member.objects.get(pk=form.cleaned_data["member"])
    return attempt(
        request,
        report_id,
        lambda: triage.assign(
            by=request.acting, report_id=report_id, expected=version_of(request), member=colleague, now=now
        ),
        then=lambda: back(request, report_id, _("It is this colleague’s work now.")),
    )


@needs(Permission.REPORT_TRIAGE)
@needs_inbox
@require_POST
def link(request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    """Say that another report is about the same person or place."""
    found, pair = load_report(request, report_id)
    form = LinkForm(request.POST)
    other = None
    if form.is_valid():
        reference = reference_of(form.cleaned_data["reference"])
        other = visible_to(request.acting).exclude(pk=report_id).filter(reference=reference or "").first()
        if other is None:
            form.add_error("reference", _("There is no other report with this reference here. Look at it again."))
    if other is None:
        return wrong(request, found, pair, form)
    return attempt(
        request,
        report_id,
        lambda: links.link(
            by=request.acting,
            report_id=report_id,
            expected=version_of(request),
            other_id=other.pk,
            why=form.cleaned_data["why"],
            now=timezone.now(),
        ),
        then=lambda: back(request, report_id, _("The reports are linked."), "links"),
    )


@needs(Permission.REPORT_TRIAGE)
@needs_inbox
@require_POST
def unlink(request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    """Take a link away."""
    load_report(request, report_id)
    other_id = as_uuid(request.POST.get("other", ""))
    if other_id is None:
        raise Http404
    try:
        return attempt(
            request,
            report_id,
            lambda: links.unlink(
                by=request.acting,
                report_id=report_id,
                expected=version_of(request),
                other_id=other_id,
                now=timezone.now(),
            ),
            then=lambda: back(request, report_id, _("The link is gone."), "links"),
        )
    except NotTwoReports:
        raise Http404 from None


def wrong(request: MemberRequest, report: Report, pair: KeyPair, form: forms.Form) -> HttpResponse:
    """The page again, with the form as it was filled in."""
    return show(request, report, pair, form, status=422)
