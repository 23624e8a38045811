"""Content goes on the day of its category, and stays under a legal hold."""

from __future__ import annotations

import datetime as dt
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from baken.packs.loader import load_pack
from baken.reports.clocks import house_rules
from baken.reports.footing import DecisionKind
from baken.reports.keeping import CATEGORY_OF, NO_CONCERN, categories_of, erase_on, longest, to_erase

RULES = house_rules(load_pack()).retention
CLOSED = dt.date(2026, 8, 31)


def test_every_decision_has_a_category_and_every_category_its_months() -> None:
    assert set(CATEGORY_OF) == set(DecisionKind)
    assert {*CATEGORY_OF.values(), NO_CONCERN} == set(RULES.categories)
    assert {category: erase_on(category, RULES, CLOSED).isoformat() for category in RULES.categories} == {
        "advice_only": "2027-02-28",
        "anonymised_registration": "2027-08-31",
        "referred_with_consent": "2028-08-31",
        "reported_without_consent": "2031-08-31",
        "no_concern": "2026-09-30",
    }


def test_of_several_decisions_the_one_that_is_kept_longest_counts() -> None:
    assert longest(categories_of(()), RULES) == "no_concern"
    for first, second in product(DecisionKind, repeat=2):
        found = longest(categories_of((first, second)), RULES)
        each = [erase_on(CATEGORY_OF[item], RULES, CLOSED) for item in (first, second)]
        assert erase_on(found, RULES, CLOSED) == max(each)


@given(st.one_of(st.none(), st.dates()), st.dates(), st.booleans())
def test_nothing_goes_early_under_a_hold_or_from_an_open_report(
    due_on: dt.date | None, today: dt.date, held: bool
) -> None:
    assert to_erase(due_on, today, held=held) is (due_on is not None and today >= due_on and not held)
