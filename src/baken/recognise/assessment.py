"""Assess ticked signs with a published instrument: which rule fired, what is missing, what to do.

Pure. Never a score, a percentage or a judgement of a person: an outcome is a level of *action*. The dimension rule of the
two ILO instruments is that of the ILO and the European Commission (Operational indicators of trafficking in human beings,
2009); checklists have no rule and only ever ask to watch, to discuss, or - for an urgent sign - to call now.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from baken.packs.schema.signs import ACTIONS, Action, Combination, Dimension, Instrument, Outcome, Weight

SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Counts:
    """How many signs of each weight are ticked in one dimension."""

    strong: int = 0
    medium: int = 0
    weak: int = 0
    unweighted: int = 0

    def plus(self, weight: Weight) -> Counts:
        """These counts with one more sign."""
        return Counts(
            self.strong + (weight == "strong"),
            self.medium + (weight == "medium"),
            self.weak + (weight == "weak"),
            self.unweighted + (weight == "none"),
        )

    @property
    def total(self) -> int:
        """All ticked signs of the dimension."""
        return self.strong + self.medium + self.weak + self.unweighted


@dataclass(frozen=True, slots=True)
class DimensionResult:
    """One dimension: positive or not, by which rule, on which signs."""

    id: str
    title: str
    positive: bool
    rule: str | None
    signs: tuple[str, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class WatchFor:
    """One observation that would change the outcome if somebody noticed it."""

    sign: str
    dimension: str
    outcome: str
    action: Action


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one instrument makes of the ticked signs."""

    instrument: str
    dimensions: tuple[DimensionResult, ...]
    outcome: str
    text: str
    action: Action
    published: bool
    watch_for: tuple[WatchFor, ...]
    limits: tuple[str, ...]


def higher(first: Action, second: Action) -> Action:
    """The more urgent of two levels of action."""
    return max(first, second, key=ACTIONS.index)


def holds(combination: Combination, counts: Counts) -> bool:
    """Are there at least as many signs of each weight as the combination asks?"""
    return (
        counts.strong >= combination.strong
        and counts.medium >= combination.medium
        and counts.weak >= combination.weak
        and counts.medium + counts.weak >= combination.medium_or_weak
    )


def fired_rule(dimension: Dimension, counts: Counts) -> str | None:
    """Id of the first rule of the dimension that holds; None where none does or the list has no rule."""
    return next((code for code, combination in dimension.rules.items() if holds(combination, counts)), None)


def assess(*, instrument: Instrument, signs: Collection[str], urgent: Collection[str] = ()) -> Assessment:
    """Assess the ticked ``signs`` (codes); codes that are not in the instrument do not count. ``urgent``: codes of urgent signs."""
    ticked = set(signs)
    listed = [item for item in instrument.signs if item.sign in ticked]
    counts: dict[str, Counts] = dict.fromkeys(instrument.dimensions, Counts())
    for item in listed:
        counts[item.dimension] = counts[item.dimension].plus(item.weight)
    dimensions = tuple(
        DimensionResult(
            id=code,
            title=dimension.title,
            positive=(rule := fired_rule(dimension, counts[code])) is not None,
            rule=rule,
            signs=tuple(item.sign for item in listed if item.dimension == code),
            counts=counts[code],
        )
        for code, dimension in instrument.dimensions.items()
    )
    any_urgent = any(item.sign in urgent for item in listed)
    values = _outcome_values(instrument, counts, any_urgent)
    outcome = _outcome(instrument, values)
    return Assessment(
        instrument=instrument.id,
        dimensions=dimensions,
        outcome=outcome.id,
        text=outcome.text,
        action=outcome.action,
        published=outcome.published,
        watch_for=_watch_for(instrument, counts, ticked, urgent, values, outcome),
        limits=tuple(instrument.limits.values()),
    )


def _outcome(instrument: Instrument, values: Mapping[str, str]) -> Outcome:
    outcomes = zip(instrument.outcomes, instrument.outcome_predicates, strict=True)
    return next(outcome for outcome, holds_now in outcomes if holds_now(values))


def _outcome_values(instrument: Instrument, counts: Mapping[str, Counts], any_urgent: bool) -> dict[str, str]:
    total = sum(item.total for item in counts.values())
    values = {
        code: "positive" if fired_rule(dimension, counts[code]) else "negative"
        for code, dimension in instrument.dimensions.items()
    }
    values["ticked"] = "none" if total == 0 else "one" if total < SEVERAL else "several"
    values["strong"] = "yes" if any(item.strong for item in counts.values()) else "no"
    values["urgent"] = "yes" if any_urgent else "no"
    return values


def _watch_for(
    instrument: Instrument,
    counts: Mapping[str, Counts],
    ticked: Collection[str],
    urgent: Collection[str],
    values: Mapping[str, str],
    outcome: Outcome,
) -> tuple[WatchFor, ...]:
    """Signs of which one more would change the outcome. Signs of one dimension, weight and urgency do the same: tried once."""
    tried: dict[tuple[str, Weight, bool], Outcome] = {}
    found: list[WatchFor] = []
    for item in instrument.signs:
        if item.sign in ticked:
            continue
        kind = (item.dimension, item.weight, item.sign in urgent)
        if kind not in tried:
            tried[kind] = _outcome(instrument, _values_with(instrument, counts, values, kind))
        changed = tried[kind]
        if changed.id != outcome.id:
            found.append(WatchFor(item.sign, item.dimension, changed.id, changed.action))
    return tuple(found)


def _values_with(
    instrument: Instrument, counts: Mapping[str, Counts], values: Mapping[str, str], kind: tuple[str, Weight, bool]
) -> dict[str, str]:
    """The values of an outcome's condition if one more sign of this kind were ticked: only its own dimension can change."""
    code, weight, is_urgent = kind
    fired = fired_rule(instrument.dimensions[code], counts[code].plus(weight))
    changed = {**values, code: "positive" if fired else "negative"}
    changed["ticked"] = "one" if values["ticked"] == "none" else "several"
    if weight == "strong":
        changed["strong"] = "yes"
    if is_urgent:
        changed["urgent"] = "yes"
    return changed
