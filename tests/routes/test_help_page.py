"""The page for people who need help themselves: six languages, safe doors, nothing asked."""

from __future__ import annotations

import html
import re

import pytest

from baken.packs.loader import load_pack
from baken.packs.schema.people import HelpPage

LANGUAGES = ("nl", "en", "hu", "bg", "mk", "ar")


def _page(language: str) -> HelpPage:
    file = load_pack("nl", language).pages_file
    assert file is not None
    return file.help


def _text(response) -> str:
    return html.unescape(response.content.decode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_the_language_in_the_address(client, language):
    text = _text(client.get(f"/{language}/help/"))

    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in text
    assert _page(language).title in text


def test_every_language_is_one_tap_away(client):
    text = _text(client.get("/nl/help/"))
    chooser = text[text.index("help__languages") :]

    assert re.findall(r'class="chip" href="/(..)/help/"', chooser) == list(LANGUAGES)


def test_the_page_shows_every_safe_door_with_a_way_to_reach_it_or_says_that_there_is_none(client):
    pack, page = load_pack("nl", "en"), _page("en")
    text = _text(client.get("/en/help/"))

    for code in page.doors:
        assert f"<h3>{pack.doors[code].name}</h3>" in text
    assert 'href="tel:112"' in text
    assert 'href="tel:08002000"' in text
    assert text.count("We have no checked address for this yet.") == sum(
        not pack.doors[code].phones and not pack.doors[code].url for code in page.doors
    )


def test_only_doors_that_a_person_may_call_stand_on_it():
    pack, page = load_pack("nl"), _page("nl")

    assert all(pack.doors[code].public for code in page.doors)
    assert next(iter(page.doors)) == "emergency"


def test_the_page_says_where_its_rights_come_from(client):
    page = _page("nl")
    text = _text(client.get("/nl/help/"))

    assert page.source in text
    for shown in (*page.rights.values(), *page.call.values(), *page.questions.values(), page.safe):
        assert shown in text


def test_the_page_asks_nothing(client):
    text = _text(client.get("/en/help/"))
    main = text[text.index("<main") : text.index("</main>")]

    assert "<form" not in main
    assert "<input" not in main
    assert client.post("/en/help/", {"name": "x"}).status_code == 405


def test_a_page_that_does_not_speak_the_help_language_leads_to_the_help_page(client):
    response = client.get("/ar/meldcode/")

    assert (response.status_code, response["Location"]) == (302, "/ar/help/")
