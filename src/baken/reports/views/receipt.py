"""Follow a report with a receipt. The code travels by POST only, each time anew: no cookie, no session, no address."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from baken.audience import public
from baken.people.actor import Acting
from baken.recognise.current import current_pack
from baken.recognise.personal_data import find_personal_data
from baken.reports.actions.reporter import answer, note_read, note_unreadable
from baken.reports.attaching import MOST_FILES, names_of, prepare_files
from baken.reports.dialogue import dialogue_of
from baken.reports.errors import NoInbox
from baken.reports.models import Report
from baken.reports.opened import sealed_of
from baken.reports.queries import by_lookup, is_a_flood
from baken.reports.reporter_form import clean
from baken.reports.track import track
from baken.routes.note import KINDS, MAX_TEXT
from baken.vault.errors import Flaw, UnreadableCode, VaultError
from baken.vault.files.serving import download
from baken.vault.files.upload import SealedUpload, accepts_files
from baken.vault.files.words import what_we_take
from baken.vault.models import Sealed
from baken.vault.receipts import read_receipt
from baken.vault.secret import KeyPair

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FLAWS: Mapping[Flaw, _StrPromise] = {
    Flaw.LENGTH: gettext_lazy(
        "A receipt has 21 letters and digits. There are more or fewer here. Look whether a group is missing."
    ),
    Flaw.CHARACTER: gettext_lazy(
        "There is a character in it that no receipt has. It holds letters and digits only, and never a U."
    ),
    Flaw.CHECK: gettext_lazy(
        "One letter or digit is different from what we gave, or two changed places. Compare it group by group."
    ),
}


@public
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Type the receipt, and see the report."""
    if request.method != "POST":
        return _ask(request)
    found = _found(request)
    if isinstance(found, HttpResponse):
        return found
    report, pair = found
    with pair.private:
        return show_report(request, report, pair, by=None)


@accepts_files
@public
@require_http_methods(["GET", "HEAD", "POST"])
def receipt_answer(request: HttpRequest) -> HttpResponseBase:
    """Answer, or add text and files."""
    if request.method != "POST":
        return redirect("reports:receipt")
    found = _found(request)
    if isinstance(found, HttpResponse):
        return found
    report, pair = found
    with pair.private:
        problem = add_to(request, report, by=None)
        return show_report(request, report, pair, by=None, problem=problem, sent=not problem)


@public
@require_POST
def receipt_file(request: HttpRequest) -> HttpResponseBase:
    """One file of the dialogue, as a download."""
    found = _found(request)
    if isinstance(found, HttpResponse):
        return found
    report, pair = found
    note_read(report, by=None, now=timezone.now())
    return give_file(request, report, pair)


def add_to(request: HttpRequest, report: Report, *, by: Acting | None) -> dict[str, Any]:
    """Keep an answer with its files. Returns what is wrong, with what was typed; nothing when it was sent."""
    text = clean(request.POST.get("text", ""))
    uploads = cast("list[SealedUpload]", request.FILES.getlist("files"))
    lost = bool(uploads)
    if is_a_flood(report, len(uploads), now=timezone.now()):
        error = _("A lot was sent in a short time. Your text is still here: send it again in an hour.")
        return {"text": text, "error": error, "files_lost": lost}
    if not text and not uploads:
        return {"text": text, "error": _("Write something, or choose a file.")}
    if len(text) > MAX_TEXT:
        error = _("This text is too long: use at most %(count)d characters. Nothing was lost.") % {"count": MAX_TEXT}
        return {"text": text, "error": error, "files_lost": lost}
    region = current_pack().info.phone_region
    hints = [(str(KINDS[item.kind]), item.text) for item in find_personal_data(text, region=region)]
    if hints and request.POST.get("seen") != "1":
        return {"text": text, "hints": list(dict.fromkeys(hints)), "files_lost": lost}
    files, problems = prepare_files(uploads, report.organisation_id)
    if problems:
        return {"text": text, "error": " ".join(problems), "files_lost": lost}
    try:
        answer(
            report,
            by=by,
            text=text or _("(only files)"),
            once=_once(request),
            files=files,
            now=timezone.now(),
        )
    except NoInbox:
        error = _("This organisation cannot receive anything at the moment. Your text is still here: try again later.")
        return {"text": text, "error": error, "files_lost": lost}
    report.refresh_from_db()
    return {}


def show_report(
    request: HttpRequest,
    report: Report,
    pair: KeyPair,
    *,
    by: Acting | None,
    problem: Mapping[str, Any] | None = None,
    sent: bool = False,
) -> HttpResponse:
    """The track, the dialogue, and where to write; what was new is read from now on."""
    try:
        dialogue = dialogue_of(report, pair)
    except VaultError:
        return _damaged(request, report, by=by)
    context = {
        "heading": _("Your report %(reference)s") % {"reference": report.reference},
        "report": report,
        "organisation": report.organisation,
        "marks": track(report),
        "dialogue": dialogue,
        "problem": problem or {},
        "sent": sent,
        "once": request.POST.get("once", "") if problem else uuid.uuid4().hex,
        "code": request.POST.get("code", "") if by is None else "",
        "member": by is not None,
        "base": "ui/base.html" if by is None else "people/base.html",
        "most_files": MOST_FILES,
        "what_we_take": what_we_take(),
    }
    note_read(report, by=by, now=timezone.now())
    return render(request, "reports/reporter/followed.html", context, status=422 if problem else 200)


def _damaged(request: HttpRequest, report: Report, *, by: Acting | None) -> HttpResponse:
    """Something was changed behind our back: show none of it, and note that it was tried."""
    note_unreadable(report, by=by, now=timezone.now())
    text = _(
        "Something in this report was changed or lost, so we do not show it. Tell the focal point, and name the reference."
    )
    heading = _("Your report %(reference)s") % {"reference": report.reference}
    return render(request, "ui/problem.html", {"heading": heading, "text": text}, status=500)


def give_file(request: HttpRequest, report: Report, pair: KeyPair) -> HttpResponseBase:
    """The file that a form names, when it is one of this report that the pair opens. Raises Http404."""
    typed = request.POST.get("file", "")
    row = report.attachments.filter(pk=typed).first() if _is_uuid(typed) else None
    named = names_of([row], pair) if row is not None and (row.from_reporter or row.message_id) else []
    sealed: Sealed | None = (
        sealed_of("attachment", [row.pk], pair).filter(field="file").first() if row is not None else None
    )
    if not named or sealed is None:
        raise Http404
    return download(sealed, pair, media_type=named[0].media_type, filename=named[0].name)


def _found(request: HttpRequest) -> tuple[Report, KeyPair] | HttpResponse:
    """The report of the typed code with its pair; or the page that asks for the code again.

    One that never was and one whose content is erased take the same way: the same question to the database, the same page.
    """
    typed = request.POST.get("code", "")
    try:
        read = read_receipt(typed)
    except UnreadableCode as error:
        return _ask(request, typed=typed, error=str(FLAWS[error.flaw]))
    report = by_lookup(read.lookup)
    if report is None:
        read.pair.wipe()
        error_text = _(
            "There is nothing to see with this receipt. Look whether each group is right. When it is, the time that we "
            "keep a report is over, and its content is gone."
        )
        return _ask(request, typed=typed, error=error_text)
    return report, read.pair


def _ask(request: HttpRequest, *, typed: str = "", error: str = "") -> HttpResponse:
    context = {
        "heading": _("Follow your report"),
        "lead": _(
            "Type the receipt that you got when you reported. You see how far it is, and you can read and answer."
        ),
        "typed": typed[:60],
        "errors": {"code": error} if error else {},
    }
    return render(request, "reports/reporter/receipt.html", context, status=422 if error else 200)


def _once(request: HttpRequest) -> uuid.UUID:
    typed = request.POST.get("once", "")
    return uuid.UUID(typed) if _is_uuid(typed) else uuid.uuid4()


def _is_uuid(typed: str) -> bool:
    try:
        uuid.UUID(typed)
    except ValueError:
        return False
    return True
