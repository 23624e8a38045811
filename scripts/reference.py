"""Write the reference pages that follow from the code: settings, .env.example and the fields of a pack.

``python scripts/reference.py`` writes them, ``--check`` says whether they are fresh (exit code 1 when not).
"""

from __future__ import annotations

import argparse
import ast
import importlib
import inspect
import os
import sys
import tempfile
from pathlib import Path

import django
from pydantic import BaseModel

ROOT = Path(__file__).resolve().parent.parent
TABLE_BEGINS = "<!-- Fields: this table follows from the models; python scripts/reference.py writes it. -->"
TABLE_ENDS = "<!-- End of the fields. -->"
SCHEMA = ("base", "info", "doors", "signs", "people", "services")


def settings_known() -> dict[str, tuple[str, str]]:
    """Every setting with its default and what it is for, as the settings file reads them."""
    known = dict(os.environ)
    for name in known:
        if name.startswith("BAKEN_") or name == "DATABASE_URL":
            del os.environ[name]
    with tempfile.TemporaryDirectory() as home:
        os.environ["BAKEN_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "baken.config.settings"
        importlib.import_module("baken.config.settings")
        env = importlib.import_module("baken.config.env")
        found: dict[str, tuple[str, str]] = dict(env.SETTINGS)
    found["BAKEN_HOME"] = ("the working directory", found["BAKEN_HOME"][1])
    found["PORT"] = ("8000", "Port on which `baken serve` and `make run` answer.")
    return dict(sorted(found.items()))


def settings_page(settings: dict[str, tuple[str, str]]) -> str:
    """docs/settings.md."""
    rows = [
        f"| `{name}` | {f'`{default}`' if default else '(empty)'} | {about} |"
        for name, (default, about) in settings.items()
    ]
    return "\n".join(
        [
            "# Settings",
            "",
            "Every setting comes from the environment, or from a `.env` file in the directory of the installation.",
            "Each has a default that works. `NAME_FILE` may point to a file that holds the value of `NAME`, for secrets.",
            "A wrong value stops Baken with a message that says what to set; `baken doctor` tells what is wise in production.",
            "",
            "| setting | default | what it is for |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def env_example(settings: dict[str, tuple[str, str]]) -> str:
    """.env.example."""
    lines = ["# Copy to .env and change what you need. Everything has a default that works; see docs/settings.md.", ""]
    for name, (default, about) in settings.items():
        lines += [f"# {about}", f"# {name}={default}", ""]
    return "\n".join(lines)


def written_fields(model: type[BaseModel]) -> dict[str, tuple[str, str]]:
    """Field -> (type as written, documentation), read from the source: the string under a field is its documentation."""
    tree = ast.parse(inspect.getsource(model))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    found: dict[str, tuple[str, str]] = {}
    for item, following in zip(body, [*body[1:], None], strict=True):
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            text = ""
            if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
                text = " ".join(str(following.value.value).split())
            found[item.target.id] = (shown_type(item.annotation), text)
    return found


def shown_type(annotation: ast.expr) -> str:
    """A type as an editor of packs understands it: without validators, with the words that are allowed."""
    if isinstance(annotation, ast.BinOp):
        return f"{shown_type(annotation.left)} or {shown_type(annotation.right)}"
    if isinstance(annotation, ast.Subscript) and isinstance(annotation.value, ast.Name):
        inner = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
        if annotation.value.id == "Annotated":
            return shown_type(inner[0])
        if annotation.value.id == "Literal":
            return ", ".join(f"`{ast.unparse(item).strip(chr(39))}`" for item in inner)
        if annotation.value.id == "dict":
            return f"mapping of {shown_type(inner[0])} to {shown_type(inner[1])}"
        return f"{annotation.value.id} of {shown_type(inner[0])}"
    words = {
        "str": "text without translation",
        "Text": "text",
        "Texts": "texts by id",
        "When": "condition",
        "bool": "true or false",
    }
    written = ast.unparse(annotation)
    return words.get(written, {"None": "nothing", "dt.date": "date", "int": "number"}.get(written, written))


def packs_page() -> str:
    """docs/packs.md."""
    lines = [
        "# Fields of a pack",
        "",
        "All facts are data under `src/baken/packs/`. This page follows from the schema; a test keeps it fresh.",
        "A `when` maps a field of the situation to one value or a list of values; `any`, `all` and `not` combine them.",
        "How to write them: [country](how-to/add-a-country.md), [profession](how-to/add-a-profession.md),",
        "[door](how-to/add-a-door.md),",
        "[instrument](how-to/add-an-instrument.md), [language](how-to/add-a-language.md), [service](how-to/starter-content.md).",
        "",
    ]
    for module_name in SCHEMA:
        module = importlib.import_module(f"baken.packs.schema.{module_name}")
        for name, model in vars(module).items():
            if not (inspect.isclass(model) and issubclass(model, BaseModel) and model.__module__ == module.__name__):
                continue
            lines += model_lines(name, model)
    return "\n".join([*lines, *words_lines()])


def words_lines() -> list[str]:
    """The last section of docs/packs.md: the words that a field takes, for the types that the tables above only name."""
    lines = [
        "## Words",
        "",
        "The types above that are a choice of words.",
        "",
        "| type | in | words |",
        "|---|---|---|",
    ]
    for module_name in SCHEMA:
        source = inspect.getsource(importlib.import_module(f"baken.packs.schema.{module_name}"))
        for item in ast.parse(source).body:
            if not (isinstance(item, ast.Assign) and isinstance(item.targets[0], ast.Name)):
                continue
            value = item.value
            if isinstance(value, ast.Subscript) and isinstance(value.value, ast.Name) and value.value.id == "Literal":
                lines.append(f"| {item.targets[0].id} | {module_name} | {shown_type(value)} |")
    return [*lines, ""]


def model_lines(name: str, model: type[BaseModel]) -> list[str]:
    """One section of docs/packs.md."""
    own = written_fields(model)
    if name == "PackModel":
        return []
    parents = [base.__name__ for base in model.__bases__ if base.__name__ not in ("BaseModel", "PackModel")]
    lines = [f"## {name}", "", " ".join((inspect.getdoc(model) or "").split())]
    if parents:
        lines[-1] += f" Has the fields of {' and '.join(parents)} too."
    lines += ["", "| field | what it takes | needed | meaning |", "|---|---|---|---|"]
    for field, (takes, text) in own.items():
        needed = "yes" if model.model_fields[field].is_required() else "no"
        lines.append(f"| `{field}` | {takes} | {needed} | {text.replace('``', '`')} |")
    return [*lines, ""]


def pages() -> dict[Path, str]:
    """Path -> text of every reference page."""
    settings = settings_known()
    django.setup()
    urls = importlib.import_module("baken.audience")
    matrix = importlib.import_module("baken.people.matrix")
    members = [matrix.Url(url.name, url.audience) for url in urls.declared_urls() if url.audience != urls.PUBLIC]
    return {
        ROOT / "docs" / "permissions.md": matrix.page(members),
        ROOT / "docs" / "data-inventory.md": inventory_page(),
        ROOT / "docs" / "settings.md": settings_page(settings),
        ROOT / ".env.example": env_example(settings),
        ROOT / "docs" / "packs.md": packs_page(),
    }


def inventory_page() -> str:
    """docs/data-inventory.md with its table of stored fields renewed."""
    text = (ROOT / "docs" / "data-inventory.md").read_text(encoding="utf-8")
    before, _, rest = text.partition(TABLE_BEGINS)
    _, _, after = rest.partition(TABLE_ENDS)
    table = importlib.import_module("baken.people.inventory").table()
    return f"{before}{TABLE_BEGINS}\n\n{table}\n\n{TABLE_ENDS}{after}"


def main() -> int:
    """Write or check the pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether the pages are fresh")
    check = parser.parse_args().check
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        sys.stdout.write(f"{'Not fresh' if check else 'Written'}: {path.relative_to(ROOT)}\n")
        if not check:
            path.write_text(pages()[path], encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
