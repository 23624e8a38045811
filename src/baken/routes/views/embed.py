"""The result of a check inside the frame on somebody else's site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from baken.audience import public
from baken.recognise.current import current_pack
from baken.recognise.framing import FRAMED, framed
from baken.recognise.questions import read_answers
from baken.recognise.views import check_context
from baken.routes.views.result import result_context


@public
@framed
@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest) -> HttpResponse:
    """Assess a posted check, as on the site itself."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("recognise:embed"))
    pack = current_pack()
    answers = read_answers(request.POST, pack)
    if answers.errors:
        return render(request, "recognise/check.html", {**check_context(pack, answers), **FRAMED}, status=422)
    return render(request, "routes/result.html", {**result_context(pack, answers), **FRAMED})
