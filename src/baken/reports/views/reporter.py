"""Report without an account: choose an organisation, write, send, and get a receipt. No cookie, and nothing in an address."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from typing import Any, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baken.audience import public
from baken.people import proof
from baken.people.actor import Acting
from baken.people.links import on_this_site
from baken.people.models import Organisation
from baken.recognise.current import current_pack
from baken.recognise.questions import read_answers
from baken.reports.actions.reporter import AlreadyUsed, hand_in, spent_lately
from baken.reports.actions.submit import Submitted
from baken.reports.attaching import MOST_FILES, Prepared, prepare_files
from baken.reports.errors import NoInbox
from baken.reports.queries import receiving
from baken.reports.reporter_form import CHANNELS, MANNERS, Written, empty, read
from baken.reports.track import track
from baken.routes.note import MAX_TEXT
from baken.vault.files.upload import SealedUpload, accepts_files
from baken.vault.files.words import what_we_take

SHORT_LIST = 12
"""So many organisations are shown at once; of more than that, those of the municipality that is asked for."""


@public
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Which organisations can be reported to, in a municipality."""
    pack = current_pack()
    answers = read_answers(request.POST, pack)
    found = list(receiving())
    asked = request.method == "POST" and not answers.errors
    if answers.municipality is not None:
        shown = [item for item in found if answers.municipality.code in item.municipalities]
    else:
        shown = found if len(found) <= SHORT_LIST else []
    context = {
        "heading": _("Report something"),
        "lead": _(
            "Tell the focal point of an organisation what you saw. You need no account, and you need not give your name."
        ),
        "answers": answers,
        "errors": answers.errors,
        "hidden": answers.hidden("municipality"),
        "organisations": shown,
        "nobody_here": asked and answers.municipality is not None and not shown,
        "many": len(found) > SHORT_LIST,
    }
    return render(request, "reports/reporter/choose.html", context, status=422 if answers.errors else 200)


@accepts_files
@public
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """The form, empty or with what came along from a check; and what was sent with it."""
    organisation = receiving().filter(pk=organisation_id).first()
    if organisation is None:
        raise Http404
    if request.method != "POST" or "send" not in request.POST:
        return show_form(request, organisation, empty(request.POST, current_pack()), challenge=_challenge(organisation))
    written = read(request.POST, current_pack())
    challenge, verdict = _judged(request, organisation, written)
    enough = verdict is proof.Verdict.ENOUGH
    ready, problem = checked(request, written, organisation, with_files=enough)
    if problem is not None or not enough:
        # The same challenge goes along again, so that the moments that passed count; more work needs a new one.
        kept = challenge if enough or verdict is proof.Verdict.TOO_QUICK else None
        return show_form(
            request, organisation, written, challenge=kept or _challenge(organisation), problem=problem or str(verdict)
        )
    return handed_in(request, organisation, written, ready, challenge=challenge, by=None)


def checked(
    request: HttpRequest, written: Written, organisation: Organisation, *, with_files: bool = True
) -> tuple[list[Prepared], str | None]:
    """The files of a form, sealed; and why the form must come back: ``errors``, ``files`` or ``hints``; None when it is fine."""
    uploads = cast("list[SealedUpload]", request.FILES.getlist("files"))
    request.file_problems = []  # type: ignore[attr-defined]
    if written.errors:
        return [], "errors"
    if written.hints and request.POST.get("seen") != "1":
        return [], "hints"
    ready, problems = prepare_files(uploads if with_files else [], organisation.pk)
    if len(uploads) > MOST_FILES:
        problems.append(
            _("At most %(count)d files go along at once. Send the others afterwards.") % {"count": MOST_FILES}
        )
    request.file_problems = problems  # type: ignore[attr-defined]
    return ready, "files" if problems else None


def handed_in(
    request: HttpRequest,
    organisation: Organisation,
    written: Written,
    files: list[Prepared],
    *,
    challenge: proof.Challenge | None,
    by: Acting | None,
) -> HttpResponse:
    """Hand it in, and show the receipt; or the form again, with everything in it."""
    now = timezone.now()
    try:
        sent = hand_in(
            challenge=challenge,
            by=by,
            organisation=organisation,
            content=written.content(reporter="" if by is not None else None),
            manner=written.manner,
            urgent=written.urgent,
            language=get_language() or settings.LANGUAGE_CODE,
            files=files,
            now=now,
        )
    except (AlreadyUsed, NoInbox) as error:
        problem = "used" if isinstance(error, AlreadyUsed) else "no_inbox"
        return show_form(
            request, organisation, written, challenge=_challenge(organisation) if by is None else None, problem=problem
        )
    return show_sent(request, sent)


def show_form(
    request: HttpRequest,
    organisation: Organisation,
    written: Written,
    *,
    challenge: proof.Challenge | None,
    problem: str | None = None,
    **more: Any,
) -> HttpResponse:
    """The form; with a ``problem`` it comes back (422) with every text still in it."""
    chosen_files = bool(request.method == "POST" and request.FILES)
    errors = dict(written.errors) | ({"files": " ".join(_file_problems(request))} if _file_problems(request) else {})
    context = {
        "heading": _("Report to %(name)s") % {"name": organisation.name},
        "organisation": organisation,
        "written": written,
        "texts": written.texts,
        "signs": [current_pack().signs[code] for code in written.answers.signs],
        # Answered in the check: it folds away with the signs, so that nothing is asked twice.
        "about_known": bool(written.answers.signs) and written.answers.situation.about in ("person", "place"),
        "errors": errors,
        "problem": problem,
        "files_lost": chosen_files and problem is not None,
        "challenge": challenge.signed(key()) if challenge is not None else "",
        "wait": proof.wait_for(spent_lately(organisation, now=timezone.now()), urgent=written.urgent),
        "manners": [(code, *words) for code, words in MANNERS.items()],
        "channels": list(CHANNELS.items()),
        "max_text": MAX_TEXT,
        "most_files": MOST_FILES,
        "what_we_take": what_we_take(),
        **more,
    }
    return render(request, "reports/reporter/form.html", context, status=200 if problem is None else 422)


def show_sent(request: HttpRequest, sent: Submitted) -> HttpResponse:
    """The receipt, once: it stands in no address, no history and no log."""
    context = {
        "heading": _("Your report has been sent"),
        "report": sent.report,
        "organisation": sent.report.organisation,
        "code": sent.receipt,
        "code_groups": (sent.receipt or "").split("-"),
        "receipt_page": on_this_site(reverse("reports:receipt")),
        "marks": track(sent.report),
    }
    return render(request, "reports/reporter/sent.html", context)


def _challenge(organisation: Organisation) -> proof.Challenge:
    now = timezone.now()
    bits = proof.bits_for(spent_lately(organisation, now=now))
    return proof.Challenge(str(organisation.pk), now, bits, secrets.token_hex(16))


def _judged(
    request: HttpRequest, organisation: Organisation, written: Written
) -> tuple[proof.Challenge | None, proof.Verdict]:
    now: dt.datetime = timezone.now()
    challenge = proof.read(request.POST.get("challenge", ""), key())
    verdict = proof.judge(
        challenge,
        request.POST.get("proof", ""),
        organisation=str(organisation.pk),
        now=now,
        spent=spent_lately(organisation, now=now),
        urgent=written.urgent,
    )
    return challenge, verdict


def _file_problems(request: HttpRequest) -> list[str]:
    return getattr(request, "file_problems", [])


def key() -> bytes:
    """What challenges are signed with: derived from the secret of this installation."""
    return salted_hmac("baken.reports.proof", "challenge", algorithm="sha256").digest()
