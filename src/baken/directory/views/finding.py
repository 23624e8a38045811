"""Finding in the social map. What somebody looks for travels by POST: it is in no address and in no log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from baken.audience import public
from baken.directory import labels
from baken.directory.actions.failed import record_failed
from baken.directory.device import page_key
from baken.directory.finding.relaxing import Wish
from baken.directory.forms import DISTANCES, EMPTY, Filled, read
from baken.directory.hits import hits_shown
from baken.directory.queries import Audience, languages_spoken
from baken.directory.readers import audience_of, pages_of
from baken.directory.search import Found, find
from baken.packs.pack import Pack
from baken.packs.situation import Situation
from baken.recognise.current import current_pack
from baken.routes.cards import route_context
from baken.routes.router import route

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NATIONAL_DOORS = 5
RELAXED: Mapping[Wish, _StrPromise] = {
    Wish.DISTANCE: gettext_lazy("Further away than you asked; the nearest come first."),
    Wish.LANGUAGE: gettext_lazy("Not in that language themselves, but with an interpreter."),
    Wish.HOURS: gettext_lazy("Not open at that moment; we say when they open."),
    Wish.FORM: gettext_lazy("Not especially for what you think is going on."),
}
"""What was let go of where nothing was found, in the order in which that is tried."""


@require_http_methods(["GET", "HEAD", "POST"])
def find_page(request: HttpRequest) -> HttpResponse:
    """The form; after a post also what was found, and never nothing."""
    now = timezone.localtime()
    audience = audience_of(request)
    pack = current_pack()
    languages = sorted({*labels.SPOKEN, *languages_spoken(audience)})
    filled = read(request.POST, pack, languages=languages, now=now) if request.method == "POST" else EMPTY
    context = _form_context(filled, languages, now) | pages_of(request)
    if request.method != "POST" or filled.errors:
        return render(request, "directory/find.html", context, status=422 if filled.errors else 200)
    found = find(filled.asked, audience, pack.country)
    if found.failed and filled.asked.page == 1:
        place = filled.asked.municipality
        record_failed(codes=found.failed, region=place.province if place else "", now=now)
    context |= _found_context(found, filled, audience, pack, now)
    return render(request, "directory/find.html", context)


@public
def search(request: HttpRequest) -> HttpResponse:
    """The same for everybody."""
    return find_page(request)


def _form_context(filled: Filled, languages: list[str], now: dt.datetime) -> dict[str, Any]:
    named = sorted((labels.language_name(code), code) for code in languages)
    return {
        "heading": _("Look for help"),
        "lead": _("The social map: who helps with what, for whom, where, and in which language."),
        "filled": filled,
        "typed": filled.typed,
        "errors": filled.errors,
        "facets": filled.facets(),
        "languages": [(code, name) for name, code in named],
        "distances": DISTANCES,
        "first_day": now.date(),
        "last_day": now.date() + dt.timedelta(days=13),
        "more_open": bool(filled.asked.chosen),
        "map_key": page_key(),
    }


def _found_context(found: Found, filled: Filled, audience: Audience, pack: Pack, now: dt.datetime) -> dict[str, Any]:
    relaxed = [str(RELAXED[wish]) for wish in found.relaxed]
    context: dict[str, Any] = {
        "found": found,
        "hits": hits_shown(found.services, filled.asked, audience, now),
        "facets": filled.facets(found.counts),
        "chosen": filled.chosen(),
        "relaxed": relaxed,
        "next_page": filled.asked.page + 1,
        "place": filled.asked.municipality,
        "professional": audience != "public",
    }
    if found.national or found.relaxed:
        national = route(pack=pack, situation=_situation(filled), municipality=filled.asked.municipality, now=now)
        context["doors"] = route_context(national)["doors"][:NATIONAL_DOORS]
    return context


def _situation(filled: Filled) -> Situation:
    """What the router may know from a search: the age when one was ticked, and nothing else."""
    ages = [facet.removeprefix("a:") for facet in filled.asked.chosen if facet.startswith("a:")]
    return Situation(age=ages[0]) if len(ages) == 1 else Situation()
