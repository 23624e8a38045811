"""`baken doctor`: what is wrong with this installation, and how to mend it."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from baken.cli.output import console, print_json, rows, table


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
    clock_is_right: Annotated[
        bool, typer.Option("--clock-is-right", help="Say that the date of this machine is right: erasing goes on.")
    ] = False,
) -> None:
    """Examine this installation: settings, database, mail, clock, storage, packs, texts, PDF, files, security.

    Exits with 1 when something is wrong; a warning alone is not an error.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baken.config.settings")
    from baken.cli.examinations import Finding, examine

    if clock_is_right:
        confirm_clock()

    found: list[Finding] = list(examine())
    if as_json:
        print_json([item.data() for item in found])
    else:
        made = table("", "What", "Found", "How to mend it")
        screen = console()
        screen.print(rows(made, ((item.level, item.area, item.found, item.mend) for item in found)))
        count = {level: sum(item.level == level for item in found) for level in ("error", "warning")}
        screen.print(f"{count['error']} errors, {count['warning']} warnings.", markup=False)
    if any(item.level == "error" for item in found):
        raise typer.Exit(1)


def confirm_clock() -> None:
    """Let erasing go on after the clock leaped, or the server was off for long."""
    import django

    django.setup()
    from django.utils import timezone

    from baken.notices.erasing import confirm

    confirm(timezone.now())
