"""`baken door`: the right door for a situation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from baken.cli.given import given_moment, given_municipality, given_pack, nearest
from baken.cli.output import console, fail, print_json, rows, table

if TYPE_CHECKING:
    from baken.packs.pack import Pack
    from baken.routes.router import DoorAdvice, Route


def door(
    danger: Annotated[str, typer.Option(help="Is someone in danger: now, no, unknown.")] = "unknown",
    about: Annotated[str, typer.Option(help="What it is about: person, place, unknown.")] = "unknown",
    age: Annotated[str, typer.Option(help="Age of the person: minor, adult, unknown.")] = "unknown",
    form: Annotated[
        str, typer.Option(help="Form: sexual, labour, criminal, domestic, begging, organ, other, unknown.")
    ] = "unknown",
    sphere: Annotated[str, typer.Option(help="Where it comes from: home, work, network, unknown.")] = "unknown",
    residence: Annotated[
        str, typer.Option(help="Residence: dutch_eu, asylum, unaccompanied, permit, none, unknown.")
    ] = "unknown",
    consent: Annotated[
        str, typer.Option(help="Does the person agree: given, refused, not_asked, unsafe.")
    ] = "not_asked",
    profession: Annotated[str, typer.Option(help="Your profession, by its code.")] = "other",
    municipality: Annotated[str | None, typer.Option(help="Municipality: name, code or postcode.")] = None,
    at: Annotated[str | None, typer.Option(help="The moment, as an ISO time. Now when left out.")] = None,
    country: Annotated[str, typer.Option(help="Country pack: nl, hu, bg, mk.")] = "nl",
    language: Annotated[str | None, typer.Option(help="Language of the answer. The pack's own when left out.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Find the right doors and steps for a situation, at this hour, in this municipality. Nothing is stored."""
    from baken.packs.situation import Situation, UnknownValueError
    from baken.routes.router import route
    from baken.routes.serialise import route_data

    pack = given_pack(country, language)
    place = given_municipality(pack, municipality)
    moment = given_moment(pack, at)
    try:
        situation = Situation(
            danger=danger,
            about=about,
            age=age,
            form=form,
            sphere=sphere,
            residence=residence,
            consent=consent,
            profession=profession,
        )
        found = route(pack=pack, situation=situation, municipality=place, now=moment)
    except UnknownValueError as error:
        fail(f"{error}.{nearest(error.value, error.allowed)}")
    if as_json:
        print_json(route_data(pack=pack, route=found))
    else:
        show_route(pack, found)


def show_route(pack: Pack, found: Route) -> None:
    """A route for people."""
    screen = console()
    place = found.municipality.name if found.municipality else pack.info.name
    screen.print(f"{place}, {found.now:%Y-%m-%d %H:%M}", style="bold", markup=False)
    doors = table("Door", "Telephone", "Hours", "Why", "Checked")
    screen.print(rows(doors, (_door_row(advice) for advice in found.doors)))
    for title, steps in (("Do", found.dos), ("Do not", found.donts)):
        made = rows(table(title, "Why", "Footing"), ((step.text, step.why, step.footing) for step in steps))
        screen.print(made)


def _door_row(advice: DoorAdvice) -> tuple[str, str, str, str, str]:
    name = advice.local_name or advice.door.name
    where = f" ({advice.region})" if advice.region else " (region not known)" if advice.region_unknown else ""
    phones = "\n".join(phone.text for phone in advice.phones) or advice.door.url or "not known"
    checked = f"{advice.door.checked_on}\n{advice.door.confidence}"
    return f"{name}{where}", phones, _hours(advice), advice.why, checked


def _hours(advice: DoorAdvice) -> str:
    state = advice.state
    if state.open is None:
        return "hours not known"
    if state.always:
        return "open day and night"
    if state.open:
        return f"open until {state.closes_at:%H:%M}" if state.closes_at else "open"
    return f"closed, opens {state.opens_at:%a %d %b %H:%M}" if state.opens_at else "closed"
