"""`baken serve`: the web server."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Annotated

import typer

from baken.cli.output import fail
from baken.cli.work import beside

SETTINGS = "baken.config.settings"
WORKERS_MAX = 4


def serve(
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="Port to listen on.")] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for all.")] = "127.0.0.1",
    workers: Annotated[
        int | None,
        typer.Option(envvar="WEB_CONCURRENCY", min=1, max=64, help="Worker processes. One per processor, at most 4."),
    ] = None,
    dev: Annotated[
        bool, typer.Option("--dev", help="For developers: start again after each change, show tracebacks.")
    ] = False,
    no_worker: Annotated[
        bool, typer.Option("--no-worker", help="Leave the background jobs to `baken work`, run apart.")
    ] = False,
) -> None:
    """Start the web server and print its address. No visitor's address is written to any log."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if dev:
        os.environ.setdefault("BAKEN_DEBUG", "true")
        from django.core.management import execute_from_command_line

        # The reloader starts this command once more; the worker stands beside the first.
        with beside(wanted=not no_worker and "RUN_MAIN" not in os.environ):
            execute_from_command_line(["baken", "runserver", f"{host}:{port}"])
        return
    _refuse_when_not_ready()
    _refuse_when_taken(host, port)
    _starting_content()
    from baken.cli.server import run

    with beside(wanted=not no_worker):
        run(host=host, port=port, workers=workers or min(os.cpu_count() or 1, WORKERS_MAX))


def _refuse_when_not_ready() -> None:
    """Say what is missing instead of serving broken pages."""
    import django
    from django.conf import settings

    from baken.packs.errors import PackError

    try:
        django.setup()
        _read_packs()
    except PackError as error:
        fail(f"A pack cannot be used; mend this first:\n{error}", code=1)
    missing = []
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not settings.DEBUG and not manifest.exists():
        missing.append(f"the static files ({manifest}): django-admin collectstatic --noinput")
    if waiting := _waiting_migrations():
        missing.append(f"{waiting} changes to the database: django-admin migrate")
    if missing:
        lines = "\n".join(f"  - {item}" for item in missing)
        fail(f"Not ready to serve; `make run` does all of this. Still to do:\n{lines}", code=1)


def _read_packs() -> None:
    """Read the pack of this installation with its local regions, as the pages will."""
    from baken.recognise.current import current_pack

    current_pack()


def _starting_content() -> None:
    """Fill an empty map. With the demo on and nobody in the database yet: make the demo world, and show its passwords this once."""
    from django.conf import settings
    from django.db import connection

    from baken.cli.directory import fill_when_empty

    fill_when_empty()
    if settings.BAKEN_DEMO:
        from baken.cli.organisation import make_demo_world

        make_demo_world(quietly=True)
    # The server forks; a connection must not be shared between processes.
    connection.close()


def _waiting_migrations() -> int:
    """How many changes the database still has to get."""
    from django.db import DatabaseError, connection

    from baken.cli.examinations import waiting_migrations

    try:
        return waiting_migrations()
    except DatabaseError as error:
        fail(f"The database cannot be reached: {str(error).splitlines()[0]}. See: baken doctor", code=1)
    finally:
        # The server forks; a connection must not be shared between processes.
        connection.close()


def _refuse_when_taken(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            fail(f"Cannot listen on {host}:{port}: {error.strerror}. Choose another with --port or PORT.", code=1)
