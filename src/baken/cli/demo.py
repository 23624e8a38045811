"""`baken demo`: three invented situations, from what somebody noticed to the right door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from baken.cli.given import given_moment
from baken.cli.output import console

if TYPE_CHECKING:
    from rich.console import Console

    from baken.packs.pack import Pack

MUNICIPALITY = "Oostzaan"
DOORS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Example:
    """An invented situation. No person in it exists."""

    title: str
    told: str
    at: str
    """Local time."""
    signs: tuple[str, ...]
    fields: dict[str, str]


EXAMPLES = (
    Example(
        "At the desk, on a Tuesday morning",
        "Somebody registers at an address where many others live. A companion answers every question.",
        "2026-11-24T10:15",
        ("dest_other_speaks", "dest_overcrowded_address", "dest_documents_taken"),
        {"profession": "desk_clerk", "about": "person", "age": "adult", "form": "labour", "sphere": "work"},
    ),
    Example(
        "In class, on a Friday afternoon",
        "A pupil of sixteen has new, expensive things, is often tired, and jumps at every message.",
        "2026-11-27T15:40",
        ("dest_always_reachable", "exploit_bank_account_used"),
        {"profession": "teacher", "about": "person", "age": "minor", "form": "criminal", "sphere": "network"},
    ),
    Example(
        "In a consulting room, on a Sunday night",
        "Somebody with fresh injuries asks for help and is afraid of who waits outside.",
        "2026-11-29T02:30",
        ("dest_asks_for_help", "dest_injured_and_afraid"),
        {"profession": "emergency_nurse", "about": "person", "age": "adult", "danger": "now"},
    ),
)


def demo(
    port: Annotated[int, typer.Option(envvar="PORT", help="Port of `baken serve`, for the addresses.")] = 8000,
) -> None:
    """Show three worked examples in a municipality, with the addresses of the pages. Everything in it is invented."""
    from baken.packs.loader import DEMO, load_pack

    pack = load_pack("nl", overlays=(DEMO,))
    screen = console()
    screen.rule("DEMO: invented situations, real rules", characters="-")
    for number, example in enumerate(EXAMPLES, start=1):
        screen.print(f"\n{number}. {example.title}", style="bold", markup=False)
        screen.print(example.told, markup=False)
        _show(screen, pack, example)
    screen.rule("DEMO", characters="-")
    screen.print(f"Do the same in a browser, after `baken serve --port {port}`:", markup=False)
    for title, path in (("Start", ""), ("Signal check", "check/"), ("Whom to call", "doors/")):
        screen.print(f"  {title}: http://127.0.0.1:{port}/nl/{path}", markup=False, soft_wrap=True)


def _show(screen: Console, pack: Pack, example: Example) -> None:
    from baken.packs.situation import Situation
    from baken.recognise.check import run_check
    from baken.routes.router import route

    situation = Situation(**example.fields)
    result = run_check(pack=pack, signs=example.signs, situation=situation)
    place = pack.places.find(MUNICIPALITY)
    moment = given_moment(pack, example.at)
    found = route(pack=pack, situation=result.situation, municipality=place, now=moment)
    for code in result.signs:
        screen.print(f"  sign: {pack.signs[code].text}", markup=False)
    screen.print(f"  what to do: {result.action.replace('_', ' ')} ({', '.join(result.reasons)})", markup=False)
    screen.print(f"  {place.name}, {moment:%A %d %B %H:%M}:", markup=False)
    for advice in found.doors[:DOORS_SHOWN]:
        state = {True: "open", False: "closed", None: "hours not known"}[advice.open]
        screen.print(
            f"  - {advice.local_name or advice.door.name}: {advice.phone or advice.door.url or '-'} ({state})",
            markup=False,
        )
        screen.print(f"    {advice.why}", markup=False)
    for step in found.dos[:2]:
        screen.print(f"  do: {step.text}", markup=False)
    for step in found.donts[:1]:
        screen.print(f"  do not: {step.text}", markup=False)
