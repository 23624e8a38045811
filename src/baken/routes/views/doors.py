"""Whom do I call now: the door page without a check."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baken.audience import public
from baken.recognise.current import current_pack
from baken.recognise.questions import MORE_QUESTIONS, questions, read_answers
from baken.routes.cards import route_context
from baken.routes.reporting import report_places
from baken.routes.router import route


@public
@require_http_methods(["GET", "HEAD", "POST"])
def doors(request: HttpRequest) -> HttpResponse:
    """The form with, below it, the doors for what was filled in; before anything is filled in, the doors that always hold."""
    pack = current_pack()
    answers = read_answers(request.POST, pack)
    found = route(pack=pack, situation=answers.situation, municipality=answers.municipality, now=timezone.now())
    context = {
        "heading": _("Whom do I call now?"),
        "lead": _("Fill in what you know. Everything may stay open."),
        "answers": answers,
        "errors": answers.errors,
        "asked": request.method == "POST" and not answers.errors,
        "questions": questions(("danger", "about", "age"), answers.situation),
        "more_questions": questions(MORE_QUESTIONS, answers.situation),
        "professions": [(code, item.name) for code, item in pack.professions.items()],
        "report_places": report_places(pack, answers.municipality),
        "hidden": answers.hidden(),
        **route_context(found),
    }
    return render(request, "routes/doors.html", context, status=422 if answers.errors else 200)
