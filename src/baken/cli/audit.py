"""`baken audit`: whether the audit is whole, and a signed head to keep elsewhere."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from baken.cli.output import fail, print_json

if TYPE_CHECKING:
    from baken.audit.queries import Checked

app = typer.Typer(help="The audit: who did what. Verify that nobody changed it.", no_args_is_help=True)


@app.command("verify")
def verify(
    since: Annotated[
        str | None, typer.Option(help="Only events from this day or moment on (ISO). All when left out.")
    ] = None,
    head: Annotated[
        Path | None, typer.Option(help="File with heads that you kept, as `baken audit head` printed them.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Verify the chain of events and name the first broken row.

    Exits with 1 when something is wrong, and with 2 when the head file or the moment cannot be read.
    """
    _start()
    from django.db import DatabaseError

    from baken.audit.heads import HeadError, read_heads
    from baken.audit.queries import check_chain

    try:
        kept = read_heads(head) if head else []
        found = check_chain(since=_moment(since), kept=kept)
    except HeadError as error:
        fail(str(error))
    except DatabaseError as error:
        fail(f"The audit cannot be read: {str(error).splitlines()[0]}. See: baken doctor", code=1)
    if as_json:
        print_json({"sound": found.sound, **asdict(found)})
    else:
        _show(found)
    if not found.sound:
        raise typer.Exit(1)


@app.command("head")
def head() -> None:
    """Print the signed head of the audit, one line of JSON, to keep where nobody on this server can change it."""
    _start()
    from django.db import DatabaseError

    from baken.audit.heads import HeadError, check_signature
    from baken.audit.queries import signed_head

    try:
        found = signed_head()
        if found is None:
            fail("There are no events yet, so there is no head.", code=1)
        check_signature(found)
    except HeadError as error:
        fail(str(error), code=1)
    except DatabaseError as error:
        fail(f"The audit cannot be read: {str(error).splitlines()[0]}. See: baken doctor", code=1)
    typer.echo(found.as_json())


def _start() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baken.config.settings")
    import django

    django.setup()


def _moment(text: str | None) -> dt.datetime | None:
    """The moment that somebody typed; local to the installation without a zone."""
    if text is None:
        return None
    from django.utils import timezone

    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        fail(f"--since {text!r} is not a day or moment. Write it as 2026-11-21 or 2026-11-21T09:00.")
    return moment if moment.tzinfo else timezone.make_aware(moment)


def _show(found: Checked) -> None:
    typer.echo(f"{found.checked} events hold, from number {found.first}.")
    if found.broken:
        typer.echo(f"First broken row: {found.broken.sequence} ({found.broken.kind}). {found.broken.message}")
    for problem in found.problems:
        typer.echo(problem)
    if found.sound:
        typer.echo("The audit is whole.")
