"""Reference pages follow from the code, and name everything that exists and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_reference_pages_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "reference.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}Run: python scripts/reference.py"


def test_every_setting_in_prose_exists() -> None:
    known = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "settings.md").read_text(encoding="utf-8"), re.M))
    assert "BAKEN_EXIT_URL" in known
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    named = {
        (page.name, name)
        for page in pages
        for name in re.findall(r"\bBAKEN_[A-Z_]+\b", page.read_text(encoding="utf-8"))
    }
    assert {item for item in named if item[1] not in known} == set()


def test_every_setting_read_in_code_is_listed() -> None:
    source = (ROOT / "src/baken/config/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r"env\.read\w*\(\s*\"([A-Z_]+)\"", source))
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert {name for name in read if f"`{name}`" not in page} == set()
