"""Why an assessment says what it says, in words: the rule that fired, on which signs, and what would change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from baken.packs.pack import Pack
from baken.packs.schema.signs import Instrument
from baken.recognise.assessment import Assessment
from baken.recognise.check import CheckResult
from baken.routes.cards import FactCard, fact_card

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

RULES: Mapping[str, _StrPromise] = {
    "two_strong": gettext_lazy("two strong signs"),
    "strong_and_other": gettext_lazy("one strong sign and one other"),
    "three_medium": gettext_lazy("three medium signs"),
    "two_medium_one_weak": gettext_lazy("two medium signs and one weak"),
}
MOST_WATCH_FOR = 5
"""How many observations are named first; the others are behind "more"."""


@dataclass(frozen=True, slots=True)
class ExplainedDimension:
    """One group of signs and whether its rule holds."""

    title: str
    positive: bool
    rule: str
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExplainedAssessment:
    """One instrument in words."""

    instrument: Instrument
    fact: FactCard
    text: str
    published: bool
    dimensions: tuple[ExplainedDimension, ...]
    watch_for: tuple[str, ...]
    watch_for_more: tuple[str, ...]
    limits: tuple[str, ...]


def explained(pack: Pack, checked: CheckResult, today: dt.date) -> list[ExplainedAssessment]:
    """Every instrument in which something was ticked, in words."""
    return [_explain(pack, item, today) for item in checked.assessments]


def _explain(pack: Pack, item: Assessment, today: dt.date) -> ExplainedAssessment:
    instrument = pack.instruments[item.instrument]
    # Observations that ask for more are worth looking out for; the strongest first.
    raising = sorted(item.watch_for, key=lambda watch: (watch.action != "call_now", watch.action != "report"))
    texts = tuple(dict.fromkeys(pack.signs[watch.sign].text for watch in raising))
    return ExplainedAssessment(
        instrument=instrument,
        fact=fact_card(instrument, today),
        text=item.text,
        published=item.published,
        dimensions=tuple(
            ExplainedDimension(
                title=dimension.title,
                positive=dimension.positive,
                rule=str(RULES[dimension.rule]) if dimension.rule is not None and dimension.rule in RULES else "",
                signs=tuple(pack.signs[code].text for code in dimension.signs),
            )
            for dimension in item.dimensions
            if dimension.signs
        ),
        watch_for=texts[:MOST_WATCH_FOR],
        watch_for_more=texts[MOST_WATCH_FOR:],
        limits=item.limits,
    )
