"""What is wrong with a pack, said so that the editor can mend it: file, line, field, and what was expected."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FieldPath = tuple[str | int, ...]
"""Keys and list positions that lead to a value in a file of a pack."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend."""

    file: str
    line: int
    field: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.expected}"


class PackError(Exception):
    """A pack cannot be used; ``problems`` lists everything that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def shown_path(path: Path, root: Path) -> str:
    """The path as an editor of packs knows it: relative to the directory that holds the packs."""
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
