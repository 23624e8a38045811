"""Pages that belong to no capability: start, sources, privacy, accessibility, about, offline, quick exit, health."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from baken import __version__
from baken.audience import public
from baken.packs.facts import LocatedFact, facts_of
from baken.packs.fingerprint import pack_fingerprint
from baken.packs.loader import countries, load_pack
from baken.recognise.current import current_pack

WORKER = "baken/sw.js"
KEPT_OFFLINE = (
    "baken.css",
    "exit.js",
    "app.js",
    "page.js",
    "check.js",
    "directory.css",
    "map.js",
    "signed.js",
    "result.js",
    "copy.js",
    "engine.js",
    "places.js",
    "meldcode.js",
    "icons.svg",
    "favicon.svg",
    "logo.svg",
)
"""Static files that the service worker keeps, so that the check works without a network."""


@public
@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Send the reader to the start page in a language of theirs that we speak."""
    language = translation.get_language_from_request(request)
    if language in settings.BAKEN_HELP_LANGUAGES:
        language = settings.LANGUAGE_CODE
    with translation.override(language):
        return HttpResponseRedirect(reverse("ui:start"))


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """At most five things, and the emergency line."""
    return render(request, "ui/start.html", {"heading": _("What do you need now?")})


SOURCE_TITLES = {
    "doors": gettext_lazy("Whom to call"),
    "regions": gettext_lazy("Your municipality"),
    "places": gettext_lazy("Municipality"),
    "professions": gettext_lazy("Kinds of work"),
    "footings": gettext_lazy("What you may share"),
    "meldcode": gettext_lazy("Meldcode"),
    "pages": gettext_lazy("Do you need help yourself?"),
    "instruments": gettext_lazy("What you may notice"),
    "routes": gettext_lazy("What you can do now"),
}
"""Headings of the page with sources, by the file of a pack."""


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """The facts of one file of one pack, under a heading that a reader understands."""

    code: str
    title: str
    facts: list[LocatedFact]


@public
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Every fact of this installation with its source, its date and how sure it is."""
    today = timezone.localdate()
    found = facts_of(current_pack())
    groups = [
        SourceGroup(code, str(SOURCE_TITLES.get(code, code)), [fact for fact in found if fact.file == code])
        for code in dict.fromkeys(f.file for f in found)
    ]
    context = {
        "heading": _("Sources and dates"),
        "lead": _("Every fact on this site carries a source, the day it was checked and how sure it is."),
        "groups": groups,
        "overdue": [fact for fact in found if fact.fact.check_by < today],
        "today": today,
    }
    return render(request, "ui/sources.html", context)


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What this site keeps: nothing."""
    return render(request, "ui/privacy.html", {"heading": _("Your privacy")})


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(
        request, "ui/accessibility.html", {"heading": _("Accessibility"), "reviewed_on": dt.date(2026, 11, 21)}
    )


@public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What Baken is, for whom, and what it does not do."""
    return render(request, "ui/about.html", {"heading": _("About Baken"), "version": __version__})


@public
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Shown by the service worker when there is no network and the page was not kept."""
    return render(request, "ui/offline.html", {"heading": _("No connection")})


@public
@require_safe
def leave(_request: HttpRequest) -> HttpResponse:
    """Quick exit: forget what the browser kept of this site and go to a neutral page."""
    response = HttpResponseRedirect(settings.BAKEN_EXIT_URL)
    # Not "storage": the page's own mark that somebody left must stay in the tab, so that Back does not return.
    response["Clear-Site-Data"] = '"cache"'
    return response


@public
@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """For a load balancer: can this process read its packs and its database?"""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        database = "ok"
    except OperationalError:
        database = "unreachable"
    packs = {country: load_pack(country).info.status for country in countries()}
    status = 200 if database == "ok" else 503
    return JsonResponse({"database": database, "packs": packs, "version": __version__}, status=status)


@public
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Search engines may list the site; the embedded frame is not a page of its own."""
    return HttpResponse("User-agent: *\nDisallow: /embed/\n", content_type="text/plain; charset=utf-8")


@public
@require_safe
def manifest(_request: HttpRequest) -> HttpResponse:
    """The web app manifest, with a neutral name."""
    icon = {"src": staticfiles_storage.url("baken/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}
    data = {"name": "Baken", "short_name": "Baken", "start_url": "/", "display": "browser", "icons": [icon]}
    return JsonResponse(data, content_type="application/manifest+json")


@public
@require_safe
def service_worker(_request: HttpRequest) -> HttpResponse:
    """The service worker, preceded by the addresses of the files it keeps (they carry a hash of their content)."""
    assets = [staticfiles_storage.url(f"baken/{name}") for name in KEPT_OFFLINE]
    source = _static_text(WORKER)
    text = f"self.BAKEN_ASSETS = {json.dumps(assets)};\nself.BAKEN_VERSION = {json.dumps(_build(assets))};\n{source}"
    return HttpResponse(text, content_type="text/javascript; charset=utf-8", headers={"Service-Worker-Allowed": "/"})


def _static_path(name: str) -> str | None:
    found = finders.find(name)
    return found if isinstance(found, str) else None


@cache
def _static_text(name: str) -> str:
    path = _static_path(name)
    return Path(path).read_text(encoding="utf-8") if path else ""


def _build(assets: list[str]) -> str:
    """Changes when anything that is kept offline changes: a file, a pack, or a translation."""
    digest = hashlib.sha256("\n".join(assets).encode())
    digest.update(pack_fingerprint().encode())
    return digest.hexdigest()[:12]
