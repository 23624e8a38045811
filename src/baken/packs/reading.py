"""Read YAML with the line of every value, so that errors can point at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from baken.packs.errors import FieldPath, PackError, Problem, shown_path

M = TypeVar("M", bound=BaseModel)
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Document:
    """One YAML file as plain data, with the line on which each value stands."""

    file: str
    data: Any
    lines: dict[FieldPath, int] = field(default_factory=dict)

    def line_of(self, path: FieldPath) -> int:
        """Line of the value at ``path``, or of the nearest value around it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 1

    def problem(self, path: FieldPath, expected: str) -> Problem:
        """A problem at ``path`` of this file."""
        return Problem(self.file, self.line_of(path), ".".join(str(part) for part in path) or "(whole file)", expected)


def read_document(path: Path, root: Path) -> Document:
    """Parse one file. Raises PackError for broken YAML, a wrong encoding, or a key that stands twice."""
    name = shown_path(path, root)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise PackError(
            [Problem(name, 1, "(whole file)", f"expected UTF-8 text, found byte {error.object[error.start]:#x}")]
        ) from None
    except OSError as error:
        raise PackError([Problem(name, 1, "(whole file)", f"expected a readable file: {error.strerror}")]) from None
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        document = Document(name, None)
        problems: list[Problem] = []
        document.data = _plain(node, (), loader, document, problems) if node is not None else {}
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PackError([Problem(name, line, "(YAML)", f"expected valid YAML: {error.problem}")]) from None
    except yaml.reader.ReaderError as error:
        raise PackError([Problem(name, 1, "(YAML)", f"expected printable text: {error.reason}")]) from None
    finally:
        loader.dispose()
    if problems:
        raise PackError(problems)
    return document


def _plain(node: Any, path: FieldPath, loader: Any, document: Document, problems: list[Problem]) -> Any:
    document.lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        if node.tag == "tag:yaml.org,2002:str":
            return node.value
        return loader.construct_object(node)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, index), loader, document, problems) for index, item in enumerate(node.value)]
    result: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = key_node.value if key_node.tag == "tag:yaml.org,2002:str" else loader.construct_object(key_node)
        if not isinstance(key, str):
            # YAML reads bare yes/no as booleans; the packs use them as words.
            key = key_node.value
        if key in result:
            document.lines[(*path, key)] = key_node.start_mark.line + 1
            problems.append(document.problem((*path, key), "expected each key once; this one stands twice"))
        result[key] = _plain(value_node, (*path, key), loader, document, problems)
    return result


def validated(document: Document, model: type[M]) -> M:
    """``document`` as a schema model. Raises PackError that names file, line, field and what was expected."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise PackError(
            [
                document.problem(
                    tuple(part for part in item["loc"] if part != "[key]"), _expected(item["msg"], item.get("input"))
                )
                for item in error.errors()
            ]
        ) from None


def _expected(message: str, found: object) -> str:
    shown = repr(found)
    if isinstance(found, dict | list) or len(shown) > 60:
        return message
    return f"{message}; found {shown}"
