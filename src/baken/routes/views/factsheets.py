"""Factsheets per profession: choose one, read it, print it, take a set for an organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baken.audience import public
from baken.packs.pack import Pack
from baken.packs.places import Municipality
from baken.packs.schema.people import Profession
from baken.recognise.current import current_pack, site_languages
from baken.recognise.questions import read_answers
from baken.routes.factsheets import UnknownProfessionError, factsheet
from baken.routes.pdf import PdfUnavailableError, pdf_response, unavailable
from baken.routes.sheets import MAX_ORGANISATION, SheetOrder, sheet_context, sheet_pdf, sheet_set

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MAX_SHEETS = 60
"""Sheets in one set: making them takes this server up to a second each."""

ALL = "all"

SECTORS: Mapping[str, _StrPromise] = {
    "municipal": gettext_lazy("Municipality"),
    "care": gettext_lazy("Health care"),
    "education": gettext_lazy("Education"),
    "support": gettext_lazy("Support and youth"),
    "asylum": gettext_lazy("Reception and guardianship"),
    "enforcement": gettext_lazy("Police and inspection"),
    "volunteer": gettext_lazy("Volunteers"),
    "other": gettext_lazy("Other work"),
}


@dataclass(frozen=True, slots=True)
class SectorGroup:
    """The professions of one sector."""

    title: str
    professions: list[tuple[str, Profession]]


@dataclass(frozen=True, slots=True)
class Place:
    """The reader's own municipality as typed: it says nothing about any person, so it may stand in an address."""

    municipality: Municipality | None
    typed: str
    error: str = ""

    @property
    def status(self) -> int:
        """HTTP status of a page for this place."""
        return 422 if self.error else 200

    @property
    def errors(self) -> dict[str, str]:
        """Field -> what is wrong with it."""
        return {"municipality": self.error} if self.error else {}

    @property
    def query(self) -> str:
        """To put behind the address of another sheet."""
        return f"?municipality={self.municipality.code}" if self.municipality else ""


def _place(data: QueryDict, pack: Pack) -> Place:
    only = QueryDict(mutable=True)
    only["municipality"] = data.get("municipality", "")
    answers = read_answers(only, pack)
    return Place(answers.municipality, answers.municipality_text, answers.errors.get("municipality", ""))


@public
@require_safe
def factsheets(request: HttpRequest) -> HttpResponse:
    """Every profession, and the form for a set."""
    pack = current_pack()
    place = _place(request.GET, pack)
    return render(request, "routes/factsheets.html", _list_context(pack, place), status=place.status)


@public
@require_safe
def sheet(request: HttpRequest, profession: str) -> HttpResponse:
    """The sheet of one profession as a page."""
    return _sheet_page(request, profession, _place(request.GET, current_pack()))


@public
@require_safe
def pdf(request: HttpRequest, profession: str) -> HttpResponse:
    """The sheet of one profession as a PDF of two pages."""
    place = _place(request.GET, current_pack())
    if place.error:
        return _sheet_page(request, profession, place)
    order = SheetOrder(profession, get_language() or settings.LANGUAGE_CODE, place.municipality)
    try:
        made = sheet_pdf(order, absolute=request.build_absolute_uri, request=request)
    except UnknownProfessionError:
        raise Http404 from None
    except PdfUnavailableError:
        return unavailable(request)
    return pdf_response(made, order.filename)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_zip(request: HttpRequest) -> HttpResponseBase:
    """The chosen sheets as one zip, sent while they are made. Without a post the reader goes to the form."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("routes:factsheets"))
    pack = current_pack()
    place = _place(request.POST, pack)
    wanted = request.POST.getlist("professions")
    chosen = [code for code in pack.professions if code in wanted or ALL in wanted]
    languages = [code for code in site_languages() if code in request.POST.getlist("languages")]
    errors = _set_errors(place, chosen, languages)
    if errors:
        context = _list_context(pack, place) | {
            "errors": errors,
            "chosen": wanted,
            "chosen_languages": languages,
            "organisation": request.POST.get("organisation", "")[:MAX_ORGANISATION],
        }
        return render(request, "routes/factsheets.html", context, status=422)
    name = " ".join(request.POST.get("organisation", "").split())[:MAX_ORGANISATION]
    orders = [SheetOrder(code, language, place.municipality, name) for language in languages for code in chosen]

    def make(order: SheetOrder) -> bytes:
        return sheet_pdf(order, absolute=request.build_absolute_uri, request=request)

    pieces = sheet_set(orders, make)
    try:
        first = next(pieces)
    except PdfUnavailableError:
        return unavailable(request)
    headers = {"Content-Disposition": 'attachment; filename="factsheets.zip"'}
    return StreamingHttpResponse(_after(first, pieces), content_type="application/zip", headers=headers)


def _after(first: bytes, rest: Any) -> Any:
    yield first
    yield from rest


def _set_errors(place: Place, chosen: list[str], languages: list[str]) -> dict[str, str]:
    errors = dict(place.errors)
    if not chosen:
        errors["professions"] = _("Choose at least one kind of work.")
    if not languages:
        errors["languages"] = _("Choose at least one language.")
    if len(chosen) * len(languages) > MAX_SHEETS:
        numbers = {"count": len(chosen) * len(languages), "most": MAX_SHEETS}
        errors["professions"] = _("This is %(count)d sheets. Choose at most %(most)d at a time.") % numbers
    return errors


def _list_context(pack: Pack, place: Place) -> dict[str, Any]:
    groups = [
        SectorGroup(str(title), [(code, item) for code, item in pack.professions.items() if item.sector == sector])
        for sector, title in SECTORS.items()
    ]
    return {
        "heading": _("Factsheets per profession"),
        "lead": _("Two pages for your work: what you notice, what you do, what you leave, and whom you call."),
        "groups": [group for group in groups if group.professions],
        "place": place,
        "languages": [(code, get_language_info(code)["name_local"]) for code in site_languages()],
        "chosen": [],
        "chosen_languages": [get_language()],
        "errors": place.errors,
        "most": MAX_SHEETS,
    }


def _sheet_page(request: HttpRequest, profession: str, place: Place) -> HttpResponse:
    try:
        made = factsheet(
            pack=current_pack(), profession=profession, municipality=place.municipality, now=timezone.now()
        )
    except UnknownProfessionError:
        raise Http404 from None
    context = sheet_context(made) | {
        "heading": made.profession.name,
        "lead": made.profession.intro,
        "place": place,
        "errors": place.errors,
    }
    return render(request, "routes/factsheet.html", context, status=place.status)
