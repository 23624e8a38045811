"""Print-outs of a check: the note for one's own file, and the result as a PDF. Both by post; nothing is stored."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baken.audience import public
from baken.recognise.check import run_check
from baken.recognise.current import current_pack
from baken.recognise.questions import answer_label, read_answers
from baken.routes.note import MAX_TEXT, Note, as_text, make_note, own_words, personal_hints
from baken.routes.pdf import PdfUnavailableError, pdf_response, render_pdf, unavailable
from baken.routes.router import route
from baken.routes.views.result import result_context
from baken.routes.words import WORDS


@public
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest) -> HttpResponse:
    """The note as a page, or with ``as=text`` or ``as=pdf`` as a file. Without a post the reader goes to the check."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("recognise:check"))
    pack = current_pack()
    answers = read_answers(request.POST, pack)
    words = own_words(request.POST)
    errors = dict(answers.errors) | {name: _too_long() for name in words.too_long}
    now = timezone.localtime()
    checked = run_check(pack=pack, signs=answers.signs, situation=answers.situation)
    found = route(pack=pack, situation=checked.situation, municipality=answers.municipality, now=now)
    made = make_note(pack=pack, words=words, checked=checked, route=found, now=now)
    wanted = "" if errors else request.POST.get("as")
    if wanted == "text":
        return _text_response(made)
    if wanted == "pdf":
        return _pdf(request, "routes/paper/note.html", {"note": made, "heading": made.title}, "note.pdf")
    context = {
        "heading": made.title,
        "lead": _("Copy or print this for your own file. Baken keeps nothing: close the page and it is gone."),
        "note": made,
        "text": as_text(made),
        "words": words,
        "hidden": answers.hidden(),
        "errors": errors,
        "hints": personal_hints(words, pack.info.phone_region),
        "max_text": MAX_TEXT,
    }
    return render(request, "routes/note.html", context, status=422 if errors else 200)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def result_pdf(request: HttpRequest) -> HttpResponse:
    """The result of a posted check as a PDF."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("recognise:check"))
    pack = current_pack()
    answers = read_answers(request.POST, pack)
    context = result_context(pack, answers)
    situation = answers.situation
    context |= {
        "action_text": WORDS[f"action_{context['checked'].action}"],
        "profession_name": pack.professions[situation.profession].name
        if situation.profession in pack.professions
        else "",
        "about": [
            answer_label(name, getattr(situation, name))
            for name in ("about", "age", "danger")
            if getattr(situation, name) != "unknown"
        ],
    }
    return _pdf(request, "routes/paper/result.html", context, "result.pdf")


def _too_long() -> str:
    return _("This text is too long: use at most %(count)d characters. Nothing was lost.") % {"count": MAX_TEXT}


def _text_response(made: Note) -> HttpResponse:
    # The byte order mark tells Notepad and its like that this is UTF-8, so that Cyrillic and accents survive.
    body = "\ufeff" + as_text(made).replace("\n", "\r\n")
    headers = {"Content-Disposition": 'attachment; filename="note.txt"'}
    return HttpResponse(body, content_type="text/plain; charset=utf-8", headers=headers)


def _pdf(request: HttpRequest, template: str, context: dict[str, Any], filename: str) -> HttpResponse:
    try:
        made = render_pdf(template, {**context, "LANGUAGE_CODE": get_language()}, request=request)
    except PdfUnavailableError:
        return unavailable(request)
    return pdf_response(made, filename)
