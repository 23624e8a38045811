"""The questions of `baken check`: who you are, the age of the person, and the signs, by number or by a word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from baken.cli.output import console, fail, rows, table

if TYPE_CHECKING:
    from baken.packs.pack import Pack
    from baken.recognise.check import CheckResult

HOW = "Numbers tick or untick (1 4 7), a word searches, * shows all, Enter is ready"


def ask_and_check(pack: Pack) -> None:
    """Ask, check and show. Ends with a clear message when nobody answers."""
    from baken.packs.situation import FIELDS, UNKNOWN_PROFESSION, Situation
    from baken.recognise.check import run_check

    try:
        profession = UNKNOWN_PROFESSION
        if pack.professions:
            names = {code: item.name for code, item in pack.professions.items()}
            profession = _choice("Who are you?", names, UNKNOWN_PROFESSION)
        age = _choice("How old is the person?", {code: code for code in FIELDS["age"]}, "unknown")
        situation = Situation(age=age, profession=profession)
        signs = _signs(pack, profession)
    except (typer.Abort, EOFError):
        fail("Stopped; nothing was kept. Programs use: baken check --json --instrument ID --signs CODE,CODE", code=1)
    show_result(pack, run_check(pack=pack, signs=signs, situation=situation))


def _choice(question: str, names: dict[str, str], default: str) -> str:
    """One of the codes, by number, code, or a part of the name that fits only one."""
    codes = list(names)
    made = table("", question)
    console().print(rows(made, ((number, names[code]) for number, code in enumerate(codes, start=1))))
    while True:
        typed = typer.prompt("Number or name", default=names[default]).strip()
        if typed.isdecimal() and 1 <= int(typed) <= len(codes):
            return codes[int(typed) - 1]
        fitting = [code for code in codes if typed.lower() in (code, names[code].lower())]
        fitting = fitting or [code for code in codes if typed.lower() in names[code].lower()]
        if len(fitting) == 1:
            return fitting[0]
        typer.echo(f"Type a number from 1 to {len(codes)}, or more of the name.")


def _signs(pack: Pack, profession: str) -> list[str]:
    """Codes that were ticked. The signs of the profession are shown first; a word searches through all."""
    own = pack.professions.get(profession)
    first = [item.sign for item in own.signs] if own else list(pack.signs)
    codes = list(dict.fromkeys((*first, *pack.signs)))
    shown = first
    ticked: list[str] = []
    while True:
        _show_signs(pack, codes, shown, ticked)
        typed = typer.prompt(HOW, default="", show_default=False).strip()
        numbers = typed.replace(",", " ").split()
        if not typed:
            return ticked
        if typed == "*":
            shown = codes
        elif all(part.isdecimal() for part in numbers):
            _tick(ticked, codes, [int(part) for part in numbers])
        else:
            found = [code for code in codes if _fits(pack, code, typed)]
            shown = found or shown
            typer.echo(f"{len(found)} found for '{typed[:60]}'.")


def _fits(pack: Pack, code: str, word: str) -> bool:
    sign = pack.signs[code]
    return word.lower() in f"{code} {sign.text} {sign.hint or ''}".lower()


def _tick(ticked: list[str], codes: Sequence[str], numbers: Sequence[int]) -> None:
    for number in numbers:
        if not 1 <= number <= len(codes):
            typer.echo(f"There is no number {number}; the last is {len(codes)}.")
            continue
        code = codes[number - 1]
        if code in ticked:
            ticked.remove(code)
        else:
            ticked.append(code)


def _show_signs(pack: Pack, codes: Sequence[str], shown: Sequence[str], ticked: list[str]) -> None:
    made = table("", "", "What do you notice?", "How")
    numbers = {code: number for number, code in enumerate(codes, start=1)}
    lines = ((numbers[c], "x" if c in ticked else "", pack.signs[c].text, pack.signs[c].noticed) for c in shown)
    console().print(rows(made, lines))


def show_result(pack: Pack, result: CheckResult) -> None:
    """The outcome of a whole check, for people."""
    from baken.cli.check import show_assessment

    screen = console()
    for item in result.assessments:
        show_assessment(pack, item)
        screen.print()
    screen.print(
        f"Together: {result.action.replace('_', ' ')} ({', '.join(result.reasons)})", style="bold", markup=False
    )
    screen.print("A sign is never proof. Whom to call: baken door --help", markup=False)
