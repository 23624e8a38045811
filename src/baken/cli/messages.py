"""`baken pack messages`: keep all translations in step with their sources, and see what translators have to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from baken.cli.output import console, fail, progress, rows, table

if TYPE_CHECKING:
    from baken.packs.messages import Catalogue, Figures, MessageProblem

SHOWN = 40
"""Problems printed before the rest is only counted."""


def messages(
    check: Annotated[
        bool, typer.Option("--check", help="For CI: change nothing; exit with 1 when a translation needs work.")
    ] = False,
    compile_: Annotated[
        bool, typer.Option("--compile", help="Write the compiled catalogues that the site reads, and nothing else.")
    ] = False,
    export: Annotated[
        tuple[str, Path] | None,
        typer.Option(metavar="LANGUAGE FILE", help="Write what is missing or outdated in a language to a JSON file."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="With --export: translated texts too, to check them.")
    ] = False,
    import_: Annotated[
        tuple[str, Path] | None,
        typer.Option("--import", metavar="LANGUAGE FILE", help="Take translations over from a JSON file."),
    ] = None,
) -> None:
    """Collect all texts into the catalogues and report how far each language is.

    Without options the catalogues are brought up to date: new texts are added, texts that changed are marked as
    outdated, texts that are gone are removed.
    """
    if sum((check, compile_, export is not None, import_ is not None)) > 1:
        fail("Choose one of --check, --compile, --export and --import.")
    if everything and export is None:
        fail("--all goes with --export.")
    if compile_:
        _compile()
    elif export is not None:
        _export(*export, everything=everything)
    elif import_ is not None:
        _import(*import_)
    elif check:
        _check()
    else:
        _update()


def _catalogues(language: str | None = None) -> list[Catalogue]:
    from baken.cli.interface_messages import interface_catalogues
    from baken.packs.errors import PackError
    from baken.packs.messages import pack_catalogues
    from baken.packs.service_words import service_catalogues

    try:
        found = [*interface_catalogues(), *pack_catalogues(), *service_catalogues()]
    except PackError as error:
        fail(f"A pack cannot be used:\n{error}", code=1)
    except SyntaxError as error:
        fail(f"A template or a module cannot be read: {error}", code=1)
    if language is None:
        return found
    known = sorted({item.language for item in found if not item.identity})
    if language not in known:
        fail(f"language: '{language}' is not one of {', '.join(known)}")
    return [item for item in found if item.language == language]


def _update() -> None:
    from baken.packs.messages import update_file
    from baken.packs.po import CatalogueError

    catalogues = _catalogues()
    changed = 0
    for catalogue in progress(catalogues, "Updating catalogues"):
        try:
            changed += update_file(catalogue)
        except CatalogueError as error:
            fail(str(error), code=1)
    _report(catalogues)
    typer.echo(f"{changed} of {len(catalogues)} catalogues changed.")


def _compile() -> None:
    from baken.packs.messages import catalogue_files, compile_file
    from baken.packs.po import CatalogueError

    files = list(catalogue_files())
    changed = 0
    for path, language in progress(files, "Compiling catalogues"):
        try:
            changed += compile_file(path, language)
        except CatalogueError as error:
            fail(str(error), code=1)
    typer.echo(f"{changed} of {len(files)} catalogues compiled; the others had not changed.")


def _check() -> None:
    from baken.packs.messages import problems_of_file
    from baken.packs.po import CatalogueError

    catalogues = _catalogues()
    found: list[MessageProblem] = []
    for catalogue in progress(catalogues, "Checking catalogues"):
        try:
            found += problems_of_file(catalogue)
        except CatalogueError as error:
            fail(str(error), code=1)
    _report(catalogues)
    for problem in found[:SHOWN]:
        typer.echo(str(problem), err=True)
    if len(found) > SHOWN:
        typer.echo(f"… and {len(found) - SHOWN} more.", err=True)
    if found:
        raise typer.Exit(1)
    typer.echo("Every text is there in every language, and no translation is outdated or unused.")


def _report(catalogues: list[Catalogue]) -> None:
    from baken.packs.messages import Figures, figures, updated
    from baken.packs.po import read_entries

    languages: dict[str, Figures] = {}
    for catalogue in catalogues:
        own = figures(updated(catalogue, read_entries(catalogue.path)))
        languages[catalogue.language] = languages.get(catalogue.language, Figures()).plus(own)
    made = table("Language", "Total", "Translated", "Checked", "Draft")
    lines = ((code, item.total, item.translated, item.checked, item.draft) for code, item in languages.items())
    console().print(rows(made, lines))


def _export(language: str, file: Path, *, everything: bool) -> None:
    from baken.packs.exchange import exported
    from baken.packs.po import CatalogueError

    try:
        items = exported([item for item in _catalogues(language) if not item.identity], everything=everything)
        file.write_text(json.dumps(items, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except CatalogueError as error:
        fail(str(error), code=1)
    except OSError as error:
        fail(f"{file}: cannot be written: {error.strerror}")
    typer.echo(f"{len(items)} texts for {language} in {file}.")


def _import(language: str, file: Path) -> None:
    from baken.packs.exchange import imported
    from baken.packs.po import CatalogueError

    items = _items(file)
    try:
        taken, refused = imported([item for item in _catalogues(language) if not item.identity], items)
    except CatalogueError as error:
        fail(str(error), code=1)
    for item in refused:
        typer.echo(str(item), err=True)
    typer.echo(f"{taken} translations taken over for {language}, {len(refused)} refused.")
    if refused:
        raise typer.Exit(1)


def _items(file: Path) -> list[Any]:
    try:
        items = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        fail(f"{file}: cannot be read: {error.strerror}")
    except UnicodeDecodeError:
        fail(f"{file}: expected UTF-8 text")
    except json.JSONDecodeError as error:
        fail(f"{file}:{error.lineno}: expected JSON: {error.msg}")
    if not isinstance(items, list):
        fail(f"{file}: expected a list of objects with catalogue, context, id and text")
    return items
