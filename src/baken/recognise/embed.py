"""The check on somebody else's site: the script that defines ``<baken-check>``, and the page in its frame."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from baken.audience import public
from baken.recognise.current import current_pack
from baken.recognise.framing import FRAMED, framed
from baken.recognise.questions import read_answers
from baken.recognise.views import check_context

SCRIPT = Path(__file__).parent / "static" / "recognise" / "baken-check.js"
HOUR = 60 * 60
OWN_SETTINGS = ("profession", "municipality")
"""What the organisation that embeds the check may fill in beforehand: who its people are and where."""


@public
@require_safe
def script(_request: HttpRequest) -> HttpResponse:
    """The custom element, for any site."""
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cache-Control": f"public, max-age={HOUR}",
    }
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8", headers=headers)


@cache
def _script() -> str:
    return SCRIPT.read_text(encoding="utf-8")


@public
@framed
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The form, without the header and footer of the site."""
    pack = current_pack()
    data: QueryDict = request.POST
    if request.method != "POST":
        own = QueryDict(mutable=True)
        own.update({name: request.GET.get(name, "") for name in OWN_SETTINGS})
        data = own
    return render(request, "recognise/check.html", {**check_context(pack, read_answers(data, pack)), **FRAMED})
