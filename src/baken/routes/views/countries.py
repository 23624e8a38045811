"""Doors in other countries: for when a person is there, goes back there, or has family there."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from baken.audience import public
from baken.packs.catalogues import has_drafts
from baken.packs.loader import ROOT, UnknownPackError, load_pack
from baken.packs.loader import countries as known_countries
from baken.recognise.current import current_pack
from baken.routes.plain_doors import plain_door_cards


@public
@require_safe
def countries(request: HttpRequest) -> HttpResponse:
    """The countries that have a pack, without the one that this installation is for."""
    others = [load_pack(code, get_language()) for code in known_countries() if code != settings.BAKEN_COUNTRY]
    context = {
        "heading": _("Whom to call in another country"),
        "lead": _("For when somebody is in another country, or thinks of going back there."),
        "countries": [{"code": pack.country, "name": pack.info.name, "doors": len(pack.doors)} for pack in others],
    }
    return render(request, "routes/countries.html", context)


@public
@require_safe
def country(request: HttpRequest, code: str) -> HttpResponse:
    """Every door that the pack of a country knows."""
    if code == settings.BAKEN_COUNTRY:
        return HttpResponseRedirect(reverse("routes:doors"))
    try:
        pack = load_pack(code, get_language())
    except UnknownPackError as error:
        raise Http404(str(error)) from error
    home = current_pack().info.phone_region
    context = {
        "heading": _("Whom to call in %(country)s") % {"country": pack.info.name},
        "info": pack.info,
        # Other packs have another source language, so even a Dutch reader may see a draft here.
        "draft_translation": pack.language != pack.info.source_language and has_drafts(ROOT / code, pack.language),
        "doors": plain_door_cards(pack=pack, doors=pack.doors, now=timezone.now(), shown_in=home),
    }
    return render(request, "routes/country.html", context)
