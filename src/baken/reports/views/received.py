"""What other organisations offer and ask: read it, take it over or decline, tell what came of it, answer."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baken.audience import needs
from baken.audit.actions import record
from baken.audit.kinds import Action, Kind, Subject
from baken.people.actor import MemberRequest
from baken.people.permissions import Permission
from baken.recognise.current import current_pack
from baken.reports import shown
from baken.reports.actions import answering, consulting
from baken.reports.attaching import Named, names_of
from baken.reports.errors import Closed, Conflict
from baken.reports.models import Handover
from baken.reports.opened import content_of, texts_of
from baken.reports.parts import Content
from baken.reports.records import FILE
from baken.reports.sharing import part_words
from baken.reports.sharing_forms import OutcomeForm, ReasonForm
from baken.reports.sharing_labels import FOOTINGS, HANDOVERS, OUTCOMES
from baken.reports.sharing_queries import asked_of, offered_to, readable
from baken.reports.views.attachment import give
from baken.vault.gate import needs_inbox
from baken.vault.opening import keys_of
from baken.vault.secret import KeyPair
from baken.vault.session import inbox_pairs

SHOWN_AT_ONCE = 100


@needs(Permission.REPORT_READ)
@needs_inbox
@require_safe
def offered(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Everything that was offered to us, and questions to us."""
    now = timezone.now()
    rows = list(offered_to(request.acting)[:SHOWN_AT_ONCE])
    questions = list(asked_of(request.acting)[:SHOWN_AT_ONCE])
    with transaction.atomic():
        listed = tuple(str(row.pk) for row in rows)
        subject = Subject(Kind.HANDOVER, str(organisation_id), listed=listed)
        record(by=request.acting.actor, action=Action.LIST, on=subject, now=now)
    context = {
        "heading": _("Offered to you"),
        "organisation": request.organisation,
        "handovers": [
            {
                "row": row,
                "sender": row.report.organisation.name,
                "state": HANDOVERS["expired" if row.state == "offered" and row.expires_at <= now else row.state],
                "parts": part_words(row.parts),
                "waits": row.state == "offered" and row.expires_at > now,
            }
            for row in rows
        ],
        "questions": questions,
    }
    return render(request, "reports/offered.html", context)


@needs(Permission.REPORT_READ)
@needs_inbox
@require_safe
def received(request: MemberRequest, organisation_id: uuid.UUID, handover_id: uuid.UUID) -> HttpResponse:
    """One hand-over: its parts as long as they may be read, and what we can do."""
    return show(request, load(request, handover_id))


@needs(Permission.REPORT_TRIAGE)
@needs_inbox
@require_POST
def accept(request: MemberRequest, organisation_id: uuid.UUID, handover_id: uuid.UUID) -> HttpResponse:
    """Take it over."""
    row = load(request, handover_id)
    return answer(
        request,
        row,
        lambda: answering.accept(
            by=request.acting, handover_id=row.pk, expected=version_of(request), now=timezone.now()
        ),
        _("You took it over. The sender hears it."),
    )


@needs(Permission.REPORT_TRIAGE)
@needs_inbox
@require_POST
def decline(request: MemberRequest, organisation_id: uuid.UUID, handover_id: uuid.UUID) -> HttpResponse:
    """Say no, with a reason."""
    row = load(request, handover_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return show(request, row, {"decline_form": form}, status=422)
    return answer(
        request,
        row,
        lambda: answering.decline(
            by=request.acting,
            handover_id=row.pk,
            expected=version_of(request),
            reason=form.cleaned_data["text"],
            now=timezone.now(),
        ),
        _("You declined. The sender reads why, and you can no longer read the parts."),
    )


@needs(Permission.REPORT_TRIAGE)
@needs_inbox
@require_POST
def outcome(request: MemberRequest, organisation_id: uuid.UUID, handover_id: uuid.UUID) -> HttpResponse:
    """Tell the sender what came of it."""
    row = load(request, handover_id)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return show(request, row, {"outcome_form": form}, status=422)
    return answer(
        request,
        row,
        lambda: answering.report_outcome(
            by=request.acting,
            handover_id=row.pk,
            expected=version_of(request),
            outcome=form.cleaned_data["outcome"],
            text=form.cleaned_data["text"],
            now=timezone.now(),
        ),
        _("The sender hears what came of it."),
    )


@needs(Permission.REPORT_READ)
@needs_inbox
@require_safe
def received_file(
    request: MemberRequest, organisation_id: uuid.UUID, handover_id: uuid.UUID, attachment_id: uuid.UUID
) -> HttpResponseBase:
    """A file that was handed over, as a download."""
    row = load(request, handover_id)
    pair = pair_of(request, row)
    named = files_of(row, pair, attachment_id) if readable(row, timezone.now()) else []
    return give(attachment_id, named, pair, by=request.acting.actor)


@needs(Permission.REPORT_READ)
@needs_inbox
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: MemberRequest, organisation_id: uuid.UUID, consultation_id: uuid.UUID) -> HttpResponse:
    """A question without identity, and our answer."""
    row = asked_of(request.acting).filter(pk=consultation_id).first()
    if row is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            consulting.answer(
                by=request.acting, consultation_id=row.pk, text=form.cleaned_data["text"], now=timezone.now()
            )
            messages.success(request, _("Your answer was sent."))
            return redirect(request.path)
        except Closed:
            row.refresh_from_db()
            form.add_error(None, _("It was answered or taken back meanwhile. Your text is still here."))
    pair = pair_for(request, "consultation", str(row.pk))
    with transaction.atomic():
        subject = Subject(Kind.CONSULTATION, str(row.pk))
        record(by=request.acting.actor, action=Action.READ, on=subject, now=timezone.now())
    context = {
        "heading": _("A question to you"),
        "organisation": request.organisation,
        "row": row,
        "question": texts_of("consultation", [row.pk], pair, "question").get(str(row.pk), ""),
        "answer": texts_of("consultation", [row.pk], pair, "answer").get(str(row.pk), ""),
        "form": form,
        "button": _("Send your answer"),
    }
    return render(request, "reports/question.html", context, status=422 if form.errors else 200)


class AnswerForm(ReasonForm):
    """Answer a question of another organisation."""

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["text"].label = _("Your answer")
        self.fields["text"].help_text = _("You know nothing about who it is. Advise on what is written.")


def load(request: MemberRequest, handover_id: uuid.UUID) -> Handover:
    """A hand-over to us; 404 for any other."""
    row = offered_to(request.acting).filter(pk=handover_id).first()
    if row is None:
        raise Http404
    return row


def pair_for(request: MemberRequest, kind: str, object_id: str) -> KeyPair:
    """The generation of our inbox that something was granted to; the newest when to none."""
    pairs = inbox_pairs(request, request.organisation)
    held = keys_of(kind, object_id, pairs)
    return next((pair for key, pair in pairs.items() if key in held), next(iter(pairs.values())))


def pair_of(request: MemberRequest, row: Handover) -> KeyPair:
    """The pair that opens a hand-over."""
    return pair_for(request, "report", str(row.report_id))


def files_of(row: Handover, pair: KeyPair, only: uuid.UUID | None = None) -> list[Named]:
    """The files that were handed over."""
    keys = [uuid.UUID(name.removeprefix(FILE)) for name in row.parts if name.startswith(FILE)]
    wanted = [key for key in keys if only in (None, key)]
    return names_of(row.report.attachments.filter(pk__in=wanted).order_by("at"), pair) if wanted else []


def content_words(content: Content) -> dict[str, Any]:
    """Parts in words, as ``_parts.html`` shows them."""
    pack = current_pack()
    return {
        "content": content,
        "situation": shown.situation_words(content, pack),
        "signs": shown.signs_in_words(content, pack),
    }


def version_of(request: MemberRequest) -> int:
    """The version that the form was made from."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


def answer(request: MemberRequest, row: Handover, act: Callable[[], object], said: str) -> HttpResponse:
    """Answer; when a colleague or the sender was ahead, the page as it is now, with what was typed."""
    try:
        act()
    except (Closed, Conflict):
        row = load(request, row.pk)
        kept = {"kept": request.POST.get("text", ""), "ahead": True}
        return show(request, row, kept, status=409)
    messages.success(request, said)
    return redirect("inbox:received", organisation_id=request.organisation.pk, handover_id=row.pk)


def show(request: MemberRequest, row: Handover, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """The page of one hand-over."""
    now = timezone.now()
    open_now = readable(row, now)
    pair = pair_of(request, row)
    content = content_of(row.report, pair) if open_now else Content()
    may_answer = request.acting.may(Permission.REPORT_TRIAGE)
    waits = row.state == "offered" and open_now
    told = row.answered_at is not None and row.state in ("accepted", "expired")
    wrong: forms.Form | None = next((item for item in (more or {}).values() if isinstance(item, forms.Form)), None)
    context: dict[str, Any] = {
        "heading": _("Handed over to you"),
        "lead": _("From %(sender)s") % {"sender": row.report.organisation.name},
        "organisation": request.organisation,
        "handover": row,
        "is_open": open_now,
        "state": HANDOVERS["expired" if row.state == "offered" and not open_now else row.state],
        "outcome": OUTCOMES.get(row.outcome, ""),
        "footing": FOOTINGS.get(row.decision.footing, ""),
        "parts": part_words(row.parts),
        "message": texts_of("handover", [row.pk], pair, "message").get(str(row.pk), "") if open_now else "",
        "own_answer": texts_of("handover", [row.pk], pair, "answer").get(str(row.pk), ""),
        "files": files_of(row, pair) if open_now else [],
        "may_take": may_answer and waits,
        "may_tell": may_answer and told,
        "decline_form": ReasonForm(),
        "outcome_form": OutcomeForm(),
        "wrong": wrong,
        **content_words(content),
        **(more or {}),
    }
    with transaction.atomic():
        subject = Subject(Kind.HANDOVER, str(row.pk))
        record(by=request.acting.actor, action=Action.READ, on=subject, now=now, footing=row.decision.footing)
    return render(request, "reports/received.html", context, status=status)
