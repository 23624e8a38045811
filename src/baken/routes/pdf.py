"""From a template to an accessible PDF (PDF/UA-1), without any network.

WeasyPrint is imported on first use: a machine without Pango still serves every page, only no PDF.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

BASE_SIZE = 9.4
"""Size of the body text in points where nothing has to fit."""
SCHEME = "baken:"
SVG = "image/svg+xml"
_ONE_AT_A_TIME = threading.Lock()
"""Pango keeps global state, and one PDF at a time is all the processor that a public page may take."""


class PdfUnavailableError(RuntimeError):
    """The libraries that draw a PDF are not installed on this machine."""


def _weasyprint() -> Any:
    try:
        # Here and not above: it loads Pango, which may be missing.
        import weasyprint
    except OSError as error:
        raise PdfUnavailableError(str(error)) from error
    return weasyprint


def render_pdf(
    template_name: str,
    context: Mapping[str, Any],
    *,
    request: HttpRequest | None = None,
    stylesheets: Sequence[str] = ("baken/paper.css",),
    pictures: Mapping[str, bytes] | None = None,
    sizes: Sequence[float] = (BASE_SIZE,),
    max_pages: int | None = None,
) -> bytes:
    """A template as a tagged PDF. Its ``html`` element must have ``lang``, and it must have a ``title``.

    ``pictures`` are SVG images that the template may show as ``baken:NAME``. ``sizes`` are body text sizes in points,
    tried in order until the document has at most ``max_pages`` pages; the last one counts when none fits.
    Raises PdfUnavailableError where WeasyPrint cannot load its libraries.
    """
    weasyprint = _weasyprint()
    html = render_to_string(template_name, dict(context), request=request)
    fetcher = _fetcher(pictures or {})
    with _ONE_AT_A_TIME:
        document = None
        for size in sizes:
            styles = [_stylesheet(name) for name in stylesheets]
            sheet = weasyprint.CSS(string="\n".join([*styles, f":root {{ font-size: {size}pt }}"]), url_fetcher=fetcher)
            page = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url=SCHEME)
            document = page.render(stylesheets=[sheet], pdf_variant="pdf/ua-1", pdf_tags=True)
            if max_pages is None or len(document.pages) <= max_pages:
                break
        assert document is not None, "expected at least one size"
        made: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    return made


@cache
def _stylesheet(name: str) -> str:
    return _bundled(name).read_text(encoding="utf-8")


def _bundled(name: str) -> Path:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(f"static file {name} is not part of this installation")
    return Path(found)


@cache
def icon(name: str, colour: str) -> bytes:
    """One drawing of the icon sprite as an image of its own; ``colour`` is six hexadecimal digits."""
    sprite = _bundled("baken/icons.svg").read_text(encoding="utf-8")
    match = re.search(rf'<symbol id="{re.escape(name)}" viewBox="0 0 (\d+) \d+">(.*?)</symbol>', sprite, re.DOTALL)
    if match is None:
        raise KeyError(name)
    size, drawing = match.groups()
    # The beacon is drawn with surfaces, the icons with lines.
    look = f'stroke="#{colour}" stroke-width="2" fill="none"' if name != "beacon" else 'fill="none"'
    drawing = re.sub("currentcolor", f"#{colour}", drawing, flags=re.IGNORECASE)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}" {look} '
        f'stroke-linecap="round" stroke-linejoin="round">{drawing}</svg>'
    ).encode()


def _fetcher(pictures: Mapping[str, bytes]) -> Any:
    """What WeasyPrint may read: the given pictures and the icons of the sprite. Everything else is refused."""
    from weasyprint.urls import URLFetcherResponse

    def fetch(url: str) -> Any:
        name = url.removeprefix(SCHEME)
        if name == url:
            raise ValueError("a PDF reads nothing from outside")
        if match := re.fullmatch(r"icon/([a-z-]+)/([0-9a-f]{6})", name):
            return URLFetcherResponse(url, icon(match.group(1), match.group(2)), {"Content-Type": SVG})
        return URLFetcherResponse(url, pictures[name], {"Content-Type": SVG})

    return fetch


def pdf_response(made: bytes, filename: str) -> HttpResponse:
    """A PDF as a download under a neutral name."""
    headers = {"Content-Disposition": f'attachment; filename="{filename}"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The page for a machine that cannot make PDFs."""
    heading = _("A PDF cannot be made here")
    return render(request, "routes/pdf_unavailable.html", {"heading": heading}, status=503)
