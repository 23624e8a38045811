"""The result of a check: what to do now, what not, whom to call, on which footing - and why."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baken.audience import public
from baken.packs.pack import Pack
from baken.recognise.check import CheckResult, run_check
from baken.recognise.current import current_pack
from baken.recognise.questions import MORE_QUESTIONS, Answers, questions, read_answers
from baken.recognise.views import check_context
from baken.routes.cards import first_calls, route_context
from baken.routes.charts import bars
from baken.routes.explain import explained
from baken.routes.reporting import report_places
from baken.routes.router import route


@public
@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest) -> HttpResponse:
    """Assess a posted check. Without a post there is nothing to show, so the reader goes to the form."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("recognise:check"))
    pack = current_pack()
    answers = read_answers(request.POST, pack)
    if answers.errors:
        return render(request, "recognise/check.html", check_context(pack, answers), status=422)
    return render(request, "routes/result.html", result_context(pack, answers))


def result_context(pack: Pack, answers: Answers) -> dict[str, Any]:
    """Everything the result page and its print-outs show."""
    situation = answers.situation
    checked = run_check(pack=pack, signs=answers.signs, situation=situation)
    found = route(pack=pack, situation=checked.situation, municipality=answers.municipality, now=timezone.now())
    shown = route_context(found)
    return {
        "heading": _("What you can do now"),
        "answers": answers,
        "checked": checked,
        "assessments": explained(pack, checked, timezone.localdate()),
        "charts": _charts(pack, checked),
        "signs": [pack.signs[code] for code in checked.signs],
        "questions": questions(MORE_QUESTIONS, situation),
        "profession": pack.professions.get(situation.profession),
        "hidden_for_more": answers.hidden(*MORE_QUESTIONS, "municipality"),
        "hidden": answers.hidden(),
        **shown,
        "report_places": report_places(pack, answers.municipality),
        "first_calls": first_calls(shown["doors"], urgent=checked.action == "call_now"),
    }


def _charts(pack: Pack, checked: CheckResult) -> list[dict[str, Any]]:
    """A picture of the dimensions for each instrument that has a rule."""
    return [
        {"title": pack.instruments[item.instrument].title, "bars": bars(item)}
        for item in checked.assessments
        if pack.instruments[item.instrument].kind == "rule"
    ]
