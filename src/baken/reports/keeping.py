"""For how long the content of a closed report stays. Pure; days are passed in, and months are data of the pack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from baken.packs.schema.reports import Category, RetentionRules
from baken.reports.footing import DecisionKind, months_later

NO_CONCERN: Category = "no_concern"
CATEGORY_OF: Mapping[DecisionKind, Category] = MappingProxyType(
    {
        DecisionKind.ADVICE_ONLY: "advice_only",
        DecisionKind.INVITE: "advice_only",
        DecisionKind.ANONYMISED_REGISTRATION: "anonymised_registration",
        DecisionKind.REFER_WITH_CONSENT: "referred_with_consent",
        DecisionKind.REPORT_WITHOUT_CONSENT: "reported_without_consent",
    }
)
"""What was decided -> category. An invitation shares nothing, so it counts as advice."""


def categories_of(decisions: Iterable[DecisionKind]) -> tuple[Category, ...]:
    """The categories of these decisions; that of no concern when nothing was decided."""
    return tuple(dict.fromkeys(CATEGORY_OF[item] for item in decisions)) or (NO_CONCERN,)


def longest(categories: Iterable[str], rules: RetentionRules) -> str:
    """Of several categories the one that is kept longest: the shorter would erase what the other must still show."""
    months = {str(code): item.months for code, item in rules.categories.items()}
    return max(categories, key=lambda code: months[code])


def erase_on(category: str, rules: RetentionRules, closed_on: dt.date) -> dt.date:
    """The first day on which the content is gone. ``closed_on``: the day it was closed last, where the organisation is."""
    months = {str(code): item.months for code, item in rules.categories.items()}[category]
    return months_later(dt.datetime.combine(closed_on, dt.time(), dt.UTC), months).date()


def to_erase(due_on: dt.date | None, today: dt.date, *, held: bool) -> bool:
    """Must the content go today? Not while the report is open (no day), and not under a legal hold."""
    return due_on is not None and not held and due_on <= today
