"""The `baken` command.

Only what a command needs is imported, and only when it runs: `baken door` answers without loading the web framework.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from baken.cli import (
    audit,
    check,
    demo,
    directory,
    directory_exchange,
    doctor,
    door,
    organisation,
    pack,
    provider,
    serve,
    work,
)

app = typer.Typer(
    name="baken",
    help="Baken: from a hunch to safe help. Recognise signs, find the right door, keep the facts up to date.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("serve")(serve.serve)
app.command("work")(work.work)
app.command("demo")(demo.demo)
app.command("check")(check.check)
app.command("door")(door.door)
app.add_typer(pack.app, name="pack")
app.add_typer(audit.app, name="audit")
organisation.app.command("oidc")(provider.oidc)
app.add_typer(organisation.app, name="organisation")
directory.app.command("export")(directory_exchange.export)
directory.app.command("import")(directory_exchange.take_in)
directory.app.command("token")(directory_exchange.token)
directory.app.command("verify")(directory_exchange.verify)
app.add_typer(directory.app, name="directory")
app.command("doctor")(doctor.doctor)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"baken {version('baken')}")
        raise typer.Exit


@app.callback()
def _baken(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Baken: from a hunch to safe help. Recognise signs, find the right door, keep the facts up to date."""


def main() -> None:
    """Entry point of the command."""
    for stream in (sys.stdout, sys.stderr):
        # Packs hold Cyrillic and Arabic; a terminal that claims to speak ASCII would otherwise end in a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()
