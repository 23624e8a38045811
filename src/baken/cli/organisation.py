"""`baken organisation`: the first organisation, the first administrator, and the demo world."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from baken.cli.output import console, fail

app = typer.Typer(help="Organisations and who keeps the platform.", no_args_is_help=True)
Site = Annotated[str, typer.Option(help="Address of this installation, for the link.")]
HERE = "http://127.0.0.1:8000"


def start() -> None:
    """Load the web framework, for commands that need the database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baken.config.settings")
    import django

    django.setup()


@app.command("create")
def create(
    name: Annotated[str, typer.Option(help="Name of the organisation.")],
    email: Annotated[str, typer.Option(help="E-mail address of its first administrator.")],
    kind: Annotated[
        str,
        typer.Option(help="Kind: municipal, care, education, support, asylum, enforcement, volunteer or other."),
    ] = "municipal",
    municipality: Annotated[
        list[str] | None,
        typer.Option(help="Municipality that it covers, by name, code or postcode; may be repeated."),
    ] = None,
    site: Site = HERE,
) -> None:
    """Make an organisation and invite its first administrator."""
    start()
    from django.db import IntegrityError, transaction
    from django.utils import timezone

    from baken.cli.given import given_municipality, given_pack
    from baken.people import actions
    from baken.people.labels import KINDS
    from baken.people.links import send_invitation
    from baken.people.permissions import Function

    if kind not in KINDS:
        fail(f"kind: '{kind}' is not one of {', '.join(KINDS)}")
    pack = given_pack("nl", None)
    places = [found for typed in municipality or [] if (found := given_municipality(pack, typed))]
    settings = actions.Settings(name=name, kind=kind, municipalities=[place.code for place in places])
    now = timezone.now()
    try:
        with transaction.atomic():
            made = actions.create_organisation(by=None, settings=settings, now=now)
            invitation = actions.invite(
                by=None,
                email=email,
                organisation=made,
                functions=[Function.ORGANISATION_ADMINISTRATOR],
                language="nl",
                now=now,
            )
    except IntegrityError:
        fail(f"name: there is an organisation '{name}' already, or the name is empty")
    address = send_invitation(invitation, site=site)
    console().print(f"{made.name} has been made. Link for {invitation.email}, once:", markup=False)
    typer.echo(address)


@app.command("administrator")
def administrator(
    email: Annotated[str, typer.Option(help="E-mail address of the platform administrator.")], site: Site = HERE
) -> None:
    """Invite somebody to keep the platform: configuration, never content."""
    start()
    from django.utils import timezone

    from baken.people import actions
    from baken.people.links import send_invitation

    invitation = actions.invite(
        by=None, email=email, organisation=None, functions=[], language="nl", now=timezone.now()
    )
    address = send_invitation(invitation, site=site)
    console().print(f"Link for {invitation.email}, once:", markup=False)
    typer.echo(address)


@app.command("demo")
def demo() -> None:
    """Make the demo organisations with made-up members and reports. Only in an empty database."""
    start()
    make_demo_world()


@app.command("code")
def code(email: Annotated[str, typer.Argument(help="E-mail address of a made-up member.")]) -> None:
    """Show the code that a made-up member of the demo types as second step. For nobody else."""
    start()
    from baken.people import demo as world

    try:
        typer.echo(world.code_of(email))
    except world.NoDemoMemberError:
        fail(f"{email}: no made-up member with a second step. Real members have their own app or passkey.", code=1)


def make_demo_world(*, quietly: bool = False) -> None:
    """Make the demo world and show the passwords once; with ``quietly``, a database that is not empty is left as it is."""
    from django.utils import timezone

    from baken.people import demo as world
    from baken.reports import demo as reports

    try:
        made = world.load(now=timezone.now())
    except world.NotEmptyError:
        if quietly:
            return
        fail("The database has members or organisations. Made-up ones must never stand among real ones.", code=1)
    reports.fill(made, now=timezone.now())
    screen = console()
    screen.rule("DEMO: these members are made up. Their passwords are shown this once", characters="-")
    for member in made:
        functions = ", ".join(str(function).replace("_", " ") for function in member.functions)
        screen.print(f"  {member.email}  {member.password}  ({functions})", markup=False, soft_wrap=True)
    screen.print(
        f"  The second step is a code: {_this_command()} organisation code aandacht@demo.example",
        markup=False,
        soft_wrap=True,
    )
    screen.rule("DEMO", characters="-")


def _this_command() -> str:
    """How the command line was called, so that what is shown can be typed where somebody stands."""
    called = Path(sys.argv[0])
    return os.path.relpath(called) if called.name == "baken" else "baken"
