"""Doors in other countries."""

from __future__ import annotations

import html

import pytest

from baken.packs.loader import countries, load_pack

OTHERS = [code for code in countries() if code != "nl"]


def _text(response) -> str:
    return html.unescape(response.content.decode())


def test_every_other_country_is_listed(client):
    text = _text(client.get("/en/countries/"))

    for code in OTHERS:
        assert f'href="/en/countries/{code}/"' in text
    assert 'href="/en/countries/nl/"' not in text


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_country_shows_all_its_doors_with_source_and_confidence(client, code, language):
    pack = load_pack(code, language)
    text = _text(client.get(f"/{language}/countries/{code}/"))

    for door in pack.doors.values():
        assert door.name in text
        assert door.source in text
    assert text.count('class="confidence') == len(pack.doors)
    assert pack.info.about in text


def test_a_number_is_shown_as_dialled_from_here(client):
    assert "+359 2 807 8050" in _text(client.get("/en/countries/bg/"))
    assert 'href="tel:+35928078050"' in _text(client.get("/en/countries/bg/"))


def test_unknown_hours_are_shown_as_unknown_and_unconfirmed_facts_as_not_confirmed(client):
    text = _text(client.get("/en/countries/mk/"))

    assert "Opening hours unknown" in text
    assert "Not confirmed" in text


@pytest.mark.parametrize("code", ["zz", "shared", "demo", "HU", "-"])
def test_a_country_without_a_pack_is_not_found(client, code):
    assert client.get(f"/en/countries/{code}/").status_code == 404


def test_the_own_country_leads_to_the_doors(client):
    response = client.get("/en/countries/nl/")

    assert (response.status_code, response["Location"]) == (302, "/en/doors/")


def test_a_dutch_reader_of_another_pack_is_told_that_it_is_a_draft(client, monkeypatch):
    monkeypatch.setattr("baken.routes.views.countries.has_drafts", lambda _directory, language: language == "nl")

    assert client.get("/nl/countries/bg/").context["draft_translation"] is True
    assert client.get("/en/countries/bg/").context["draft_translation"] is False
