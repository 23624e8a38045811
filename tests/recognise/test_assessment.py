"""The assessment: every published combination over all counts, monotone, and it explains itself."""

from __future__ import annotations

import random
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.packs.loader import load_pack
from baken.packs.schema.signs import ACTIONS, Instrument
from baken.packs.situation import Situation
from baken.recognise.assessment import Counts, assess, fired_rule
from baken.recognise.check import UnknownSignError, run_check
from baken.routes.router import choose

PACK = load_pack("nl")
INSTRUMENTS = list(PACK.instruments.values())
ADULT = PACK.instruments["ilo-2009-adult-labour"]
CHILD = PACK.instruments["ilo-2009-child-labour"]
CODES = sorted(PACK.signs)


def published_rule(strong: int, medium: int, weak: int) -> bool:
    """The dimension rule of ILO/EC 2009 as published, written out case by case."""
    return strong >= 2 or (strong >= 1 and (medium >= 1 or weak >= 1)) or medium >= 3 or (medium >= 2 and weak >= 1)


@pytest.mark.parametrize("instrument", [ADULT, CHILD], ids=lambda item: item.id)
def test_dimension_rule_is_the_published_one_for_all_counts(instrument: Instrument) -> None:
    for dimension in instrument.dimensions.values():
        for strong, medium, weak in product(range(12), range(18), range(6)):
            fired = fired_rule(dimension, Counts(strong, medium, weak))
            assert (fired is not None) == published_rule(strong, medium, weak), (strong, medium, weak)


@pytest.mark.parametrize(
    ("strong", "medium", "weak", "rule"),
    [
        (1, 0, 0, None),
        (0, 2, 0, None),
        (0, 0, 9, None),
        (0, 1, 9, None),
        (2, 0, 0, "two_strong"),
        (1, 1, 0, "strong_and_other"),
        (1, 0, 1, "strong_and_other"),
        (0, 3, 0, "three_medium"),
        (0, 2, 1, "two_medium_one_weak"),
    ],
)
def test_the_rule_that_fired_is_named(strong: int, medium: int, weak: int, rule: str | None) -> None:
    assert fired_rule(ADULT.dimensions["exploitation"], Counts(strong, medium, weak)) == rule


def codes_for(instrument: Instrument, *positive: str) -> list[str]:
    """Enough signs to make exactly these dimensions positive: all signs of each."""
    return [item.sign for item in instrument.signs if item.dimension in positive]


def published_outcome(deceptive: bool, coercive: bool, exploitation: bool, coercion: bool) -> str | None:
    """The published reading for persons (without abuse of vulnerability); None where it is silent."""
    if not exploitation:
        return None
    if (deceptive or coercive) and coercion:
        return "forced_labour"
    if deceptive:
        return "deception_and_exploitation"
    return "exploitation" if not coercive and not coercion else None


@pytest.mark.parametrize("flags", list(product([False, True], repeat=4)))
def test_person_rule_is_the_published_one_for_all_combinations(flags: tuple[bool, ...]) -> None:
    names = ("deceptive_recruitment", "coercive_recruitment", "exploitation", "coercion_destination")
    positive = [name for name, flag in zip(names, flags, strict=True) if flag]
    result = assess(instrument=ADULT, signs=codes_for(ADULT, *positive))
    assert [item.id for item in result.dimensions if item.positive] == [
        name for name in ADULT.dimensions if name in positive
    ]
    expected = published_outcome(*flags)
    if expected is None:
        assert not result.published
    else:
        assert (result.outcome, result.published) == (expected, True)


def test_child_needs_no_means() -> None:
    result = assess(instrument=CHILD, signs=codes_for(CHILD, "exploitation"))
    assert (result.outcome, result.action, result.published) == ("child_exploitation", "report", True)


def test_abuse_of_vulnerability_counts_as_a_means() -> None:
    signs = codes_for(ADULT, "vulnerability_recruitment", "exploitation", "coercion_destination")
    assert assess(instrument=ADULT, signs=signs).action == "report"


@given(st.sampled_from(INSTRUMENTS), st.sets(st.sampled_from(CODES)), st.sampled_from(CODES))
def test_one_more_sign_never_lowers_the_action(instrument: Instrument, signs: set[str], extra: str) -> None:
    before = assess(instrument=instrument, signs=signs, urgent=PACK.urgent_signs)
    after = assess(instrument=instrument, signs=signs | {extra}, urgent=PACK.urgent_signs)
    assert ACTIONS.index(after.action) >= ACTIONS.index(before.action)


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda item: item.id)
def test_growing_selections_never_lower_the_action(instrument: Instrument) -> None:
    """Long random paths from nothing to everything, where a property test only tries small sets."""
    chance = random.Random(2009)
    codes = [item.sign for item in instrument.signs]
    for _ in range(60):
        chance.shuffle(codes)
        levels = [
            ACTIONS.index(assess(instrument=instrument, signs=codes[:count], urgent=PACK.urgent_signs).action)
            for count in range(len(codes) + 1)
        ]
        assert levels == sorted(levels)


@given(st.sampled_from(INSTRUMENTS), st.sets(st.sampled_from(CODES), max_size=12))
def test_watch_for_is_exactly_what_would_change_the_outcome(instrument: Instrument, signs: set[str]) -> None:
    result = assess(instrument=instrument, signs=signs, urgent=PACK.urgent_signs)
    named = {item.sign: (item.outcome, item.action) for item in result.watch_for}
    for listed in instrument.signs:
        if listed.sign in signs:
            assert listed.sign not in named
            continue
        after = assess(instrument=instrument, signs=signs | {listed.sign}, urgent=PACK.urgent_signs)
        if after.outcome != result.outcome:
            assert named[listed.sign] == (after.outcome, after.action)
        else:
            assert listed.sign not in named


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda item: item.id)
def test_nothing_ticked_asks_nothing(instrument: Instrument) -> None:
    assert assess(instrument=instrument, signs=()).action == "none"


@pytest.mark.parametrize(
    "instrument", [item for item in INSTRUMENTS if item.kind == "checklist"], ids=lambda item: item.id
)
def test_a_checklist_without_an_urgent_sign_never_asks_more_than_to_discuss(instrument: Instrument) -> None:
    everything = [item.sign for item in instrument.signs if item.sign not in PACK.urgent_signs]
    assert assess(instrument=instrument, signs=everything, urgent=PACK.urgent_signs).action == "discuss"


def test_signs_outside_the_instrument_do_not_count() -> None:
    outside = [code for code in CODES if code not in {item.sign for item in ADULT.signs}]
    assert assess(instrument=ADULT, signs=outside).action == "none"


@given(
    st.sets(st.sampled_from(CODES), max_size=8), st.sampled_from(CODES), st.sampled_from(("minor", "adult", "unknown"))
)
def test_the_whole_check_is_monotone_too(signs: set[str], extra: str, age: str) -> None:
    situation = Situation(age=age)
    before = run_check(pack=PACK, signs=signs, situation=situation).action
    after = run_check(pack=PACK, signs=signs | {extra}, situation=situation).action
    assert ACTIONS.index(after) >= ACTIONS.index(before)


@pytest.mark.parametrize(
    ("situation", "signs", "action", "reasons"),
    [
        (Situation(), [], "none", ("no_signs",)),
        (Situation(danger="now"), [], "call_now", ("danger_now",)),
        (Situation(age="adult"), ["exploit_low_pay"], "watch", ("few_signs",)),
        (Situation(age="minor"), ["exploit_low_pay"], "discuss", ("minor",)),
        (Situation(), ["dest_asks_for_help"], "call_now", ("urgent_sign",)),
        (Situation(danger="now"), ["dest_asks_for_help"], "call_now", ("danger_now", "urgent_sign")),
    ],
)
def test_house_rules_of_the_check(
    situation: Situation, signs: list[str], action: str, reasons: tuple[str, ...]
) -> None:
    signs = [
        code if code in PACK.signs else next(item.sign for item in ADULT.signs if item.weight == "medium")
        for code in signs
    ]
    result = run_check(pack=PACK, signs=signs, situation=situation)
    assert (result.action, result.reasons) == (action, reasons)


def test_unknown_codes_are_named() -> None:
    with pytest.raises(UnknownSignError, match="no_such_sign"):
        run_check(pack=PACK, signs=["no_such_sign"], situation=Situation())


@pytest.mark.parametrize("code", sorted(PACK.danger_signs))
@pytest.mark.parametrize("danger", ["no", "unknown", "now"])
def test_a_sign_of_danger_is_danger_for_the_route(code: str, danger: str) -> None:
    checked = run_check(pack=PACK, signs=[code], situation=Situation(danger=danger))
    assert checked.situation.danger == "now"
    assert checked.action == "call_now"
    assert choose(pack=PACK, situation=checked.situation).doors[0].rule.door == "emergency"


def test_other_signs_leave_the_situation_as_it_is() -> None:
    situation = Situation(danger="no", age="adult")
    everything = set(PACK.signs) - PACK.danger_signs
    assert run_check(pack=PACK, signs=everything, situation=situation).situation == situation
    assert PACK.danger_signs < PACK.urgent_signs
