"""`baken check`: the signal check in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from baken.cli.given import given_pack, nearest
from baken.cli.output import console, fail, print_json, rows, table

if TYPE_CHECKING:
    from baken.packs.pack import Pack
    from baken.packs.schema.signs import Instrument
    from baken.recognise.assessment import Assessment

WATCHED = 8
"""Signs to watch for that a person sees in a terminal; all are in the JSON."""


def check(
    instrument: Annotated[str | None, typer.Option(help="Instrument to use, by its id. See --list.")] = None,
    signs: Annotated[str | None, typer.Option(help="Codes of the signs that you notice, separated by commas.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="List every instrument with its signs.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
    language: Annotated[str | None, typer.Option(help="Language of the texts. The pack's own when left out.")] = None,
    country: Annotated[str, typer.Option(help="Country pack: nl, hu, bg, mk.")] = "nl",
) -> None:
    """Check what you notice. Without options it asks; nothing is stored. A sign is never proof."""
    from baken.recognise.serialise import assessment_data, instruments_data

    pack = given_pack(country, language)
    if list_:
        chosen = [_instrument(pack, instrument)] if instrument else list(pack.instruments.values())
        if as_json:
            print_json(instruments_data(pack=pack, instruments=chosen))
        else:
            for item in chosen:
                show_instrument(pack, item)
        return
    if instrument is None:
        if as_json or signs is not None:
            fail(f"instrument: name one with --instrument: {', '.join(pack.instruments)}")
        from baken.cli.asking import ask_and_check

        ask_and_check(pack)
        return
    found = _assessed(pack, instrument, signs or "")
    if as_json:
        print_json(assessment_data(pack=pack, assessment=found))
    else:
        show_assessment(pack, found)


def _instrument(pack: Pack, code: str) -> Instrument:
    if code not in pack.instruments:
        known = ", ".join(pack.instruments)
        fail(f"instrument: '{code[:60]}' is not one of {known}.{nearest(code, pack.instruments)}")
    return pack.instruments[code]


def _assessed(pack: Pack, code: str, typed: str) -> Assessment:
    from baken.recognise.assessment import assess
    from baken.recognise.check import UnknownSignError, known_signs

    chosen = _instrument(pack, code)
    try:
        ticked = known_signs(pack, [item.strip() for item in typed.split(",") if item.strip()])
    except UnknownSignError as error:
        fail(f"{error}.{''.join(nearest(item, pack.signs) for item in error.codes[:3])}")
    listed = {item.sign for item in chosen.signs}
    if elsewhere := [item for item in ticked if item not in listed]:
        typer.echo(f"Not in this instrument, so not counted: {', '.join(elsewhere)}", err=True)
    return assess(instrument=chosen, signs=ticked, urgent=pack.urgent_signs)


def show_instrument(pack: Pack, item: Instrument) -> None:
    """An instrument and its signs, for people."""
    made = table("Sign", "Weight", "What you notice", title=f"{item.id}: {item.title}", whole="Sign")
    for code, dimension in item.dimensions.items():
        listed = [sign for sign in item.signs if sign.dimension == code]
        made.add_section()
        rows(made, [("", "", dimension.title)])
        rows(made, ((sign.sign, sign.weight, pack.signs[sign.sign].text) for sign in listed))
    console().print(made)


def show_assessment(pack: Pack, found: Assessment) -> None:
    """What an instrument makes of the signs, for people."""
    screen = console()
    instrument = pack.instruments[found.instrument]
    made = table("Dimension", "Positive", "Rule", "Signs", title=instrument.title)
    lines = (
        (
            item.title,
            _positive(instrument, item.positive),
            item.rule or "-",
            "\n".join(pack.signs[s].text for s in item.signs),
        )
        for item in found.dimensions
    )
    screen.print(rows(made, lines))
    screen.print(f"What to do: {found.action.replace('_', ' ')}", style="bold", markup=False)
    screen.print(found.text, markup=False)
    if found.watch_for:
        watched = table("Watch for", "Would mean")
        first = found.watch_for[:WATCHED]
        screen.print(rows(watched, ((pack.signs[item.sign].text, item.action.replace("_", " ")) for item in first)))
        if len(first) < len(found.watch_for):
            screen.print(
                f"{len(found.watch_for) - len(first)} other signs would change this too: see --json.", markup=False
            )
    for limit in found.limits:
        screen.print(f"- {limit}", markup=False)


def _positive(instrument: Instrument, positive: bool) -> str:
    if instrument.kind == "checklist":
        return "no rule"
    return "yes" if positive else "no"
