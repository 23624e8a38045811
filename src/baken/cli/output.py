"""How commands speak: JSON for programs, tables for people, one clear line on stderr when something is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

T = TypeVar("T")
WRONG_INPUT = 2
"""Exit code when the input cannot be used; 1 means that there is something to do."""


def fail(message: str, code: int = WRONG_INPUT) -> NoReturn:
    """Stop with one message on stderr."""
    typer.echo(message, err=True)
    raise typer.Exit(code)


def print_json(data: Any) -> None:
    """Data for a program, on stdout."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


def console(*, stderr: bool = False) -> Console:
    """Where people read. Colours and widths follow the terminal."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False)


def table(*columns: str, title: str | None = None, whole: str | None = None) -> Table:
    """A table without frills, that also reads well in a log. The column ``whole`` is never folded: it can be copied."""
    from rich import box
    from rich.table import Table

    made = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        made.add_column(column, overflow="fold", no_wrap=column == whole)
    return made


def rows(made: Table, lines: Iterable[Sequence[object]]) -> Table:
    """The table with these rows; nothing in them is read as mark-up."""
    from rich.text import Text

    for line in lines:
        made.add_row(*(Text("" if item is None else str(item)) for item in line))
    return made


def progress(items: Sequence[T], what: str) -> Iterator[T]:
    """Go through ``items`` with a progress bar on stderr; without one where nobody watches."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield from items
        return
    from rich.progress import track

    yield from track(items, description=what, console=screen, transient=True)
