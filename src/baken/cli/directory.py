"""`baken directory`: the social map."""

from __future__ import annotations

from typing import Annotated

import typer

from baken.cli.organisation import start
from baken.cli.output import console, fail, print_json

app = typer.Typer(help="The social map: load, check, take in and give out services.", no_args_is_help=True)


@app.command("load")
def load(
    country: Annotated[
        list[str] | None, typer.Option(help="Country pack, such as nl; may be repeated. Without it: every pack.")
    ] = None,
    take_over: Annotated[
        bool, typer.Option("--take-over", help="Follow the pack also where somebody changed a service here.")
    ] = False,
) -> None:
    """Bring the services that a country pack starts with into the map. What was changed here stays, and is named."""
    start()
    from django.utils import timezone

    from baken.directory.actions.loading import load as load_services
    from baken.packs.errors import PackError
    from baken.packs.loader import UnknownPackError, countries

    for code in country or countries():
        try:
            loaded = load_services(country=code, now=timezone.now(), take_over=take_over)
        except (PackError, UnknownPackError) as error:
            fail(f"The services of '{code}' cannot be used; mend this first:\n{error}", code=1)
        console().print(f"{code}: {len(loaded.added)} added, {loaded.same} the same, {len(loaded.differing)} differ")
        for key, names in loaded.differing.items():
            console().print(f"  {key}: {', '.join(names)}")
        for key in loaded.left_out:
            console().print(f"  {key}: left out of the map on purpose")


def fill_when_empty() -> None:
    """Give a new installation the map that the packs start with, so that nobody meets an empty one."""
    from django.utils import timezone

    from baken.directory.actions.loading import load as load_services
    from baken.directory.models import Service
    from baken.packs.loader import countries

    if Service.objects.exists():
        return
    added = sum(len(load_services(country=code, now=timezone.now()).added) for code in countries())
    console().print(f"The social map begins with {added} services; nobody has confirmed them yet.")


@app.command("check")
def check(
    country: Annotated[str | None, typer.Option(help="Country pack. That of the installation when left out.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Also fail on doors that nobody has confirmed yet.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Name every door on which the router leans and that the map cannot vouch for, and open alarms. Run it every night.

    Exits with 1 when a door is missing, hidden, closed, late or no longer verified, or an alarm is open. A door that nobody
    confirmed yet counts by its source until that must be checked again.
    """
    start()
    from django.conf import settings
    from django.db import DatabaseError
    from django.utils import timezone

    from baken.directory.checking import check_doors
    from baken.packs.loader import UnknownPackError, load_pack

    try:
        pack = load_pack((country or settings.BAKEN_COUNTRY).lower())
        found = check_doors(pack, now=timezone.now(), strict=strict)
    except UnknownPackError as error:
        fail(str(error))
    except DatabaseError as error:
        fail(f"The map cannot be read: {str(error).splitlines()[0]}. See: baken doctor", code=1)
    if as_json:
        print_json({"sound": found.sound, "failed": found.failed, "warned": found.warned, "doors": found.doors})
    else:
        for line in (*found.warned, *found.failed):
            typer.echo(line)
        typer.echo(f"{found.doors} doors, {len(found.failed)} to mend now, {len(found.warned)} not confirmed yet.")
    if not found.sound:
        raise typer.Exit(1)
