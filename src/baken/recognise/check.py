"""The signal check: ticked signs and a situation, assessed by every instrument that fits. Pure; nothing is stored."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from baken.packs.pack import Pack
from baken.packs.schema.signs import Action, Instrument
from baken.packs.situation import Situation
from baken.recognise.assessment import Assessment, assess, higher


class UnknownSignError(ValueError):
    """Sign codes that no pack knows."""

    def __init__(self, codes: list[str]) -> None:
        self.codes = codes
        super().__init__(f"signs: unknown code {', '.join(repr(code[:60]) for code in codes)}")


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What the ticked signs together ask you to do, and why."""

    action: Action
    reasons: tuple[str, ...]
    """Why the action is what it is: ``danger_now``, ``urgent_sign``, ``minor``, ``instrument``, ``few_signs``, ``no_signs``."""
    signs: tuple[str, ...]
    assessments: tuple[Assessment, ...]
    """Only instruments in which something was ticked; the profession's own first."""
    situation: Situation
    """The situation as the route must take it: with danger now where a sign says so."""


def known_signs(pack: Pack, codes: Collection[str]) -> tuple[str, ...]:
    """The codes in the order of the vocabulary, each once. Raises UnknownSignError."""
    wanted = set(codes)
    if unknown := sorted(wanted - set(pack.signs)):
        raise UnknownSignError(unknown)
    return tuple(code for code in pack.signs if code in wanted)


def instruments_for(pack: Pack, situation: Situation) -> list[Instrument]:
    """Instruments for the age of the person, those of the profession first. A place has no age: all count."""
    profession = pack.professions.get(situation.profession)
    own = list(profession.instruments) if profession else []
    order = {code: index for index, code in enumerate(own)}
    fitting = [item for item in pack.instruments.values() if situation.age == "unknown" or situation.age in item.ages]
    return sorted(fitting, key=lambda item: order.get(item.id, len(order)))


def run_check(*, pack: Pack, signs: Collection[str], situation: Situation) -> CheckResult:
    """Assess ticked signs in a situation. Raises UnknownSignError.

    House rules on top of the instruments, each only ever raising the action: danger now and an urgent sign mean call now;
    any sign about a minor means at least discuss.
    """
    codes = known_signs(pack, signs)
    touched = tuple(
        assess(instrument=item, signs=codes, urgent=pack.urgent_signs)
        for item in instruments_for(pack, situation)
        if not item.codes.isdisjoint(codes)
    )
    action: Action = "watch" if codes else "none"
    reasons: list[str] = []
    for item in touched:
        action = higher(action, item.action)
    if touched and action != "watch":
        reasons.append("instrument")
    if codes and situation.age == "minor" and higher(action, "discuss") != action:
        action, reasons = "discuss", ["minor"]
    if any(code in pack.urgent_signs for code in codes):
        action, reasons = "call_now", ["urgent_sign"]
    if situation.danger == "now":
        action, reasons = "call_now", ["danger_now", *(reasons if reasons == ["urgent_sign"] else [])]
    if any(code in pack.danger_signs for code in codes):
        situation = replace(situation, danger="now")
    return CheckResult(action, tuple(reasons) or ("no_signs" if not codes else "few_signs",), codes, touched, situation)
