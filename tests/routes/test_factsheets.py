"""Factsheets: complete, from the same data as the pages, two pages on paper for every profession and language."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import translation
from pypdf import PdfReader

from baken.packs.pack import Pack
from baken.packs.texts import in_language
from baken.recognise.current import current_pack
from baken.routes.factsheets import DayRange, Factsheet, UnknownProfessionError, WeekHours, factsheet, week_hours
from baken.routes.sheets import SheetOrder, hours_in_words, sheet_pdf, sheet_set

NOW = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
PACK = current_pack("nl")
PROFESSIONS = tuple(PACK.professions)
LONGEST = max(PACK.places.municipalities.values(), key=lambda item: len(item.name))
LANGUAGES = ("nl", "en", "hu", "bg", "mk")


def sheet(profession: str = "gp", typed: str | None = "Oostzaan") -> Factsheet:
    municipality = PACK.places.find(typed) if typed else None
    return factsheet(pack=PACK, profession=profession, municipality=municipality, now=NOW)


def absolute(path: str) -> str:
    return f"https://baken.example{path}"


def pages(order: SheetOrder, pack: Pack | None = None) -> list[str]:
    made = sheet_pdf(order, absolute=absolute, pack=pack)
    return [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]


# ---- What is on it --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("profession", PROFESSIONS)
def test_every_profession_has_a_whole_sheet(profession):
    made = sheet(profession)
    known = PACK.professions[profession]
    assert [sign.code for group in made.groups for sign in group.signs if sign.example]
    assert sum(len(group.signs) for group in made.groups) == len(known.signs)
    assert made.donts
    assert [footing.code for footing in made.footings] == ["advice", "registration", "consent", "reasoned_report"]
    assert made.emergency.advice.phone == "112"
    ids = {door.advice.id for door in made.doors}
    assert {"veilig_thuis", "national_coordinator", "labour_inspectorate", "fairwork", "guardian_minors"} <= ids
    assert made.sources


@pytest.mark.parametrize("profession", PROFESSIONS)
def test_meldcode_for_whom_it_holds_and_the_internal_route_for_others(profession):
    assert PACK.meldcode
    made = sheet(profession)
    steps = tuple(step.title for step in PACK.meldcode.steps.values())
    route = tuple(PACK.meldcode.internal_route.values())
    assert made.guide == (steps if PACK.professions[profession].meldcode else route)


@pytest.mark.parametrize("profession", PROFESSIONS)
def test_footings_are_those_of_the_own_secrecy(profession):
    secrecy = PACK.professions[profession].secrecy
    for footing in sheet(profession).footings:
        assert footing.text == PACK.footings[footing.code].by_secrecy[secrecy]


def test_every_door_once():
    made = sheet()
    ids = [door.advice.id for door in (made.emergency, *made.doors, *made.also)]
    assert len(ids) == len(set(ids))


def test_doors_are_those_of_the_municipality():
    regions = {door.advice.id: door.advice.region for door in sheet().doors}
    assert regions["veilig_thuis"] == "Zaanstreek-Waterland"
    assert not any(door.advice.region for door in sheet(typed=None).doors)


def test_a_country_without_a_meldcode_has_no_guide():
    made = factsheet(pack=replace(PACK, meldcode_file=None), profession="gp", municipality=None, now=NOW)

    assert made.guide == ()
    assert made.sources


def test_unknown_profession():
    with pytest.raises(UnknownProfessionError):
        sheet("wizard")


# ---- Hours on paper -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("osm", "expected"),
    [
        ("24/7", WeekHours(always=True)),
        ("Mo-Fr 09:00-17:00; PH off", WeekHours(False, (DayRange(0, 4, ((540, 1020),)),), closed_on_holidays=True)),
        (
            "Mo,We 09:00-12:00,13:00-17:00",
            WeekHours(False, (DayRange(0, 0, ((540, 720), (780, 1020))), DayRange(2, 2, ((540, 720), (780, 1020))))),
        ),
    ],
)
def test_usual_week(osm, expected):
    assert week_hours(osm, country="NL") == expected


def test_hours_in_words():
    with translation.override("en"):
        assert hours_in_words(None) == ""
        assert hours_in_words(WeekHours(always=True)) == "Day and night"
        text = hours_in_words(week_hours("Mo-Fr 09:00-17:00; Sa 10:00-12:30; PH off", country="NL"))
        assert text == "Mon–Fri 9:00–17:00; Sat 10:00–12:30, not on public holidays"


# ---- On paper -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("profession", PROFESSIONS)
def test_two_pages_for_every_profession(profession):
    found = pages(SheetOrder(profession, "nl", LONGEST, "Organisatie met een hele lange naam voor bijna elk papier"))
    assert len(found) == 2
    assert LONGEST.name in " ".join(found[1].split())
    assert "112" in found[0]
    assert "0800-2000" in found[1]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("profession", ["youth_worker", "refugee_support_volunteer", "gp", "labour_inspector"])
def test_two_pages_in_other_languages(profession, language):
    assert len(pages(SheetOrder(profession, language, LONGEST))) == 2


@pytest.mark.slow
@pytest.mark.parametrize("profession", ["youth_worker", "refugee_support_volunteer"])
def test_two_pages_when_every_text_is_a_third_longer(profession):
    def longer(_path: str, text: str) -> str:
        words = text.split()
        return " ".join(words + words[: max(1, len(words) // 3)])

    models = {
        name: in_language(getattr(PACK, name), longer)
        for name in ("doors_file", "routes_file", "signs_file", "professions_file", "footings_file", "meldcode_file")
    }
    assert len(pages(SheetOrder(profession, "nl", LONGEST), Pack(**{**vars_of(PACK), **models}))) == 2


def vars_of(pack: Pack) -> dict[str, object]:
    return {name: getattr(pack, name) for name in pack.__dataclass_fields__}


@pytest.mark.slow
def test_pdf_is_in_the_language_of_the_sheet():
    reader = PdfReader(io.BytesIO(sheet_pdf(SheetOrder("gp", "bg"), absolute=absolute)))
    assert str(reader.root_object["/Lang"]) == "bg"


def test_filename_and_path_are_neutral():
    order = SheetOrder("sexual_health_nurse", "nl", LONGEST)
    assert order.filename == "factsheet-sexual-health-nurse-nl.pdf"
    with translation.override("hu"):
        assert order.path == f"/hu/factsheets/sexual_health_nurse/?municipality={LONGEST.code}"


def test_set_is_a_zip_that_grows_while_it_is_made():
    orders = [SheetOrder("gp", "nl"), SheetOrder("teacher", "hu")]
    pieces = list(sheet_set(orders, lambda order: order.filename.encode()))
    assert len(pieces) == 3
    archive = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    assert archive.testzip() is None
    assert archive.namelist() == ["nl/factsheet-gp-nl.pdf", "hu/factsheet-teacher-hu.pdf"]
    assert archive.read("hu/factsheet-teacher-hu.pdf") == b"factsheet-teacher-hu.pdf"


# ---- Pages ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_names_every_profession(language):
    page = Client().get(f"/{language}/factsheets/").content.decode()
    for profession in PROFESSIONS:
        assert f"/{language}/factsheets/{profession}/" in page


def test_list_hands_the_municipality_on():
    page = Client().get("/nl/factsheets/", {"municipality": "1511"}).content.decode()
    assert "/nl/factsheets/gp/?municipality=GM0431" in page


@pytest.mark.parametrize("profession", PROFESSIONS)
def test_every_sheet_is_a_page(profession):
    response = Client().get(f"/nl/factsheets/{profession}/", {"municipality": "Oostzaan"})
    assert response.status_code == 200
    page = response.content.decode()
    assert "Zaanstreek-Waterland" in page
    assert f"/nl/factsheets/{profession}/factsheet.pdf?municipality=GM0431" in page


def test_pdf_is_a_download():
    response = Client().get("/nl/factsheets/gp/factsheet.pdf", {"municipality": "Oostzaan"})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="factsheet-gp-nl.pdf"'


@pytest.mark.parametrize("path", ["wizard/", "wizard/factsheet.pdf"])
def test_unknown_profession_does_not_exist(path):
    assert Client().get(f"/nl/factsheets/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "gp/", "gp/factsheet.pdf"])
def test_unknown_municipality_gets_the_page_again(path):
    response = Client().get(f"/nl/factsheets/{path}", {"municipality": "Oostzan"})
    assert response.status_code == 422
    page = response.content.decode()
    assert 'value="Oostzan"' in page
    assert "Oostzaan?" in page


def test_set_of_sheets():
    response = Client().post(
        "/nl/factsheets/set.zip",
        {
            "professions": ["gp"],
            "languages": ["nl", "en"],
            "municipality": "Oostzaan",
            "organisation": "Praktijk De Brug",
        },
    )
    assert response.status_code == 200
    assert response["Content-Disposition"] == 'attachment; filename="factsheets.zip"'
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    assert archive.namelist() == ["nl/factsheet-gp-nl.pdf", "en/factsheet-gp-en.pdf"]
    assert "Praktijk De Brug" in PdfReader(io.BytesIO(archive.read("nl/factsheet-gp-nl.pdf"))).pages[0].extract_text()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"professions": ["gp"]},
        {"languages": ["nl"]},
        {"professions": ["wizard"], "languages": ["nl"]},
        {"professions": ["gp"], "languages": ["xx"]},
        {"professions": ["all"], "languages": list(LANGUAGES)},
        {"professions": ["gp"], "languages": ["nl"], "municipality": "Oostzan"},
    ],
)
def test_a_set_that_cannot_be_made_says_why_and_keeps_what_was_filled_in(data):
    response = Client().post("/nl/factsheets/set.zip", data | {"organisation": "Praktijk De Brug"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "error-summary" in page
    assert 'value="Praktijk De Brug"' in page


def test_the_address_of_a_set_leads_to_the_form():
    assert Client().get("/nl/factsheets/set.zip")["Location"] == "/nl/factsheets/"
