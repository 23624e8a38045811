"""Settings: a default that works, and an error that says what to set."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from baken.config.database import database


def start(home: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Import the settings in a process of its own with only these settings."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith("BAKEN_") and name != "DATABASE_URL"
    }
    code = "import baken.config.settings as s; print(s.DATABASES['default']['ENGINE'], s.SECRET_KEY[:0] + str(len(s.SECRET_KEY)))"
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**clean, "BAKEN_HOME": str(home), **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def test_defaults_work_and_the_secret_is_kept(tmp_path: Path) -> None:
    first = start(tmp_path)
    assert first.returncode == 0, first.stderr
    assert "baken.config.sqlite " in first.stdout
    key = (tmp_path / "var" / "secret-key").read_text()
    start(tmp_path)
    assert (tmp_path / "var" / "secret-key").read_text() == key
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("BAKEN_DEBUG", "perhaps", "true or false"),
        ("BAKEN_MAIL_PORT", "many", "a whole number"),
        ("BAKEN_COUNTRY", "atlantis", "one of nl"),
        ("BAKEN_LOG_LEVEL", "LOUD", "one of DEBUG"),
        ("BAKEN_EXIT_URL", "javascript:alert(1)", "https://"),
        ("DATABASE_URL", "oracle://x/y", "postgresql://"),
        ("DATABASE_URL", "postgresql://user:geheim@host/", "postgresql://"),
    ],
)
def test_a_wrong_setting_says_what_to_set(tmp_path: Path, name: str, value: str, expected: str) -> None:
    done = start(tmp_path, **{name: value})
    assert done.returncode != 0
    assert f"Setting {name} is wrong" in done.stderr
    assert expected in done.stderr
    assert "Traceback" not in done.stderr
    assert "geheim" not in done.stderr


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("a-key-of-17-chars\n")
    assert start(tmp_path, BAKEN_SECRET_KEY_FILE=str(tmp_path / "key")).stdout.endswith(" 17\n")
    missing = start(tmp_path, BAKEN_SECRET_KEY_FILE=str(tmp_path / "no-such-file"))
    assert "BAKEN_SECRET_KEY_FILE" in missing.stderr


def test_a_dotenv_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# a remark\n\nBAKEN_SECRET_KEY='0123456789'\n")
    assert start(tmp_path).stdout.endswith(" 10\n")
    assert start(tmp_path, BAKEN_SECRET_KEY="xyz").stdout.endswith(" 3\n")
    (tmp_path / ".env").write_text("BAKEN_DEBUG\n")
    assert "line 1 of .env" in start(tmp_path).stderr


def test_postgresql_by_url(tmp_path: Path) -> None:
    found = database("postgresql://ann:p%40ss@db.example:5433/baken?sslmode=require", tmp_path)
    assert (found["NAME"], found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == (
        "baken",
        "ann",
        "p@ss",
        "db.example",
        "5433",
    )
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_sqlite_by_url(tmp_path: Path) -> None:
    assert database("sqlite:///var/x.sqlite3", tmp_path)["NAME"] == str(tmp_path / "var/x.sqlite3")
    assert database("sqlite:////tmp/x.sqlite3", tmp_path)["NAME"] == "/tmp/x.sqlite3"
    with pytest.raises(ValueError, match="no file"):
        database("sqlite://", tmp_path)
