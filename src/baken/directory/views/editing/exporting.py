"""Giving the map out: as files of the exchange, and on paper for one municipality."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baken.audience import needs
from baken.directory.exchange.giving import FORMS
from baken.directory.exchange.paper import municipality_pdf
from baken.directory.queries import Audience
from baken.packs.places import UnknownPlaceError
from baken.people.actor import MemberRequest
from baken.people.permissions import Permission
from baken.recognise.current import current_pack
from baken.routes.pdf import PdfUnavailableError, pdf_response, unavailable

OFFERED = {
    "hsds": (gettext_lazy("HSDS 3.1, JSON"), gettext_lazy("For other systems; can be taken in again without loss.")),
    "tabular": (gettext_lazy("HSDS 3.1, tables in a zip"), gettext_lazy("The same, as a data package.")),
    "csv": (gettext_lazy("One table (CSV)"), gettext_lazy("For a spreadsheet; can be taken in again.")),
    "geojson": (gettext_lazy("Map points (GeoJSON)"), gettext_lazy("Public places only.")),
}
TYPES = {"json": "application/json", "zip": "application/zip", "csv": "text/csv", "geojson": "application/geo+json"}
AUDIENCES: dict[str, Audience] = {"public": "public", "all": "editors"}


@needs(Permission.DIRECTORY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def give_out(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """What can be taken along; and a sheet of paper for a municipality."""
    place, problem = request.POST.get("place", "").strip()[:60], ""
    if request.method == "POST":
        try:
            found = current_pack().places.find(place)
            pdf = municipality_pdf(found, language=get_language() or settings.LANGUAGE_CODE, now=timezone.now())
            return pdf_response(pdf, f"help-{found.code}.pdf")
        except PdfUnavailableError:
            return unavailable(request)
        except UnknownPlaceError as error:
            problem = _("We do not know this municipality or postcode.")
            if error.suggestions:
                problem += " " + _("Do you mean %(names)s?") % {"names": ", ".join(error.suggestions)}
    context = {
        "heading": _("Give the map out"),
        "organisation": request.organisation,
        "files": [(code, *words) for code, words in OFFERED.items()],
        "place": place,
        "problem": problem,
    }
    return render(request, "directory/editing/export.html", context, status=422 if problem else 200)


@needs(Permission.DIRECTORY_EDIT)
@require_safe
def give_file(request: MemberRequest, organisation_id: uuid.UUID, form: str, whose: str) -> HttpResponse:
    """One file: what everybody may see, or everything that editors see."""
    if form not in OFFERED or whose not in AUDIENCES:
        raise Http404
    now = timezone.now()
    ending, make = FORMS[form]
    response = HttpResponse(make(AUDIENCES[whose], now), content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="map-{whose}-{timezone.localdate(now)}.{ending}"'
    return response
