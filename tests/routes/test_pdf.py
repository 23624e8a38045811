"""PDFs are accessible (tagged, with language and title), read nothing from outside, and fail with a clear page."""

from __future__ import annotations

import io
import re
import sys

import pytest
from django.test import Client, RequestFactory
from pypdf import PdfReader

from baken.routes import pdf
from baken.routes.pdf import PdfUnavailableError, icon, render_pdf, unavailable


def note(text: str = "x") -> dict[str, object]:
    return {
        "note": {"title": "Een titel", "made": "nu", "sections": [{"title": text}]},
        "heading": "Een titel",
        "LANGUAGE_CODE": "nl",
    }


@pytest.fixture(scope="module")
def reader() -> PdfReader:
    return PdfReader(io.BytesIO(render_pdf("routes/paper/note.html", note())))


def test_says_that_it_is_tagged_and_in_which_language(reader):
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "nl"
    assert catalog["/StructTreeRoot"]["/K"]


def test_says_that_it_is_pdf_ua(reader):
    assert re.search(rb"pdfuaid:part(>|=\")1", reader.trailer["/Root"]["/Metadata"].get_data())


def test_shows_its_title(reader):
    assert reader.metadata.title == "Een titel – Baken"
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]


def test_carries_all_its_fonts(reader):
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


@pytest.mark.parametrize(
    "url", ["https://example.org/x.png", "http://127.0.0.1/", "file:///etc/passwd", "data:text/plain,x"]
)
def test_refuses_everything_from_outside(url):
    with pytest.raises(ValueError, match="nothing from outside"):
        pdf._fetcher({})(url)


def test_knows_only_the_pictures_it_was_given():
    fetch = pdf._fetcher({"qr": b"<svg/>"})
    assert fetch("baken:qr").read() == b"<svg/>"
    with pytest.raises(KeyError):
        fetch("baken:other")
    with pytest.raises(KeyError):
        fetch("baken:icon/no-such-icon/000000")


def test_an_icon_takes_the_colour_of_its_place():
    assert b"#145a37" in icon("check", "145a37")
    assert b"currentcolor" not in icon("beacon", "ffffff").lower()


def test_what_people_type_stays_text():
    made = render_pdf("routes/paper/note.html", note('<img src="file:///etc/passwd"> <b>x</b>'))
    assert "<b>x</b>" in PdfReader(io.BytesIO(made)).pages[0].extract_text()


def test_takes_the_first_size_that_fits():
    made = {
        size: len(
            PdfReader(io.BytesIO(render_pdf("routes/paper/note.html", note("woord " * 900), sizes=(size,)))).pages
        )
        for size in (20, 8)
    }
    assert made[20] > made[8]
    fitted = render_pdf("routes/paper/note.html", note("woord " * 900), sizes=(20, 8), max_pages=made[8])
    assert len(PdfReader(io.BytesIO(fitted)).pages) == made[8]


def test_a_machine_without_pango_gets_a_clear_error(monkeypatch):
    def missing(name, *rest, **more):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *rest, **more)

    real = __import__
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr("builtins.__import__", missing)
    with pytest.raises(PdfUnavailableError, match="pango"):
        render_pdf("routes/paper/note.html", note())


@pytest.mark.parametrize(
    ("method", "path", "data"),
    [
        ("get", "/nl/factsheets/gp/factsheet.pdf", {}),
        ("post", "/nl/factsheets/set.zip", {"professions": "gp", "languages": "nl"}),
        ("post", "/nl/check/note/", {"as": "pdf"}),
        ("post", "/nl/check/result.pdf", {}),
    ],
)
def test_without_pango_every_pdf_page_says_what_to_do_instead(monkeypatch, method, path, data):
    def missing():
        raise PdfUnavailableError("libpango")

    monkeypatch.setattr(pdf, "_weasyprint", missing)
    response = getattr(Client(), method)(path, data)
    assert response.status_code == 503
    assert "<h1" in response.content.decode()
    assert "libpango" not in response.content.decode()


def test_the_page_for_a_machine_without_pango_renders():
    assert unavailable(RequestFactory().get("/nl/factsheets/gp/factsheet.pdf")).status_code == 503
