"""The note for one's own file: facts apart from thoughts, as page, text and PDF; nothing typed is lost."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from baken.recognise.current import current_pack
from baken.routes.note import MAX_TEXT, own_words

URL = "/nl/check/note/"
CHECK = {
    "about": "person",
    "age": "minor",
    "profession": "gp",
    "municipality": "Oostzaan",
    "signs": ["dest_other_speaks", "dest_no_bank_card"],
    "saw": 'Ze zei: "ik mag niet naar huis".\r\nRode striemen.',
    "think": "Ik denk aan dwang.",
    "who_when": "Dinsdag, spreekkamer 2",
}


def text_of(**more: object) -> str:
    response = Client().post(URL, CHECK | {"as": "text"} | more)
    assert response.status_code == 200
    return response.content.decode("utf-8-sig").replace("\r\n", "\n")


def test_holds_the_ticked_signs_and_the_own_words():
    text = text_of()
    signs = current_pack("nl").signs
    assert f"- {signs['dest_other_speaks'].text}" in text
    assert 'Ze zei: "ik mag niet naar huis".\nRode striemen.' in text
    assert "Dinsdag, spreekkamer 2" in text


def test_facts_come_before_and_apart_from_thoughts():
    parts = text_of().split("\n\n")
    facts = next(part for part in parts if "Rode striemen" in part)
    thoughts = next(part for part in parts if "Ik denk aan dwang" in part)
    assert parts.index(facts) < parts.index(thoughts)
    assert "dwang" not in facts


def test_names_the_doors_with_room_to_write():
    assert "Veilig Thuis 0800-2000: ____" in text_of()


def test_leaves_every_footing_open():
    text = text_of()
    assert text.count("[ ] ") == 5
    assert "[x]" not in text


def test_an_empty_note_has_lines_to_fill_in():
    text = text_of(saw="", think="", who_when="", signs=[])
    assert text.count("____") >= 6


def test_text_is_a_download_under_a_neutral_name():
    response = Client().post(URL, CHECK | {"as": "text"})
    assert response["Content-Disposition"] == 'attachment; filename="note.txt"'
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_pdf_holds_the_same():
    response = Client().post(URL, CHECK | {"as": "pdf"})
    assert response["Content-Disposition"] == 'attachment; filename="note.pdf"'
    text = PdfReader(io.BytesIO(response.content)).pages[0].extract_text()
    assert "Rode striemen" in text
    assert "Ik denk aan dwang" in text


def test_page_shows_the_text_and_keeps_what_was_typed():
    page = Client().post(URL, CHECK).content.decode()
    assert page.count("Ik denk aan dwang.") >= 2
    assert 'name="municipality" value="Oostzaan"' in page


def test_hints_at_personal_data_but_keeps_it():
    page = Client().post(URL, CHECK | {"saw": "Bel 06 12345678"}).content.decode()
    assert "notice--warning" in page
    assert "notice--warning" not in Client().post(URL, CHECK).content.decode()


@pytest.mark.parametrize(
    "bad",
    [
        {"signs": ["no_such_sign"]},
        {"municipality": "Nergenshuizen"},
        {"age": "sixteen"},
        {"profession": "wizard"},
        {"saw": "x" * (MAX_TEXT + 1)},
    ],
)
def test_bad_input_gets_a_clear_page_and_nothing_is_lost(bad):
    response = Client().post(URL, CHECK | bad)
    assert response.status_code == 422
    page = response.content.decode()
    assert "Ik denk aan dwang." in page
    assert "error-summary" in page


def test_what_people_type_is_never_markup():
    page = Client().post(URL, CHECK | {"think": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


def test_control_characters_are_left_out():
    words = own_words({"saw": "a\x00b\x1b[31m\r\nc\td \ud800"})
    assert words.saw == "ab[31m\nc d"


def test_without_a_post_the_reader_goes_to_the_check():
    for url in (URL, "/nl/check/result.pdf"):
        response = Client().get(url)
        assert response.status_code == 302
        assert response["Location"] == "/nl/check/"


def test_result_as_pdf():
    response = Client().post("/nl/check/result.pdf", CHECK)
    assert response.status_code == 200
    assert response["Content-Disposition"] == 'attachment; filename="result.pdf"'
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    assert "0800-2000" in text
    assert "Oostzaan" in text


def test_result_as_pdf_of_a_broken_check_still_helps():
    response = Client().post("/nl/check/result.pdf", {"age": "x", "signs": "y", "municipality": "z"})
    assert response.status_code == 200
    assert "112" in PdfReader(io.BytesIO(response.content)).pages[0].extract_text()
