"""The files around the code say true things: links lead somewhere, commands exist, dependencies have a reason."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
REQUIREMENT = re.compile(r'^\s+"[a-z]')


def targets() -> dict[str, str]:
    """Target of the Makefile -> its line in ``make help``; empty when it has none."""
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    rules = (re.match(r"([a-z-]+):(?:.*?## (.*))?", line) for line in lines)
    return {rule[1]: rule[2] or "" for rule in rules if rule}


def requirement_lines() -> Iterator[tuple[str, str]]:
    """Each direct dependency, with the line before it."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[tool.", maxsplit=1)[0]
    start = text.index("\ndependencies = [")
    lines = [line for line in text[start:].splitlines() if line.strip()]
    return ((line, before) for before, line in pairwise(lines) if REQUIREMENT.match(line))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_files_lead_somewhere(page):
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_make_commands_in_the_pages_exist():
    named = {
        name for page in PAGES for name in re.findall(r"(?:^|`)make ([a-z]+)\b", page.read_text(encoding="utf-8"), re.M)
    }

    assert {"run", "test"} <= named <= targets().keys()


def test_readme_needs_two_commands_to_start():
    start = (ROOT / "README.md").read_text(encoding="utf-8").split("```sh\n")[1].split("```")[0]

    assert [line.split("#")[0].strip() for line in start.splitlines()] == ["make run", "make test"]


def test_make_help_lists_every_target_with_an_explanation():
    helped = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert {"run", "test", "lint", "docs"} <= {
        line.split()[1] for line in helped.splitlines() if line.startswith("  make")
    }


def test_each_dependency_says_why_it_is_there():
    silent = [line.strip() for line, before in requirement_lines() if not before.lstrip().startswith(("#", '"'))]

    assert silent == []


def test_tools_come_with_the_version_that_wrote_the_lock_file():
    script = (ROOT / "scripts/get-uv").read_text(encoding="utf-8")

    assert re.search(r"^UV_VERSION=\d+\.\d+\.\d+$", script, re.M)
    assert tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["version"] == 1


def test_licence_is_the_one_that_the_project_names():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert project["license"] == "EUPL-1.2"
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert "15.Applicable Law" in licence
