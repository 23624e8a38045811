"""`baken check`: JSON for programs, questions for people."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from baken.cli import app
from baken.packs.schema.signs import ACTIONS

RUN = CliRunner()
ADULT = "ilo-2009-adult-labour"


def check(*arguments: str) -> dict[str, Any]:
    result = RUN.invoke(app, ["check", "--json", *arguments])
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_list_has_the_shape_that_others_rely_on(nl):
    found = check("--list")
    assert set(found) == {"instruments"}
    listed = {item["id"]: item["signs"] for item in found["instruments"]}
    assert {ADULT, "ilo-2009-child-labour"} <= set(listed)
    assert len(listed[ADULT]) == 67
    assert len(listed["ilo-2009-child-labour"]) == 65
    for code, signs in listed.items():
        for sign in signs:
            assert set(sign) == {"code", "phase", "dimension", "weight"}
            assert sign["weight"] in ("strong", "medium", "weak", "none")
            assert sign["dimension"] in nl.instruments[code].dimensions


def test_the_assessment_has_the_shape_that_others_rely_on(nl):
    strong = [item for item in nl.instruments[ADULT].signs if item.weight == "strong"]
    dimension = next(
        item.dimension for item in strong if sum(other.dimension == item.dimension for other in strong) > 1
    )
    chosen = [item.sign for item in strong if item.dimension == dimension][:2]
    found = check("--instrument", ADULT, "--signs", ",".join(chosen))
    assert found["instrument"] == ADULT
    assert {"instrument", "dimensions", "outcome", "action", "watch_for", "limits"} <= set(found)
    assert found["action"] in ACTIONS
    fired = [item for item in found["dimensions"] if item["positive"]]
    assert [(item["id"], item["signs"]) for item in fired] == [(dimension, chosen)]
    assert fired[0]["rule"]
    for item in found["watch_for"]:
        assert set(item) == {"code", "text", "dimension", "outcome", "action"}
        assert item["action"] in ACTIONS
        assert item["text"] == nl.signs[item["code"]].text
    assert found["limits"]
    assert all(isinstance(item, str) for item in found["limits"])


def test_no_signs_is_an_answer_too():
    found = check("--instrument", ADULT)
    assert found["action"] == "none"
    assert not any(item["positive"] or item["signs"] for item in found["dimensions"])


def test_the_texts_come_in_the_language_that_is_asked_for():
    assert check("--instrument", ADULT, "--language", "en")["dimensions"]


def test_a_sign_of_another_instrument_is_named_and_not_counted(nl):
    listed = {item.sign for item in nl.instruments[ADULT].signs}
    other = next(code for code in nl.signs if code not in listed)
    result = RUN.invoke(app, ["check", "--json", "--instrument", ADULT, "--signs", other])
    assert result.exit_code == 0
    assert other in result.stderr
    assert json.loads(result.stdout)["action"] == "none"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--json"], ["--instrument", ADULT]),
        (["--signs", "x"], ["--instrument"]),
        (["--json", "--instrument", "ilo-2009-adult-labor"], [f"Did you mean {ADULT}"]),
        (["--json", "--instrument", ADULT, "--signs", "recruit_deceived_jobb"], ["Did you mean recruit_deceived_job"]),
        (["--json", "--list", "--instrument", "x"], ["'x' is not one of"]),
        (["--json", "--list", "--country", "../nl"], ["country"]),
    ],
)
def test_unusable_input_gets_one_clear_message(arguments, words):
    result = RUN.invoke(app, ["check", *arguments])
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
    for word in words:
        assert word in result.stderr


def test_people_get_tables():
    assert "recruit_deceived_job" in RUN.invoke(app, ["check", "--list", "--instrument", ADULT]).stdout
    shown = RUN.invoke(app, ["check", "--instrument", ADULT, "--signs", "recruit_deceived_job"])
    assert shown.exit_code == 0
    assert "What to do: " in shown.stdout


def test_it_asks_and_answers(nl):
    own = nl.professions["teacher"].signs
    answers = ["docent", "minor", "1, 2", "2", "999", "zzzz", "*", ""]
    result = RUN.invoke(app, ["check"], input="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    assert "There is no number 999" in result.stdout
    assert "0 found for 'zzzz'" in result.stdout
    assert "Together: discuss" in result.stdout
    assert nl.signs[own[0].sign].text.split()[0] in result.stdout


def test_it_says_so_when_nobody_answers():
    result = RUN.invoke(app, ["check"], input="")
    assert result.exit_code == 1
    assert "nothing was kept" in result.stderr
