"""The shipped instruments say what their publications say: the numbers of signs and weights are written out by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from baken.packs.loader import load_pack
from baken.packs.schema.signs import ACTIONS, Instrument

ADULT = "ilo-2009-adult-labour"
CHILD = "ilo-2009-child-labour"
CHECKLISTS = ("nl-labour-inspectorate", "nl-prosecution", "nl-youth", "nl-health", "nl-desk")

# ILO and European Commission, 2009: (strong, medium, weak) per dimension.
PUBLISHED = {
    ADULT: {
        "deceptive_recruitment": (1, 8, 1),
        "coercive_recruitment": (1, 9, 0),
        "vulnerability_recruitment": (0, 14, 2),
        "exploitation": (1, 7, 1),
        "coercion_destination": (4, 10, 1),
        "vulnerability_destination": (0, 5, 2),
    },
    CHILD: {
        "deceptive_recruitment": (2, 8, 0),
        "coercive_recruitment": (4, 6, 0),
        "vulnerability_recruitment": (0, 15, 0),
        "exploitation": (1, 7, 0),
        "coercion_destination": (8, 7, 0),
        "vulnerability_destination": (0, 7, 0),
    },
}
TOTALS = {ADULT: 67, CHILD: 65}
NOT_FOR_CHILDREN = {"recruit_false_law", "exploit_no_social_protection"}
STRONG = {
    ADULT: {
        "recruit_deceived_job",
        "recruit_violence",
        "exploit_long_hours",
        "dest_documents_taken",
        "dest_debt",
        "dest_isolated",
        "dest_violence",
    },
    CHILD: {
        "recruit_deceived_job",
        "recruit_deceived_education",
        "recruit_violence",
        "recruit_threats",
        "recruit_abduction",
        "recruit_debt",
        "exploit_long_hours",
        "dest_documents_taken",
        "dest_debt",
        "dest_isolated",
        "dest_violence",
        "dest_threats",
        "dest_illicit_activities",
        "dest_forced_tasks",
        "dest_strong_influence",
    },
}
WEAK = {
    "recruit_deceived_education",
    "recruit_belief_abuse",
    "recruit_general_context",
    "exploit_no_education",
    "dest_threat_inform",
    "dest_past_difficulties",
    "dest_personal_characteristics",
}
INSPECTORATE_SIGNALS = 12
WAYS_OF_NOTICING = 4
WELL_FILLED = 20


def instrument(code: str) -> Instrument:
    return load_pack("nl").instruments[code]


def test_all_instruments_are_shipped() -> None:
    assert set(load_pack("nl").instruments) == {ADULT, CHILD, *CHECKLISTS}


@pytest.mark.parametrize("code", [ADULT, CHILD])
def test_ilo_weights_per_dimension_are_as_published(code: str) -> None:
    counts = Counter((item.dimension, item.weight) for item in instrument(code).signs)
    found = {
        dimension: (counts[dimension, "strong"], counts[dimension, "medium"], counts[dimension, "weak"])
        for dimension in instrument(code).dimensions
    }
    assert found == PUBLISHED[code]
    assert len(instrument(code).signs) == TOTALS[code]


@pytest.mark.parametrize("code", [ADULT, CHILD])
def test_ilo_strong_signs_are_as_published(code: str) -> None:
    assert {item.sign for item in instrument(code).signs if item.weight == "strong"} == STRONG[code]


def test_ilo_weak_signs_are_as_published() -> None:
    assert {item.sign for item in instrument(ADULT).signs if item.weight == "weak"} == WEAK


def test_the_child_set_is_the_adult_set_without_two_signs() -> None:
    adult, child = ({item.sign for item in instrument(code).signs} for code in (ADULT, CHILD))
    assert adult - child == NOT_FOR_CHILDREN
    assert child <= adult


@pytest.mark.parametrize("code", [ADULT, CHILD])
def test_ilo_dimensions_have_the_four_published_rules_in_order(code: str) -> None:
    for dimension in instrument(code).dimensions.values():
        assert [
            (name, rule.strong, rule.medium, rule.weak, rule.medium_or_weak) for name, rule in dimension.rules.items()
        ] == [
            ("two_strong", 2, 0, 0, 0),
            ("strong_and_other", 1, 0, 0, 1),
            ("three_medium", 0, 3, 0, 0),
            ("two_medium_one_weak", 0, 2, 1, 0),
        ]


@pytest.mark.parametrize("code", [ADULT, CHILD])
def test_ilo_signs_stand_in_a_dimension_of_their_own_phase(code: str) -> None:
    signs = load_pack("nl").signs
    for item in instrument(code).signs:
        assert item.dimension.endswith(signs[item.sign].phase), item.sign


def test_only_what_the_source_says_is_marked_published() -> None:
    published = {code: [item.id for item in instrument(code).outcomes if item.published] for code in (ADULT, CHILD)}
    assert published == {
        ADULT: ["forced_labour", "deception_and_exploitation", "exploitation"],
        CHILD: ["child_exploitation"],
    }


@pytest.mark.parametrize("code", CHECKLISTS)
def test_a_checklist_has_no_weight_and_no_rule(code: str) -> None:
    checklist = instrument(code)
    assert checklist.kind == "checklist"
    assert {item.weight for item in checklist.signs} == {"none"}
    assert not any(dimension.rules for dimension in checklist.dimensions.values())
    assert not any(outcome.published for outcome in checklist.outcomes)
    assert "report" not in {outcome.action for outcome in checklist.outcomes}


def test_the_inspectorate_list_has_its_twelve_signals_as_groups() -> None:
    checklist = instrument("nl-labour-inspectorate")
    assert len(checklist.dimensions) == INSPECTORATE_SIGNALS
    assert {item.dimension for item in checklist.signs} == set(checklist.dimensions)


def test_every_sign_is_used_by_an_instrument() -> None:
    pack = load_pack("nl")
    assert set(pack.signs) == {item.sign for one in pack.instruments.values() for item in one.signs}


def test_every_way_of_noticing_is_well_filled() -> None:
    counts = Counter(sign.noticed for sign in load_pack("nl").signs.values())
    assert len(counts) == WAYS_OF_NOTICING
    assert min(counts.values()) >= WELL_FILLED


@pytest.mark.parametrize("code", [ADULT, CHILD, *CHECKLISTS])
def test_outcomes_go_from_strong_to_mild_and_conditions_only_grow(code: str) -> None:
    """Together these mean that one more sign never lowers the action."""
    outcomes = instrument(code).outcomes
    levels = [ACTIONS.index(outcome.action) for outcome in outcomes]
    assert levels == sorted(levels, reverse=True)
    assert outcomes[-1].when == {}
    for outcome in outcomes:
        assert not {"not", "negative", "no", "none"} & set(_words(outcome.when)), outcome.id


@pytest.mark.parametrize("code", [ADULT, CHILD, *CHECKLISTS])
def test_every_instrument_says_what_it_cannot_tell(code: str) -> None:
    assert {"not_proof", "absence"} <= set(instrument(code).limits)


def _words(condition: Any) -> Iterator[str]:
    """Every key and value in a condition."""
    if isinstance(condition, dict):
        for key, value in condition.items():
            yield key
            yield from _words(value)
    elif isinstance(condition, list):
        for item in condition:
            yield from _words(item)
    else:
        yield str(condition)
