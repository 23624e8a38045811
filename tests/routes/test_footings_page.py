"""The page with the four footings side by side."""

from __future__ import annotations

import html

import pytest

from baken.packs.loader import load_pack

URL = "/nl/sharing/"
PACK = load_pack("nl", "nl")


def _text(response) -> str:
    return html.unescape(response.content.decode())


def test_all_four_footings_stand_side_by_side_with_source_and_confidence(client):
    text = _text(client.get(URL))

    for code, footing in PACK.footings.items():
        assert f'id="footing-{code}"' in text
        assert footing.compare.consent in text
        assert footing.compare.record in text
        assert footing.source in text
    assert text.count('class="confidence') == len(PACK.footings)


def test_the_table_names_its_rows_and_columns(client):
    text = _text(client.get(URL))

    assert text.count('<th scope="col">') == 5
    assert text.count('<th scope="row">') == len(PACK.footings)


def test_without_a_profession_nothing_is_said_for_you(client):
    assert "footing__you" not in _text(client.get(URL))


@pytest.mark.parametrize("profession", ["gp", "desk_clerk", "red_cross_volunteer", "social_support_worker"])
def test_with_a_profession_each_footing_says_what_it_means_for_that_secrecy(client, profession):
    text = _text(client.get(URL, {"profession": profession}))

    for footing in PACK.footings.values():
        assert footing.by_secrecy[PACK.professions[profession].secrecy] in text


def test_an_unknown_profession_gives_the_choice_with_a_message(client):
    response = client.get("/en/sharing/", {"profession": "<script>"})

    assert response.status_code == 200
    assert "Choose your work from the list." in _text(response)
    assert b"<script>alert" not in response.content
    assert "footing__you" not in _text(response)


def test_the_page_says_that_a_report_never_implies_registration(client):
    assert "A report is never also a registration" in _text(client.get("/en/sharing/"))


def test_nothing_can_be_posted(client):
    assert client.post(URL, {"profession": "gp"}).status_code == 405
