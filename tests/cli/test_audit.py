"""`baken audit`: what a person and a program read, and several processes that write at the same time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.audit import record_some, unguarded
from typer.testing import CliRunner

from baken.cli import app

run = CliRunner()
WRITERS = """
import multiprocessing, sys
import django
django.setup()
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from baken.audit.actions import record
from baken.audit.kinds import Action, Kind, Subject, SYSTEM

def write(_number):
    for _turn in range(10):
        with transaction.atomic():
            record(by=SYSTEM, action=Action.READ, on=Subject(Kind.REPORT, "r"), now=timezone.now())

call_command("migrate", verbosity=0)
connection.close()
with multiprocessing.get_context("fork").Pool(4) as pool:
    pool.map(write, range(4), chunksize=1)
"""


@pytest.mark.django_db
def test_a_whole_audit_is_told_and_its_head_can_be_kept(tmp_path: Path) -> None:
    record_some(4)
    printed = run.invoke(app, ["audit", "head"])
    kept = tmp_path / "heads"
    kept.write_text(printed.stdout)
    assert json.loads(printed.stdout)["sequence"] == 4
    record_some(2)
    done = run.invoke(app, ["audit", "verify", "--head", str(kept)])
    assert (done.exit_code, done.stdout) == (0, "6 events hold, from number 1.\nThe audit is whole.\n")


@pytest.mark.django_db
def test_the_first_broken_row_is_named_to_people_and_programs() -> None:
    record_some(4)
    with unguarded() as cursor:
        cursor.execute("UPDATE audit_event SET object_id = 'other' WHERE sequence = 3")
    done = run.invoke(app, ["audit", "verify"])
    assert done.exit_code == 1
    assert "First broken row: 3 (changed). Event 3 is not what was recorded." in done.stdout
    told = run.invoke(app, ["audit", "verify", "--json"])
    assert told.exit_code == 1
    assert json.loads(told.stdout) == {
        "sound": False,
        "first": 1,
        "checked": 2,
        "broken": {"kind": "changed", "sequence": 3, "message": "Event 3 is not what was recorded."},
        "problems": [],
    }
    assert run.invoke(app, ["audit", "verify", "--since", "2026-11-21T09:04:00+00:00"]).exit_code == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (["verify", "--since", "yesterday"], "is not a day or moment", 2),
        (["verify", "--head", "/nowhere/at-all"], "cannot be read", 2),
        (["head"], "no events yet", 1),
    ],
)
def test_wrong_input_is_named(words: list[str], said: str, code: int) -> None:
    done = run.invoke(app, ["audit", *words])
    assert done.exit_code == code
    assert said in done.stderr


def test_processes_on_sqlite_make_one_gapless_chain(tmp_path: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    settings = {"BAKEN_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "baken.config.settings"}
    subprocess.run([sys.executable, "-c", WRITERS], env={**clean, **settings}, check=True)
    command = [sys.executable, "-c", "from baken.cli import main; main()", "audit", "verify", "--json"]
    done = subprocess.run(command, env={**clean, **settings}, capture_output=True, text=True, check=True)
    assert (json.loads(done.stdout)["sound"], json.loads(done.stdout)["checked"]) == (True, 40)
