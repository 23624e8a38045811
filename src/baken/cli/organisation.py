"""`baken organisation`: the first organisation, the first administrator, and the demo world."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from baken.cli.output import console, fail

app = typer.Typer(help="Organisations and who keeps the platform.", no_args_is_help=True)
Site = Annotated[str, typer.Option(help="Address of this installation, for the link.")]
HERE = "http://127.0.0.1:8000"


def _start() -> None:
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
    _start()
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
    _start()
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
    """Make the demo organisation with three made-up members. Only in an empty database."""
    _start()
    make_demo_world()


def make_demo_world(*, quietly: bool = False) -> None:
    """Make the demo world and show the passwords once; with ``quietly``, a database that is not empty is left as it is."""
    from django.utils import timezone

    from baken.people import demo as world

    try:
        made = world.load(now=timezone.now())
    except world.NotEmptyError:
        if quietly:
            return
        fail("The database has members or organisations. Made-up ones must never stand among real ones.", code=1)
    screen = console()
    screen.rule("DEMO: these members are made up. Their passwords are shown this once", characters="-")
    for member in made:
        functions = ", ".join(str(function).replace("_", " ") for function in member.functions)
        screen.print(f"  {member.email}  {member.password}  ({functions})", markup=False, soft_wrap=True)
    screen.rule("DEMO", characters="-")
