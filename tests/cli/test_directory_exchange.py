"""`baken directory export`, `import`, `token` and `verify`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.directory.exchange.conftest import write
from tests.helpers.directory import full_service, service
from tests.helpers.people import World
from typer.testing import CliRunner

from baken.audit.heads import public_key
from baken.cli import app
from baken.directory import models

pytestmark = pytest.mark.django_db


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["directory", *words])
    assert done.exit_code == code, done.output
    return done.output


@pytest.mark.parametrize("form", ["hsds", "tabular", "csv"])
def test_what_was_exported_differs_in_nothing(tmp_path: Path, form: str) -> None:
    write(full_service())
    file = tmp_path / "map"
    run("export", str(file), "--form", form, "--audience", "editors")
    found = json.loads(run("import", str(file), "--json"))
    assert [item["sort"] for item in found["differences"]] == ["same"]


def test_differences_are_shown_and_only_then_taken_over(tmp_path: Path) -> None:
    here = service()
    write(here)
    file = tmp_path / "map.json"
    write(replace(here, description="Van elders."))
    run("export", str(file))
    write(here)
    shown = run("import", str(file))
    assert "description, changed: 'Uitleg over loon en contract.' -> 'Van elders.'" in shown.replace("\n", " ")
    assert "Nothing was written" in shown
    assert models.Service.objects.get().description == here.description
    assert "Taken over: 0" in run("import", str(file), "--apply", "--only", "00000000-0000-0000-0000-000000000001")
    assert "Taken over: 1" in run("import", str(file), "--apply")
    assert models.Service.objects.get().description == "Van elders."


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "lijst.csv"
    file.write_text("name,provider,kind\nHulp,Stichting,huis\n", encoding="utf-8")
    assert "line 2, kind: expected one of" in run("import", str(file), code=2).replace("\n", " ")
    assert "cannot be read" in run("import", str(tmp_path / "weg.csv"), code=2)


def test_a_signed_map_is_verified(tmp_path: Path, settings: Any) -> None:
    write(service())
    file = tmp_path / "map.json"
    run("export", str(file), "--form", "signed")
    assert "1 services, whole, valid until" in run("verify", str(file))
    assert "whole" in run("verify", str(file), "--key", public_key())
    assert "another key" in run("verify", str(file), "--key", "00" * 32, code=1)
    file.write_bytes(file.read_bytes().replace(b"020-1234567", b"020-7654321"))
    assert "somebody changed the file" in run("verify", str(file), code=1).replace("\n", " ")


def test_a_paper_map_needs_a_municipality(tmp_path: Path) -> None:
    write(full_service())
    assert "name one" in run("export", str(tmp_path / "a.pdf"), "--form", "pdf", code=2)
    run("export", str(tmp_path / "a.pdf"), "--form", "pdf", "--municipality", "Amsterdam")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_a_token_is_shown_once_and_taken_back(world: World) -> None:
    assert run("token", world.here.name).startswith("baken_map_")
    assert "1 taken back" in run("token", world.here.name, "--revoke")
    assert "there is no organisation" in run("token", "Niemand", code=2)


@pytest.fixture
def world(db: None) -> World:
    return World()
