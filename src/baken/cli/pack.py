"""`baken pack`: keep the facts of the country packs whole and true today."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_args

import typer

from baken.cli import messages
from baken.cli.given import given_day, nearest
from baken.cli.output import console, fail, print_json, progress, rows, table

if TYPE_CHECKING:
    from baken.packs.errors import Problem
    from baken.packs.schema.base import Fact

app = typer.Typer(help="Country packs: their shape, their translations and their facts.", no_args_is_help=True)
app.command("messages")(messages.messages)

Check = Annotated[bool, typer.Option("--check", help="For CI: exit with 1 when there is something to do.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Country = Annotated[str | None, typer.Option(help="Only this country pack: nl, hu, bg, mk.")]
On = Annotated[str | None, typer.Option(help="As seen on this day (ISO date). Today when left out.")]
LONGEST = dt.timedelta(days=366)
"""No fact is trusted for longer than a year."""


@app.command("check")
def check(check: Check = False, as_json: Json = False) -> None:
    """Read all packs and their services and say what is wrong, with file, line, field and what was expected. Prints the time."""
    from baken.packs.errors import PackError
    from baken.packs.loader import countries, read_pack
    from baken.packs.services import read_services

    found: dict[str, list[Problem]] = {}
    start = time.perf_counter()
    for country in progress(countries(), "Reading packs"):
        try:
            read_services(read_pack(country)[0])
            found[country] = []
        except PackError as error:
            found[country] = error.problems
    milliseconds = round((time.perf_counter() - start) * 1000)
    if as_json:
        packs = {code: [str(problem) for problem in problems] for code, problems in found.items()}
        print_json({"milliseconds": milliseconds, "packs": packs})
    else:
        for country, problems in found.items():
            typer.echo(f"{country}: {'ok' if not problems else f'{len(problems)} to mend'}")
            for problem in problems:
                typer.echo(f"  {problem}")
        typer.echo(f"All packs read in {milliseconds} ms.")
    # A broken pack stops the site, so it is never a success; --check is there so that all pack commands look alike.
    if any(found.values()):
        raise typer.Exit(1)


class Listed(NamedTuple):
    """A fact as these commands list it."""

    pack: str
    path: str
    what: str
    fact: Fact

    def data(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "pack": self.pack,
            "path": self.path,
            "what": self.what,
            "source": self.fact.source,
            "source_url": self.fact.source_url,
            "checked_on": self.fact.checked_on.isoformat(),
            "check_by": self.fact.check_by.isoformat(),
            "confidence": self.fact.confidence,
        }


@app.command("stale")
def stale(country: Country = None, on: On = None, check: Check = False, as_json: Json = False) -> None:
    """List the facts that are due to be checked again, longest overdue first."""
    day = given_day(on)
    due = sorted((item for item in _facts(country) if item.fact.check_by < day), key=lambda item: item.fact.check_by)
    _show(due, as_json=as_json)
    if not as_json:
        typer.echo(f"{len(due)} facts due on {day}." if due else f"Nothing is due on {day}.")
    if check and due:
        raise typer.Exit(1)


@app.command("facts")
def facts(country: Country = None, on: On = None, check: Check = False, as_json: Json = False) -> None:
    """List every fact with its source, the day it was checked and how sure it is."""
    from baken.packs.schema.base import Confidence

    day = given_day(on)
    every = _facts(country)
    _show(every, as_json=as_json)
    if not as_json:
        sure = (f"{sum(item.fact.confidence == name for item in every)} {name}" for name in get_args(Confidence))
        typer.echo(f"{len(every)} facts: {', '.join(sure)}.")
    problems = [(item, problem) for item in every if (problem := fact_problem(item.fact, day))]
    for item, problem in problems:
        typer.echo(f"{item.pack}: {item.path}: {problem}", err=True)
    if check and problems:
        raise typer.Exit(1)


def fact_problem(fact: Fact, day: dt.date) -> str | None:
    """What is wrong with the dates of a fact, seen on ``day``; None when nothing is."""
    if fact.checked_on > day:
        return "checked_on lies in the future"
    if fact.check_by < fact.checked_on:
        return "check_by lies before checked_on"
    if fact.check_by - fact.checked_on > LONGEST:
        return "check_by is more than a year after checked_on"
    return None


def _facts(country: str | None) -> list[Listed]:
    """The facts of one country and of its instruments, or of all countries with the shared instruments once."""
    from baken.packs.errors import PackError
    from baken.packs.facts import facts_of
    from baken.packs.loader import SHARED, countries, read_pack

    known = countries()
    if country is not None and country not in known:
        fail(f"country: '{country}' is not one of {', '.join(known)}.{nearest(country, known)}")
    found: dict[tuple[str, str], Listed] = {}
    for code in progress([country] if country else known, "Reading packs"):
        try:
            pack = read_pack(code)[0]
        except PackError as error:
            fail(f"The pack '{code}' cannot be used:\n{error}", code=1)
        for item in facts_of(pack):
            name = SHARED if item.file == "instruments" else code
            path = f"{item.file}.{item.path}" if item.file == "instruments" else item.path
            found.setdefault((name, path), Listed(name, path, item.label, item.fact))
    return list(found.values())


def _show(found: list[Listed], *, as_json: bool) -> None:
    if as_json:
        print_json([item.data() for item in found])
    elif found:
        made = table("Pack", "Fact", "What", "Source", "Checked on", "Check by", "Confidence")
        lines = (
            (i.pack, i.path, i.what, i.fact.source, i.fact.checked_on, i.fact.check_by, i.fact.confidence)
            for i in found
        )
        console().print(rows(made, lines))
