"""The proof of work: enough for a flood to feel, little enough for a person not to notice, and never a refusal."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.people.proof import (
    BITS_CAP,
    BITS_FLOOR,
    CALM,
    LIFE,
    WAIT_CAP,
    WAIT_FLOOR,
    WAIT_URGENT,
    Challenge,
    Verdict,
    bits_for,
    is_solved,
    judge,
    read,
    solve,
    wait_for,
)

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
KEY = b"k" * 32
HERE = str(uuid.UUID(int=7))


def challenge(*, bits: int = BITS_FLOOR, organisation: str = HERE, age: float = 0) -> Challenge:
    return Challenge(organisation=organisation, at=NOW - dt.timedelta(seconds=age), bits=bits, random="ab" * 16)


def verdict(made: Challenge | None, proof: str = "", *, spent: int = 0, urgent: bool = False) -> Verdict:
    return judge(made, proof, organisation=HERE, now=NOW, spent=spent, urgent=urgent)


def test_work_is_enough_at_once() -> None:
    made = challenge()
    assert verdict(made, solve(made)) is Verdict.ENOUGH


@pytest.mark.parametrize(
    ("age", "expected"),
    [(0, Verdict.TOO_QUICK), (14.9, Verdict.TOO_QUICK), (15, Verdict.ENOUGH), (7200, Verdict.ENOUGH)],
)
def test_without_work_a_form_waits_a_moment(age: float, expected: Verdict) -> None:
    assert verdict(challenge(age=age)) is expected


def test_it_grows_with_the_flood_up_to_an_end() -> None:
    spent = [0, CALM - 1, CALM, 2 * CALM, 4 * CALM, 8 * CALM, 16 * CALM, 32 * CALM, 10**6]
    assert [bits_for(count) for count in spent] == [10, 10, 11, 12, 13, 14, 15, 16, 16]
    assert [wait_for(count, urgent=False) for count in spent] == [15, 15, 30, 60, 120, 240, 240, 240, 240]
    assert bits_for(0) == BITS_FLOOR
    assert bits_for(10**9) == BITS_CAP


@given(spent=st.integers(min_value=0, max_value=10**9), urgent=st.booleans())
def test_nobody_is_ever_locked_out(spent: int, urgent: bool) -> None:
    """However busy: a form that was open for four minutes gets through, with no work at all."""
    assert verdict(challenge(age=WAIT_CAP), spent=spent, urgent=urgent) is Verdict.ENOUGH
    assert bits_for(spent) <= BITS_CAP


@given(spent=st.integers(min_value=0, max_value=10**9))
def test_danger_waits_for_no_flood(spent: int) -> None:
    made = challenge()
    assert verdict(made, solve(made), spent=spent, urgent=True) is Verdict.ENOUGH
    assert verdict(challenge(age=WAIT_URGENT), spent=spent, urgent=True) is Verdict.ENOUGH
    assert wait_for(spent, urgent=True) < WAIT_FLOOR


def test_work_that_is_out_of_date_is_asked_for_again() -> None:
    made = challenge()
    assert verdict(made, solve(made), spent=CALM) is Verdict.ENOUGH, "one step of slack"
    assert verdict(made, solve(made), spent=2 * CALM) is Verdict.TOO_LITTLE


@pytest.mark.parametrize("made", [None, challenge(organisation=str(uuid.UUID(int=8))), challenge(age=7201)])
def test_a_challenge_of_elsewhere_or_long_ago_is_stale(made: Challenge | None) -> None:
    assert verdict(made, solve(made) if made else "") is Verdict.STALE
    assert verdict(challenge(age=-60)) is Verdict.STALE
    assert dt.timedelta(hours=2) == LIFE


def test_what_is_signed_reads_back() -> None:
    made = challenge(bits=12)
    assert read(made.signed(KEY), KEY) == made


@given(place=st.integers(min_value=0), letter=st.sampled_from("0123456789abcdef.-x"))
def test_any_other_text_is_not_ours(place: int, letter: str) -> None:
    text = challenge().signed(KEY)
    place %= len(text)
    changed = text[:place] + letter + text[place + 1 :]
    assert (read(changed, KEY) is None) == (changed != text)


def test_another_key_signs_nothing_for_us() -> None:
    assert read(challenge().signed(b"x" * 32), KEY) is None


def test_only_the_work_itself_counts() -> None:
    made = challenge()
    proof = solve(made)
    numbers = proof.split(",")
    assert is_solved(made, proof)
    assert not is_solved(made, ",".join([numbers[0]] * len(numbers))), "one number eight times"
    assert not is_solved(made, ",".join(numbers[:-1]))
    assert not is_solved(made, proof + ",x")
    assert not is_solved(made, ",".join([*numbers[:-1], str(int(numbers[-1]) + 1)])) or numbers[-1] == "0"
    assert not is_solved(challenge(bits=BITS_CAP), "0,1,2,3,4,5,6,7")


def test_what_is_kept_does_not_lead_back() -> None:
    assert made_once() == made_once()
    assert "ab" * 16 not in made_once()


def made_once() -> str:
    return challenge().spent
