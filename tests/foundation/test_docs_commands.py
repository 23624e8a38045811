"""docs/commands.md and the command line say the same: every command and option that exists, and no other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from baken.cli import app

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
GENERAL = {"--help", "-h"}


def _commands(command: Any, name: str) -> dict[str, Any]:
    if hasattr(command, "commands"):
        found: dict[str, Any] = {}
        for part, inner in command.commands.items():
            found |= _commands(inner, f"{name} {part}")
        return found
    return {name: command}


COMMANDS = _commands(get_command(app), "baken")


def _section(name: str) -> str:
    match = re.search(rf"^## `{re.escape(name)}`\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert match, f"docs/commands.md has no section {name}"
    return match.group(1)


def _options(command: Any) -> set[str]:
    return {option for parameter in command.params for option in parameter.opts if option.startswith("-")} - GENERAL


def test_every_command_is_documented_and_no_other():
    assert set(re.findall(r"^## `(.*)`$", PAGE, re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_documented_and_no_other(name):
    documented = set(re.findall(r"^\| `(--[a-z-]+)` \|", _section(name), re.MULTILINE))
    assert documented == _options(COMMANDS[name])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_is_for(name):
    assert COMMANDS[name].help
    assert all(parameter.help for parameter in COMMANDS[name].params)


def _written() -> list[tuple[str, str]]:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md"), ROOT / "Makefile", ROOT / ".ci" / "run"]
    return [
        (page.name, found)
        for page in pages
        if page.exists()
        for found in re.findall(
            r"[`/\"\s]baken\"? ((?:pack |organisation )?"
            r"(?:serve|demo|create|administrator|check|door|doctor|messages|stale|facts)\b[^`\n]*)",
            page.read_text("utf-8"),
        )
    ]


@pytest.mark.parametrize(("page", "words"), _written())
def test_every_command_in_the_documents_exists(page, words):
    parts = words.split()
    name = f"baken {' '.join(parts[:2])}" if parts[0] in ("pack", "organisation") else f"baken {parts[0]}"
    assert name in COMMANDS, f"{page}: {name}"
    options = {part.rstrip(".,;:") for part in parts if re.fullmatch(r"--[a-z-]+[.,;:]?", part)}
    assert options - GENERAL <= _options(COMMANDS[name]), f"{page}: {words}"
