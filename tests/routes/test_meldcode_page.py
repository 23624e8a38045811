"""The Meldcode page: steps and questions by post, nothing stored, nothing typed is lost."""

from __future__ import annotations

import html
import re

import pytest

URL = "/en/meldcode/"
FORM = {"profession": "gp"}


def _text(response) -> str:
    return html.unescape(response.content.decode())


def _hidden(response) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', response.content.decode())
    return {name: html.unescape(value) for name, value in found}


def _post(client, response, act: str, **typed: str):
    """Press a button on a page of the guide, with what is typed in its fields."""
    return client.post(URL, {**_hidden(response), **typed, "act": act})


def _at_questions(client):
    response = client.get(URL, FORM)
    for _step in range(3):
        response = _post(client, response, "do")
    return response


def test_without_a_profession_the_reader_chooses(client):
    response = client.get(URL)

    assert response.status_code == 200
    assert 'name="profession"' in _text(response)
    assert 'method="get"' in _text(response)


def test_an_unknown_profession_in_the_address_gives_the_choice_with_a_message(client):
    response = client.get(URL, {"profession": "wizard"})

    assert response.status_code == 200
    assert "Choose your work from the list." in _text(response)


@pytest.mark.parametrize("profession", ["wizard", ""])
def test_an_unknown_profession_in_a_post_keeps_what_was_typed(client, profession):
    typed = 'patient said "I may not come alone"\nsecond line'

    response = client.post(
        URL, {"profession": profession, "at": "consult", "status_map": "done", "note_consult": typed}
    )

    assert response.status_code == 422
    assert _hidden(response)["status_map"] == "done"
    assert typed in _text(response)

    again = client.post(URL, {**_hidden(response), "profession": "gp"})
    assert again.status_code == 200
    assert f">{typed}</textarea>" in _text(again)


def test_the_guide_starts_at_the_first_step_and_names_trafficking(client):
    response = client.get(URL, FORM)

    assert 'name="note_map"' in _text(response)
    assert "If you think of human trafficking" in _text(response)


@pytest.mark.parametrize(
    ("answers", "title"),
    [
        (["no"], "You close the Meldcode"),
        (["yes", "yes"], "Report today, and arrange help together"),
        (["yes", "no", "no"], "Report"),
        (["yes", "no", "yes", "no"], "Report"),
        (["yes", "no", "yes", "yes", "no"], "Report"),
        (["yes", "no", "yes", "yes", "yes"], "Help is enough for now: keep following"),
    ],
)
def test_answers_lead_to_the_published_conclusion(client, answers, title):
    response = _at_questions(client)

    for answer in answers:
        response = _post(client, response, "answer", chosen=answer)

    assert response.status_code == 200
    assert f'id="end-title">{title}</h2>' in _text(response)


def test_a_report_shows_doors_and_says_that_it_is_no_registration(client):
    response = _at_questions(client)
    for answer in ("yes", "yes"):
        response = _post(client, response, "answer", chosen=answer)

    text = _text(response)
    assert "A report is never also a registration" in text
    assert "0800-2000" in text
    assert "Answer these questions together with whom you report to" in text


def test_the_record_holds_every_step_with_what_was_typed(client):
    response = client.get(URL, FORM)
    response = _post(client, response, "do", note_map="three <signs> & a bruise")
    response = _post(client, response, "do")
    response = _post(client, response, "skip", reason_talk="not safe yet")
    response = _post(client, response, "answer", chosen="no")

    found = re.search(r'<pre class="record" id="record">(.*?)</pre>', response.content.decode(), re.S)
    assert found is not None
    record = html.unescape(found[1])
    assert "three <signs> & a bruise" in record
    assert "Skipped. Reason: not safe yet" in record
    assert record.count("\n\n") >= 6


@pytest.mark.parametrize(("act", "field"), [("skip", "reason_map"), ("close", "closing")])
def test_skipping_and_closing_without_a_reason_is_refused_and_keeps_the_note(client, act, field):
    response = _post(client, client.get(URL, FORM), act, note_map="what I saw")

    assert response.status_code == 422
    assert "Write down why, in a few words." in _text(response)
    assert f'href="#field-{field}"' in _text(response)
    assert f'id="field-{field}"' in _text(response)
    assert ">what I saw</textarea>" in _text(response)


def test_closing_with_a_reason_ends_and_a_step_can_be_taken_again(client):
    response = _post(client, client.get(URL, FORM), "close", closing="another team took over", note_map="what I saw")

    assert "Closed before the end. Reason: another team took over" in _text(response)

    again = _post(client, response, "go:map")
    assert ">what I saw</textarea>" in _text(again)
    assert _post(client, again, "do").status_code == 200


def test_going_back_keeps_what_was_typed_in_both_steps(client):
    response = _post(client, client.get(URL, FORM), "do", note_map="first")
    response = _post(client, response, "go:map", note_consult="second")
    assert ">first</textarea>" in _text(response)

    response = _post(client, response, "do", note_map="first, again")
    assert ">second</textarea>" in _text(response)
    assert _hidden(response)["note_map"] == "first, again"


def test_an_answer_can_be_changed(client):
    response = _post(client, _at_questions(client), "answer", chosen="yes")
    response = _post(client, response, "again:suspicion")
    response = _post(client, response, "answer", chosen="no")

    assert "You close the Meldcode" in _text(response)


def test_next_without_an_answer_asks_to_choose(client):
    response = _post(client, _at_questions(client), "answer")

    assert response.status_code == 422
    assert "Choose yes or no." in _text(response)


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": "nowhere"},
        {"at": "decide"},
        {"at": "end"},
        {"status_map": "perhaps"},
        {"status_unknown": "done"},
        {"answer_suspicion": "perhaps"},
        {"act": "fly"},
        {"act": "go:weigh"},
        {"act": "go:"},
        {"act": "again:unsafe"},
        {"act": "end"},
    ],
)
def test_a_form_that_cannot_be_read_says_so_and_loses_nothing(client, wrong):
    response = client.post(URL, {**FORM, "note_map": "what I saw", "act": "", **wrong})

    assert response.status_code == 422
    assert "Part of the form could not be read." in _text(response)
    assert "what I saw" in _text(response)


def test_an_unknown_municipality_at_the_end_keeps_the_record(client):
    response = _post(client, _at_questions(client), "answer", chosen="no")

    response = _post(client, response, "end", municipality="Atlantis", age="minor")

    assert response.status_code == 422
    assert "We do not know this municipality or postcode." in _text(response)
    assert 'id="record"' in _text(response)
    assert 'value="Atlantis"' in _text(response)


def test_a_municipality_at_the_end_names_the_region(client):
    response = _post(client, _at_questions(client), "answer", chosen="no")

    response = _post(client, response, "end", municipality="Oostzaan", age="minor")

    assert response.status_code == 200
    assert "Zaanstreek-Waterland" in _text(response)


def test_a_profession_outside_the_law_gets_the_internal_route(client):
    response = client.get(URL, {"profession": "desk_clerk"})

    assert "Your internal route" in _text(response)
    assert _text(response).count('class="door') >= 2
    assert "stepper" not in _text(response)


def test_the_internal_route_takes_a_municipality_and_refuses_one_that_does_not_exist(client):
    known = client.post(URL, {"profession": "desk_clerk", "municipality": "1511"})
    unknown = client.post(URL, {"profession": "desk_clerk", "municipality": "Atlantis"})

    assert known.status_code == 200
    assert unknown.status_code == 422
    assert 'value="Atlantis"' in _text(unknown)


def test_nothing_that_was_typed_reaches_an_address_or_a_cookie(client):
    response = _post(client, client.get(URL, FORM), "do", note_map="what I saw")

    assert not response.cookies
    assert "what+I+saw" not in _text(response)
    assert response["Cache-Control"] == "no-store"
