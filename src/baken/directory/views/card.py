"""The card to hand over: the card itself, as everybody may open it, and the page on which somebody hands it over."""

from __future__ import annotations

import io
import uuid
from typing import Any

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baken.audience import public
from baken.directory.carding import card_of
from baken.directory.cards import as_sms, as_text, sms_places
from baken.directory.views.loading import Loaded, carded_service, visible_service
from baken.people.links import on_this_site
from baken.recognise.current import site_languages
from baken.routes.pdf import PdfUnavailableError, pdf_response, render_pdf, unavailable
from baken.routes.sheets import qr_code


@public
@require_safe
def card(request: HttpRequest, card: str) -> HttpResponse:
    """The card as the person opens it: always neutral, whoever handed it over and however."""
    found = carded_service(card)
    made = card_of(found.record, found.facts, language=_language())
    return render(request, "directory/card.html", {"heading": made.title, "card": made})


@public
@require_safe
def short(request: HttpRequest, card: str, language: str = "") -> HttpResponse:
    """The address in the QR code: to the card in the language that was chosen, else in one of the reader's."""
    carded_service(card)
    if language not in site_languages():
        language = translation.get_language_from_request(request)
    with translation.override(language if language in site_languages() else settings.LANGUAGE_CODE):
        return HttpResponseRedirect(reverse("directory:card", args=[card]))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, service_id: uuid.UUID) -> HttpResponse:
    """The card as QR code, text, text message and paper, in a language that the person reads."""
    found = _handed(request, service_id)
    language, neutral = _choices(request)
    with translation.override(language):
        made = card_of(found.record, found.facts, language=language, neutral=neutral)
    address = _address(found, language)
    sms = as_sms(made, address)
    context = {
        "heading": _("Card to hand over"),
        "lead": _("Let the person scan it, or send it. Talk about what is safe for them first."),
        "service": found.service,
        "card": made,
        "card_language": language,
        "neutral": neutral,
        "languages": [(code, get_language_info(code)["name_local"]) for code in site_languages()],
        "address": address,
        "text": as_text(made, address),
        "sms": sms,
        "sms_places": sms_places(sms),
        "qr": _drawn(address),
    }
    return render(request, "directory/hand_over.html", context)


@public
@require_http_methods(["POST"])
def paper(request: HttpRequest, service_id: uuid.UUID) -> HttpResponse:
    """The card as a PDF: four small ones to cut out."""
    found = _handed(request, service_id)
    language, neutral = _choices(request)
    address = _address(found, language)
    with translation.override(language):
        made = card_of(found.record, found.facts, language=language, neutral=neutral)
        context: dict[str, Any] = {"heading": made.title, "card": made, "LANGUAGE_CODE": language, "copies": range(4)}
        try:
            pdf = render_pdf(
                "directory/paper/card.html",
                context,
                request=request,
                stylesheets=("baken/paper.css", "baken/directory-card.css"),
                pictures={"qr": qr_code(address)},
            )
        except PdfUnavailableError:
            return unavailable(request)
    return pdf_response(pdf, f"card-{found.service.card}.pdf")


def _handed(request: HttpRequest, service_id: uuid.UUID) -> Loaded:
    """A service of which a card may be made: one that everybody may see, for a card goes from hand to hand."""
    found = visible_service(request, service_id)
    if found.record.visibility != "public":
        raise Http404
    return found


def _choices(request: HttpRequest) -> tuple[str, bool]:
    language = request.POST.get("language", "")
    return (language if language in site_languages() else _language()), request.POST.get("name") != "yes"


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _address(found: Loaded, language: str) -> str:
    return on_this_site(reverse("card_short", args=[found.service.card, language]))


def _drawn(address: str) -> SafeString:
    """The QR code as a drawing inside the page, without inline style; black on white also in the dark."""
    made = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        made, kind="svg", scale=6, border=4, xmldecl=False, svgns=False, svgclass="qr", light="#fff", dark="#000"
    )
    return mark_safe(made.getvalue().decode())  # noqa: S308 - drawn here, from an address of this site # nosec
