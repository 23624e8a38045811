"""The Meldcode step by step, for professions under it; the internal route for all others. Nothing is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baken.audience import public
from baken.packs.pack import Pack
from baken.packs.schema.people import Meldcode
from baken.recognise.current import current_pack
from baken.recognise.questions import Answers, questions, read_answers
from baken.routes.cards import fact_card, route_context
from baken.routes.meldcode import SKIPPABLE, STEP_OF, STEPS
from baken.routes.meldcode_form import Filled, act, read_form
from baken.routes.meldcode_record import record_text
from baken.routes.professions import choice_context
from baken.routes.router import route

INTERNAL_DOORS = ("emergency", "focal_point", "veilig_thuis", "national_coordinator")
"""Doors of the internal route, besides those that the situation asks for: advice without a name."""


@public
@require_http_methods(["GET", "HEAD", "POST"])
def meldcode(request: HttpRequest) -> HttpResponse:
    """Choose your work, then the guide or the internal route. Only the reader's own work may stand in the address."""
    pack = current_pack()
    if pack.meldcode is None:
        raise Http404("this country has no reporting code")
    posted = request.method == "POST"
    chosen = (request.POST if posted else request.GET).get("profession", "")
    filled = read_form(request.POST) if posted else Filled()
    if chosen not in pack.professions:
        return _choose(request, pack, pack.meldcode, chosen, filled)
    answers = read_answers(_home_situation(request.POST), pack)
    answers = replace(answers, situation=replace(answers.situation, profession=chosen))
    if not pack.professions[chosen].meldcode:
        return _internal_route(request, pack, pack.meldcode, answers)
    if posted and (what := request.POST.get("act")) and not filled.errors:
        filled = act(filled, what, request.POST.get("chosen", ""))
    return _guide(request, pack, pack.meldcode, filled, answers)


def _home_situation(data: QueryDict) -> QueryDict:
    """The Meldcode is about a person in the domestic circle; only age and municipality may be told."""
    home = QueryDict(mutable=True)
    home.update({"about": "person", "sphere": "home", **_told(data)})
    return home


def _told(data: QueryDict) -> dict[str, str]:
    return {name: value for name in ("age", "municipality") if (value := data.get(name))}


def _choose(request: HttpRequest, pack: Pack, words: Meldcode, chosen: str, filled: Filled) -> HttpResponse:
    posted = request.method == "POST"
    context = {
        "heading": _("Meldcode or internal route"),
        "lead": _("Your work decides which steps you follow."),
        "hidden": [*filled.hidden(all_of_it=True), *_told(request.POST).items()] if posted else [],
        "meldcode": words,
        "fact": fact_card(words, timezone.localdate()),
        **choice_context(pack, chosen, wrong=bool(chosen) or posted),
    }
    return render(request, "routes/meldcode_choose.html", context, status=422 if posted else 200)


def _internal_route(request: HttpRequest, pack: Pack, words: Meldcode, answers: Answers) -> HttpResponse:
    situation = replace(answers.situation, sphere="unknown")
    found = route_context(route(pack=pack, situation=situation, municipality=answers.municipality, now=timezone.now()))
    context = {
        "heading": _("Your internal route"),
        "lead": _("The Meldcode law does not apply to your work. This is how you act."),
        "profession": pack.professions[situation.profession],
        "answers": answers,
        "errors": answers.errors,
        "steps": [{"text": text} for text in words.internal_route.values()],
        "words": words,
        "fact": fact_card(words, timezone.localdate()),
        **found,
        "doors": sorted(
            (door for door in found["doors"] if door["id"] in INTERNAL_DOORS),
            key=lambda door: door["id"] != "focal_point",
        ),
    }
    return render(request, "routes/meldcode_internal.html", context, status=422 if answers.errors else 200)


def _guide(request: HttpRequest, pack: Pack, words: Meldcode, filled: Filled, answers: Answers) -> HttpResponse:
    profession = pack.professions[answers.situation.profession]
    context: dict[str, Any] = {
        "heading": _("Meldcode, step by step"),
        "profession": profession,
        "words": words,
        "answers": answers,
        "errors": {**filled.errors, **answers.errors},
        "filled": filled,
        "hidden": [("profession", answers.situation.profession), *_carried(filled, answers), *filled.hidden()],
        "stepper": _stepper(words, filled),
        "ended": filled.guide.ended,
        "fact": fact_card(words, timezone.localdate()),
        **(_end(pack, words, filled, answers, profession.name) if filled.at_end else _step(words, filled)),
    }
    return render(request, "routes/meldcode.html", context, status=422 if context["errors"] else 200)


def _carried(filled: Filled, answers: Answers) -> list[tuple[str, str]]:
    """Age and municipality are asked at the end; before that they travel along."""
    if filled.at_end:
        return []
    return [("age", answers.situation.age), ("municipality", answers.municipality_text)]


def _stepper(words: Meldcode, filled: Filled) -> list[dict[str, Any]]:
    guide = filled.guide
    return [
        {
            "code": step,
            "title": words.steps[step].title,
            "number": number,
            "status": guide.status_of(step) if guide.may_go(step) else "open",
            "current": not filled.at_end and guide.current == step,
            "may_go": guide.may_go(step),
        }
        for number, step in enumerate(STEPS, start=1)
    ]


def _step(words: Meldcode, filled: Filled) -> dict[str, Any]:
    guide, here = filled.guide, filled.guide.current
    asked = guide.weighing.next if here not in SKIPPABLE else None
    return {
        "here": here,
        "number": STEPS.index(here) + 1,
        "before": STEPS[STEPS.index(here) - 1] if here != STEPS[0] else "",
        "after": STEPS[STEPS.index(here) + 1] if here != STEPS[-1] else "",
        "step": words.steps[here],
        "note": filled.notes.get(here, ""),
        "skippable": here in SKIPPABLE,
        "reason": filled.typed.get(f"reason_{here}", ""),
        "reason_error": filled.errors.get(f"reason_{here}", ""),
        "closing": filled.typed.get("closing", ""),
        "closing_error": filled.errors.get("closing", ""),
        "asked": words.questions[asked] if asked and STEP_OF[asked] == here else None,
        "given": _given(words, filled, here),
    }


def _given(words: Meldcode, filled: Filled, here: str | None) -> list[dict[str, Any]]:
    """The questions that were answered; ``here`` says of which step, None all."""
    return [
        {"code": question, "text": words.questions[question].text, "yes": answer == "yes"}
        for question, answer in filled.guide.weighing.answered
        if here is None or STEP_OF[question] == here
    ]


def _end(pack: Pack, words: Meldcode, filled: Filled, answers: Answers, profession: str) -> dict[str, Any]:
    guide, now = filled.guide, timezone.now()
    conclusion = "close" if guide.closed is not None else guide.conclusion or "close"
    found = route(pack=pack, situation=answers.situation, municipality=answers.municipality, now=now)
    return {
        "conclusion": conclusion,
        "conclusion_text": words.conclusions[conclusion],
        "reporting": conclusion in ("report", "report_and_help"),
        "together": [words.questions[question] for question in guide.weighing.together if guide.closed is None],
        "given": _given(words, filled, None),
        "questions": questions(("age",), answers.situation),
        "record": record_text(
            meldcode=words, guide=guide, notes=filled.notes, profession=profession, now=timezone.localtime(now)
        ),
        **route_context(found),
    }
