"""The page of one report."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from baken.audience import needs
from baken.people.actor import MemberRequest
from baken.people.permissions import Function, Permission
from baken.recognise.current import current_pack
from baken.reports import shown
from baken.reports.actions.expiry import seal_anew
from baken.reports.actions.reading import note_read
from baken.reports.actions.reporter import note_unreadable
from baken.reports.attaching import names_of
from baken.reports.labels import MANNERS, STATES
from baken.reports.models import Report
from baken.reports.opened import content_of
from baken.reports.parts import Content
from baken.reports.rows import clock_of, who
from baken.reports.sharing import sharing_context
from baken.reports.states import Move, State, moves_from
from baken.reports.suggestions import suggestions_for
from baken.reports.triage_form import AssignForm, LinkForm, MessageForm, NoteForm, SetAsideForm
from baken.reports.views.loading import load_report
from baken.vault.errors import VaultError
from baken.vault.gate import needs_inbox
from baken.vault.queries import readers
from baken.vault.secret import KeyPair

BUTTONS = {
    Move.ACKNOWLEDGE: (gettext_lazy("Acknowledge"), gettext_lazy("The reporter hears that it arrived.")),
    Move.TAKE_INTO_TRIAGE: (gettext_lazy("Take into triage"), gettext_lazy("It becomes your work.")),
    Move.CARRY_ON: (gettext_lazy("Carry on without an answer"), gettext_lazy("Your clock runs again.")),
    Move.REOPEN: (gettext_lazy("Open again"), gettext_lazy("Something new is known. That is normal.")),
}
"""The moves that are one button; deciding, handing over and closing have pages of their own."""


@needs(Permission.REPORT_READ)
@needs_inbox
@require_safe
def report(request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    """Everything that is known of a report."""
    found, pair = load_report(request, report_id)
    return show(request, found, pair)


def show(
    request: MemberRequest, report: Report, pair: KeyPair, wrong: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    """The page, with a form that was refused in its place."""
    now = timezone.now()
    seal_anew(report, pair, now=now)
    suggestions = suggestions_for(request, report, current_pack())
    context = {
        **_course(request, report, now),
        **_content(report, pair, knows_reporter=knows_reporter(request, report)),
        **_forms(request, report, wrong, now),
        "messages_said": shown.dialogue(report, pair, request.user),
        "notes": shown.notes(report, pair, request.user),
        "links": shown.links(report),
        "suggestions": suggestions,
        **sharing_context(request, report, pair, now=now),
    }
    if context["is_damaged"]:
        note_unreadable(report, by=request.acting, now=now)
    note_read(by=request.acting, report=report, now=now, beside=[item.report.pk for item in suggestions])
    return render(request, "reports/report.html", context, status=status)


def seen_now(now: dt.datetime) -> int:
    """The moment a page was made, as its forms carry it: what happened since is shown when somebody was ahead."""
    return int(now.timestamp())


def _course(request: MemberRequest, report: Report, now: dt.datetime) -> dict[str, Any]:
    moves = [move for move in moves_from(State(report.state), erased=report.erased_at is not None) if move in BUTTONS]
    return {
        "heading": _("Report %(reference)s") % {"reference": report.reference},
        "lead": _("Received %(date)s") % {"date": shown_date(report.received_at)},
        "organisation": request.organisation,
        "report": report,
        "seen": seen_now(now),
        "state": STATES[report.state],
        "manner": MANNERS[report.manner],
        "clock": clock_of(report, now),
        "assignee": who(report.assignee, request.user),
        "moves": [{"how": move, "label": BUTTONS[move][0], "about": BUTTONS[move][1]} for move in moves],
        "may_triage": request.acting.may(Permission.REPORT_TRIAGE),
        "may_ask": report.state == State.IN_TRIAGE,
        "may_set_aside": report.state == State.IN_TRIAGE,
        "steps": shown.steps(report, request.user),
    }


def shown_date(moment: dt.datetime) -> str:
    """A day and time, as written in this language."""
    from django.utils.formats import date_format

    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def knows_reporter(request: MemberRequest, report: Report) -> bool:
    """In confidence means: the focal point knows who it was, and a coordinator who reads along does not."""
    held = request.acting.standing.functions.get(str(request.organisation.pk), frozenset())
    return report.manner != "confidential" or Function.FOCAL_POINT in held


def _content(report: Report, pair: KeyPair, *, knows_reporter: bool) -> dict[str, Any]:
    pack = current_pack()
    try:
        content, is_damaged = content_of(report, pair), False
    except VaultError:
        content, is_damaged = Content(), True
    if not knows_reporter:
        content = replace(content, reporter="", reach={})
    files = {item.pk: item for item in report.attachments.order_by("at")}
    return {
        "content": content,
        "knows_reporter": knows_reporter,
        "is_damaged": is_damaged,
        "situation": shown.situation_words(content, pack),
        "signs": shown.signs_in_words(content, pack),
        "reach": shown.reach_words(content),
        "never_text": content.reach.get("never") == "text",
        "attachments": [
            {"id": item.id, "name": item.name, "size": item.size, "from_reporter": files[item.id].from_reporter}
            for item in (names_of(files.values(), pair) if files else ())
        ],
    }


def _forms(request: MemberRequest, report: Report, wrong: forms.Form | None, now: dt.datetime) -> dict[str, Any]:
    made: tuple[forms.Form, ...] = (
        MessageForm(),
        NoteForm(),
        SetAsideForm(),
        LinkForm(),
        assign_form(request, report, now),
    )
    found: dict[str, Any] = {f"{form.name}_form": form for form in made}  # type: ignore[attr-defined]
    found["set_aside_form"] = found.pop("aside_form")
    if wrong is not None:
        name = wrong.name if wrong.name != "aside" else "set_aside"  # type: ignore[attr-defined]
        found |= {f"{name}_form": wrong, "wrong": wrong}
    return found


def assign_form(request: MemberRequest, report: Report, now: dt.datetime, data: Any = None) -> AssignForm:
    """The colleagues who can open the inbox, the present one chosen."""
    able = [item.member for item in readers(request.organisation, now=now) if item.has_access]
    chosen = report.assignee or request.user
    return AssignForm(data, readers=able, me=request.user, initial={"member": str(chosen.pk)})
