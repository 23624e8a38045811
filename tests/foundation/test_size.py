"""A newcomer can hold a file and a function in mind: the numbers of the house, and nothing hidden from them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILE_LINES = 300
FUNCTION_LINES = 60
MODULES = sorted(
    path
    for room in ("src", "tests", "bench", "scripts")
    for path in (ROOT / room).rglob("*.py")
    # A migration is written by Django from the models and never changed after its day: nobody holds it in mind.
    if not path.match("*/migrations/0*.py")
)


def functions(module: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_the_walk_sees_the_code():
    assert ROOT / "src/baken/packs/situation.py" in MODULES


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_file_and_functions_stay_small(module):
    lines = len(module.read_text(encoding="utf-8").splitlines())
    too_long = [f"{name}: {length} lines" for name, length in functions(module) if length > FUNCTION_LINES]

    assert lines <= FILE_LINES, f"{lines} lines: split it by noun"
    assert too_long == [], "split it by what it does"
