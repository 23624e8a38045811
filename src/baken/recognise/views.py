"""The check page: tick what you notice."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baken.audience import public
from baken.packs.pack import Pack
from baken.recognise.current import current_pack
from baken.recognise.listing import sign_listing
from baken.recognise.questions import FIRST_QUESTIONS, Answers, questions, read_answers


@public
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The form. A post shows it again with what was filled in, in the words of the chosen profession."""
    pack = current_pack()
    # Only the reader's own work may stand in the address (links from factsheets); nothing about a person.
    data = request.POST if request.method == "POST" else QueryDict(mutable=True)
    if request.method != "POST" and request.GET.get("profession") in pack.professions:
        data = data.copy()
        data["profession"] = request.GET["profession"]
    return render(request, "recognise/check.html", check_context(pack, read_answers(data, pack)))


@public
@require_http_methods(["GET", "HEAD"])
def signs(request: HttpRequest) -> HttpResponse:
    """Only the list of signs in the words of one profession, for the page to swap in."""
    pack = current_pack()
    profession = request.GET.get("profession", "other")
    listing = sign_listing(pack=pack, profession=profession if profession in pack.professions else "other", ticked=())
    return render(request, "recognise/_signs.html", {"listing": listing})


def check_context(pack: Pack, answers: Answers) -> dict[str, object]:
    """Context of the check form; also used to show it again with an error."""
    situation = answers.situation
    return {
        "heading": _("What do you notice?"),
        "lead": _("Tick what you see, hear, know or read. Nothing you tick is kept."),
        "answers": answers,
        "errors": answers.errors,
        "questions": questions(FIRST_QUESTIONS, situation),
        "more_answers": answers.hidden("about", "age", "danger", "profession", "municipality", "signs"),
        "professions": [(code, item.name) for code, item in pack.professions.items()],
        "profession": pack.professions.get(situation.profession),
        "listing": sign_listing(pack=pack, profession=situation.profession, ticked=answers.signs),
    }
