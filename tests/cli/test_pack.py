"""`baken pack` and the other commands: what they say and how they end."""

from __future__ import annotations

import datetime as dt
import json
import logging
import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner

from baken.cli import app, examinations, server
from baken.cli.pack import fact_problem
from baken.packs import loader
from baken.packs.errors import PackError, Problem
from baken.packs.schema.base import Fact

RUN = CliRunner()
DAY = dt.date(2026, 11, 21)


def test_pack_check_reads_all_packs_and_tells_the_time():
    result = RUN.invoke(app, ["pack", "check", "--check"])
    assert result.exit_code == 0
    assert "nl: ok" in result.stdout
    assert " ms." in result.stdout
    data = json.loads(RUN.invoke(app, ["pack", "check", "--json"]).stdout)
    assert data["packs"]["nl"] == []
    assert data["milliseconds"] >= 0


@pytest.mark.parametrize("arguments", [[], ["--check"], ["--json"]])
def test_pack_check_fails_on_a_broken_pack(monkeypatch, arguments):
    def broken(country: str) -> None:
        raise PackError([Problem(f"{country}/doors.yaml", 7, "doors.x", "expected a number")])

    monkeypatch.setattr(loader, "read_pack", broken)
    result = RUN.invoke(app, ["pack", "check", *arguments])
    assert result.exit_code == 1
    assert "nl/doors.yaml:7: doors.x: expected a number" in result.stdout


def test_stale_facts_on_a_day():
    assert RUN.invoke(app, ["pack", "stale", "--on", "2026-11-21", "--check"]).exit_code == 0
    late = RUN.invoke(app, ["pack", "stale", "--on", "2040-01-01"])
    assert late.exit_code == 0
    assert "facts due on 2040-01-01" in late.stdout
    assert RUN.invoke(app, ["pack", "stale", "--on", "2040-01-01", "--check"]).exit_code == 1
    due = json.loads(RUN.invoke(app, ["pack", "stale", "--on", "2040-01-01", "--json"]).stdout)
    assert [item["check_by"] for item in due] == sorted(item["check_by"] for item in due)


def test_every_fact_is_listed_with_its_source():
    listed = json.loads(RUN.invoke(app, ["pack", "facts", "--json", "--check", "--on", "2026-11-21"]).stdout)
    assert {item["pack"] for item in listed} == {"nl", "hu", "bg", "mk", "shared"}
    assert len({(item["pack"], item["path"]) for item in listed}) == len(listed)
    for item in listed:
        assert item["source"]
        assert item["confidence"] in ("confirmed", "reported", "unconfirmed")
    only = json.loads(RUN.invoke(app, ["pack", "facts", "--json", "--country", "hu"]).stdout)
    assert "nl" not in {item["pack"] for item in only}
    table = RUN.invoke(app, ["pack", "facts", "--country", "mk"])
    assert "confirmed" in table.stdout


@pytest.mark.parametrize(
    ("checked_on", "check_by", "problem"),
    [
        (DAY, DAY + dt.timedelta(days=30), None),
        (DAY + dt.timedelta(days=1), DAY + dt.timedelta(days=30), "future"),
        (DAY, DAY - dt.timedelta(days=1), "before"),
        (DAY, DAY + dt.timedelta(days=500), "more than a year"),
    ],
)
def test_the_dates_of_a_fact_must_make_sense(checked_on, check_by, problem):
    fact = Fact(source="somebody", checked_on=checked_on, check_by=check_by, confidence="reported")
    found = fact_problem(fact, DAY)
    assert found is None if problem is None else problem in str(found)


@pytest.mark.parametrize(
    "arguments",
    [
        ["pack", "facts", "--country", "fr"],
        ["pack", "stale", "--on", "yesterday"],
        ["pack", "messages", "--check", "--compile"],
        ["pack", "messages", "--all"],
        ["pack", "messages", "--export", "xx", "out.json"],
        ["pack", "messages", "--import", "hu", "no-such-file.json"],
        ["pack", "nonsense"],
        ["serve", "--port", "0"],
        ["nonsense"],
    ],
)
def test_unusable_input_ends_with_2(arguments):
    result = RUN.invoke(app, arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_the_demo_says_that_it_is_one():
    result = RUN.invoke(app, ["demo", "--port", "8123"])
    assert result.exit_code == 0
    assert result.stdout.count("DEMO") == 2
    assert result.stdout.count("Oostzaan, ") == 3
    assert "http://127.0.0.1:8123/nl/check/" in result.stdout


def test_a_taken_port_is_named(monkeypatch):
    monkeypatch.setattr("baken.cli.serve._refuse_when_not_ready", lambda: None)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = RUN.invoke(app, ["serve", "--port", str(port)])
    assert result.exit_code == 1
    assert f"Cannot listen on 127.0.0.1:{port}" in result.stderr


def test_no_address_of_a_visitor_in_the_log():
    record = logging.LogRecord(
        "gunicorn.error", logging.WARNING, "", 1, "Invalid request from ip=192.0.2.1: x", None, None
    )
    assert server._WithoutAddress().filter(record)
    assert "192.0.2.1" not in record.getMessage()


@pytest.mark.django_db
def test_the_doctor_looks_at_everything(settings):
    result = RUN.invoke(app, ["doctor", "--json"])
    found = json.loads(result.stdout)
    areas = {item["area"] for item in found}
    assert {"settings", "database", "mail", "clock", "storage", "pack nl", "texts", "PDF", "static files"} <= areas
    assert result.exit_code == (1 if any(item["level"] == "error" for item in found) else 0)
    for item in found:
        assert item["level"] == "ok" or item["mend"] or item["area"] == "security"
    assert "errors" in RUN.invoke(app, ["doctor"]).stdout


def test_the_doctor_says_how_to_mend_it(settings, tmp_path: Path):
    settings.DEBUG = False
    settings.STATIC_ROOT = tmp_path / "var" / "static"
    (found,) = examinations.static_files()
    assert found.level == "error"
    assert "collectstatic" in found.mend
    (tmp_path / "var").mkdir()
    secret = tmp_path / "var" / "secret-key"
    secret.write_text("x")
    secret.chmod(0o644)
    assert [item.level for item in examinations.storage()] == ["ok", "error"]
    settings.ALLOWED_HOSTS = ["*"]
    assert any("every name" in item.found for item in examinations.security())


def test_the_doctor_survives_what_it_examines(monkeypatch):
    def broken() -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(examinations, "EXAMINATIONS", {"x": broken})
    assert [item.area for item in examinations.examine()] == ["settings", "x"]


@pytest.mark.parametrize("command", [[], ["serve"], ["demo"], ["check"], ["door"], ["pack"], ["doctor"]])
def test_every_command_has_help(command):
    result = RUN.invoke(app, [*command, "--help"])
    assert result.exit_code == 0
    assert "Usage" in result.stdout


def test_the_version():
    assert RUN.invoke(app, ["--version"]).stdout.startswith("baken ")
