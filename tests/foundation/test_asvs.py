"""The table of ASVS names tests that exist, and its counts are those of its lines."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/asvs.md").read_text(encoding="utf-8")
STATES = ("shown", "not shown", "falls short", "n/a")
LINES = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.partition("## V1 ")[2].splitlines()
    if re.match(r"\| \d", line)
]


def test_each_named_test_exists() -> None:
    named = re.findall(r"`(tests/\S+\.py)::(\w+)`", PAGE)
    assert len(named) > 60
    missing = []
    for path, name in named:
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        if name not in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}:
            missing.append(f"{path}::{name}")
    assert not missing


def test_every_line_has_a_state_and_what_is_shown_a_test() -> None:
    for number, asks, state, how, test in LINES:
        assert state in STATES, number
        assert asks, number
        assert how, number
        assert bool(test) or state != "shown", number
        assert not test or state in ("shown", "falls short"), number


def test_all_chapters_are_there_and_the_counts_are_right() -> None:
    assert re.findall(r"^## V(\d+) ", PAGE, re.M) == [str(number) for number in range(1, 15)]
    counted = Counter(line[2] for line in LINES)
    assert {state: int(number) for state, number in re.findall(r"^\| ([a-z /]+) \| (\d+) \|$", PAGE, re.M)} == counted
