"""`baken door`: the interface that others rely on, and clear words when the input cannot be used."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from typing import Any

import pytest
from typer.testing import CliRunner

from baken.cli import app
from baken.packs.loader import countries, load_pack
from baken.packs.situation import FIELDS

RUN = CliRunner()
MOMENT = "2026-11-24T10:00"
DOOR_KEYS = {
    "id",
    "name",
    "why",
    "phone",
    "open",
    "opens_at",
    "say",
    "footing",
    "needs_consent",
    "region",
    "source",
    "checked_on",
    "confidence",
}
SITUATION_KEYS = {*FIELDS, "profession", "municipality", "at", "country"}


def door(*arguments: str) -> dict[str, Any]:
    result = RUN.invoke(app, ["door", "--json", *arguments])
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def refused(*arguments: str) -> str:
    result = RUN.invoke(app, ["door", *arguments])
    assert result.exit_code == 2
    assert result.stdout == ""
    return result.stderr


def test_the_answer_has_the_shape_that_others_rely_on():
    found = door("--municipality", "Oostzaan", "--age", "minor", "--at", MOMENT)
    assert set(found) == {"situation", "doors", "steps"}
    assert set(found["situation"]) == SITUATION_KEYS
    assert found["situation"]["municipality"] == "Oostzaan"
    assert found["situation"]["at"] == "2026-11-24T10:00:00+01:00"
    for item in found["doors"]:
        assert item.keys() >= DOOR_KEYS
        assert item["footing"]
        dt.date.fromisoformat(item["checked_on"])
        assert item["open"] in (True, False, None)
        assert item["hours_known"] == (item["open"] is not None)
        if item["opens_at"]:
            assert dt.datetime.fromisoformat(item["opens_at"]).tzinfo is not None
    for step in found["steps"]:
        assert set(step) == {"id", "text", "why", "footing", "kind"}


def test_everything_may_be_left_out():
    found = door()
    assert found["situation"]["danger"] == "unknown"
    assert found["situation"]["consent"] == "not_asked"
    assert found["situation"]["municipality"] is None
    assert dt.datetime.fromisoformat(found["situation"]["at"]).tzinfo is not None
    assert found["doors"]


@pytest.mark.parametrize("name", FIELDS)
def test_every_value_of_every_field_is_taken(name):
    for value in FIELDS[name]:
        assert door(f"--{name}", value, "--at", MOMENT)["situation"][name] == value


def test_every_profession_is_taken(nl):
    for code in list(nl.professions)[::5]:
        assert door("--profession", code, "--at", MOMENT)["situation"]["profession"] == code


def test_danger_now_puts_the_emergency_number_first():
    assert door("--danger", "now")["doors"][0]["id"] == "emergency"


@pytest.mark.parametrize("typed", ["Oostzaan", "oostzaan ", "GM0431", "1511", "1511 AB"])
def test_a_municipality_by_name_code_or_postcode(typed):
    assert door("--municipality", typed)["situation"]["municipality"] == "Oostzaan"


def test_a_time_with_a_zone_is_shown_in_the_zone_of_the_country():
    assert door("--at", "2026-07-01T12:00:00Z")["situation"]["at"] == "2026-07-01T14:00:00+02:00"


def test_a_closed_door_says_when_it_opens():
    doors = {item["id"]: item for item in door("--at", "2026-11-22T03:00")["doors"]}
    closed = [item for item in doors.values() if item["open"] is False]
    assert closed
    assert all(item["opens_at"] > "2026-11-22T03:00" for item in closed)


@pytest.mark.parametrize("country", countries())
def test_every_country_answers_in_every_language_of_its_pack(country):
    for language in load_pack(country).info.languages:
        found = door("--country", country, "--language", language, "--profession", "teacher", "--at", MOMENT)
        assert found["situation"]["country"] == country
        assert found["doors"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--municipality", "Oostzan"], ["municipality", "Oostzan", "Oostzaan"]),
        (["--municipality", "0000"], ["municipality", "0000"]),
        (["--municipality", "x" * 5000], ["municipality"]),
        (["--municipality", "Budapest", "--country", "hu"], ["hu", "no municipalities"]),
        (["--age", "baby"], ["age", "baby", "minor"]),
        (["--profession", "teachr"], ["profession", "teachr", "Did you mean teacher"]),
        (["--country", "fr"], ["country", "fr", "nl"]),
        (["--language", "xx"], ["language", "xx", "nl"]),
        (["--at", "tomorrow"], ["at:", "tomorrow", "2026-11-21T14:30"]),
        (["--at", "0001-01-01T00:00+14:00"], ["at:", "2000"]),
        (["--at", "9999-12-31T23:59-12:00"], ["at:", "2099"]),
    ],
)
def test_unusable_input_gets_one_clear_message(arguments, words):
    message = refused(*arguments)
    assert len(message.strip().splitlines()) == 1
    for word in words:
        assert word in message


def test_people_get_a_table():
    result = RUN.invoke(app, ["door", "--municipality", "1511", "--at", MOMENT])
    assert result.exit_code == 0
    assert "Oostzaan, 2026-11-24 10:00" in result.stdout
    assert "0800-2000" in result.stdout


def test_it_answers_without_the_web_framework():
    code = (
        "import sys\nfrom baken.cli import app\n"
        "try:\n    app(['door', '--json', '--at', '2026-11-24T10:00'])\n"
        "except SystemExit as stop:\n    assert not stop.code\n"
        "heavy = [name for name in ('django', 'babel', 'weasyprint', 'gunicorn', 'ninja') if name in sys.modules]\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_other_alphabets_come_out_whatever_the_terminal_says():
    code = "from baken.cli import main; main()"
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-c", code, "door", "--json", "--country", "mk", "--at", MOMENT],
        capture_output=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode("utf-8"))["doors"]
