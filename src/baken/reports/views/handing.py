"""Hand over parts of a report, and take them back."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baken.audience import needs
from baken.people.actor import MemberRequest
from baken.people.links import on_this_site
from baken.people.models import Organisation
from baken.people.permissions import Permission
from baken.people.queries import as_uuid
from baken.people.step_up import is_needed, step_up, way_to_prove
from baken.reports.actions import handover
from baken.reports.actions.handover import Parcel
from baken.reports.actions.reading import note_read
from baken.reports.errors import AlreadyOffered, Closed, NoFooting, NoInbox
from baken.reports.models import Decision, Handover, Report
from baken.reports.records import recipient_of, weighing_records
from baken.reports.sharing import choosable, party_words, recipient_words
from baken.reports.sharing_forms import HandoverForm, end_of
from baken.reports.views.conflict import attempt
from baken.reports.views.deciding import page_context, refuse
from baken.reports.views.loading import back, load_report, version_of
from baken.vault.gate import needs_inbox
from baken.vault.secret import KeyPair


@needs(Permission.REPORT_HAND_OVER)
@needs_inbox
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(
    request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID, decision_id: uuid.UUID
) -> HttpResponse:
    """Choose what goes, until when, and how it gets there. For whom, the footing says."""
    report, pair = load_report(request, report_id)
    decision = report.decisions.select_related("consent__recipient", "weighing").filter(pk=decision_id).first()
    covered = _covered(decision, pair)
    if decision is None or covered is None:
        raise Http404
    code, parts = covered
    key = as_uuid(code)
    recipient = Organisation.objects.filter(pk=key).first() if key is not None else None
    # What goes outside is proven anew; before the form is filled in, so that nothing typed is lost.
    prove = recipient is None and is_needed(request)
    if prove and request.method != "POST":
        return redirect(way_to_prove(request, then=request.get_full_path()))
    form = HandoverForm(request.POST or None, parts=choosable(report, pair, parts), on_baken=recipient is not None)
    if request.method == "POST" and form.is_valid() and not prove:
        try:
            return _send(request, report, decision, recipient, code, form, pair)
        except NoFooting as missing:
            refuse(form, missing)
        except AlreadyOffered:
            form.add_error(
                None, _("They have something of this report already. Take that back first, then offer anew.")
            )
        except NoInbox:
            form.add_error(None, _("This organisation cannot receive now. Use a page that opens once, or paper."))
    context = page_context(request, report) | {
        "heading": _("Hand over"),
        "lead": _("To %(recipient)s") % {"recipient": recipient_words(code)},
        "form": form,
        "recipient": recipient,
        "limit": decision.consent.until if decision.consent else None,
        "button": _("Hand over"),
        "prove": way_to_prove(request, then=reverse("account_overview")) if prove else "",
    }
    note_read(by=request.acting, report=report, now=timezone.now())
    return render(request, "reports/hand_over.html", context, status=422 if form.errors or prove else 200)


@needs(Permission.REPORT_HAND_OVER)
@needs_inbox
@require_POST
def withdraw(
    request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID, handover_id: uuid.UUID
) -> HttpResponse:
    """Take it back: it cannot be read there from now on."""
    report, pair = load_report(request, report_id)
    if not report.handovers.filter(pk=handover_id).exists():
        raise Http404

    def act() -> None:
        handover.withdraw(by=request.acting, handover_id=handover_id, pair=pair, now=timezone.now())

    try:
        return attempt(
            request,
            report_id,
            act,
            then=lambda: back(
                request,
                report_id,
                _(
                    "It is taken back. It cannot be opened there any more. What was printed or downloaded you must ask back."
                ),
                "handovers",
            ),
        )
    except Closed:
        return back(request, report_id, _("It had ended already. It cannot be read there."), "handovers")


@needs(Permission.REPORT_EXPORT)
@step_up
@needs_inbox
@require_http_methods(["GET", "HEAD", "POST"])
def paper(
    request: MemberRequest, organisation_id: uuid.UUID, report_id: uuid.UUID, handover_id: uuid.UUID
) -> HttpResponse:
    """A sealed PDF of what was handed over on paper: first its passphrase, shown once; then the file."""
    from baken.reports.sealed_pdf import new_passphrase, pdf_download

    report, pair = load_report(request, report_id)
    row = report.handovers.filter(pk=handover_id, way="paper").exclude(state="withdrawn").first()
    if row is None or row.expires_at <= timezone.now():
        raise Http404
    if request.method == "POST":
        return pdf_download(request, report, row, pair, passphrase=request.POST.get("passphrase", ""))
    context = page_context(request, report) | {
        "heading": _("Take it along on paper"),
        "handover": row,
        "to": party_words(row.recipient, row.party),
        "passphrase": new_passphrase(),
    }
    return render(request, "reports/paper.html", context)


def _covered(decision: Decision | None, pair: KeyPair) -> tuple[str, frozenset[str]] | None:
    """For whom, and which parts, the footing of a decision is; None when nothing is shared on it."""
    if decision is None:
        return None
    if decision.consent is not None and decision.kind == "refer_with_consent":
        return recipient_of(decision.consent), frozenset(decision.consent.parts)
    if decision.weighing is not None:
        record = weighing_records([decision.weighing], pair).get(decision.weighing)
        return (record.recipient, frozenset(record.parts)) if record is not None else None
    return None


def _send(
    request: MemberRequest,
    report: Report,
    decision: Decision,
    recipient: Organisation | None,
    party: str,
    form: HandoverForm,
    pair: KeyPair,
) -> HttpResponse:
    """Hand over, and show what must be shown once."""
    typed = form.cleaned_data
    parcel = Parcel(
        parts=form.chosen_texts(),
        files=form.chosen_files(),
        expires_at=end_of(typed["until"]),
        message=typed["message"],
    )
    common: dict[str, Any] = {
        "by": request.acting,
        "report_id": report.pk,
        "expected": version_of(request),
        "decision_id": decision.pk,
        "parcel": parcel,
        "pair": pair,
        "now": timezone.now(),
    }
    made: list[Any] = []
    if recipient is not None:
        act = lambda: made.append(handover.offer(recipient=recipient, **common))  # noqa: E731
    elif typed["way"] == "page":
        act = lambda: made.append(handover.offer_page(party=party, name=typed["name"], **common))  # noqa: E731
    else:
        act = lambda: made.append(handover.offer_paper(party=party, name=typed["name"], **common))  # noqa: E731
    return attempt(
        request,
        report.pk,
        act,
        {"message": _("A word to the one who gets it")},
        then=lambda: _sent(request, report, made[0]),
    )


def _sent(request: MemberRequest, report: Report, made: Handover | tuple[Handover, str]) -> HttpResponse:
    if isinstance(made, tuple):
        row, passcode = made
        address = on_this_site(reverse("reports:handed", args=[row.pk]))
        context = page_context(request, report) | {
            "heading": _("The page is ready"),
            "handover": row,
            "to": party_words(row.recipient, row.party),
            "address": address,
            "passcode": passcode,
        }
        return render(request, "reports/page_ready.html", context)
    if made.way == "paper":
        return redirect(
            "inbox:paper", organisation_id=request.organisation.pk, report_id=report.pk, handover_id=made.pk
        )
    return back(request, report.pk, _("It is offered. You hear when they answer."), "handovers")
