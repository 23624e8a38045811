"""Every walk through the states of a report: nothing else is possible, and from everywhere there is a way to an end."""

from __future__ import annotations

from itertools import product

import pytest

from baken.audit.kinds import Action
from baken.reports.states import (
    MOVES,
    OPEN,
    START,
    TRANSITIONS,
    Move,
    NotAllowed,
    State,
    move,
    moves_from,
    transition_pairs,
)

ALLOWED = {
    ("received", "acknowledged"),
    ("received", "in_triage"),
    ("acknowledged", "in_triage"),
    ("in_triage", "waiting"),
    ("in_triage", "decided"),
    ("in_triage", "closed"),
    ("waiting", "in_triage"),
    ("decided", "in_triage"),
    ("decided", "handed_over"),
    ("decided", "closed"),
    ("handed_over", "in_triage"),
    ("handed_over", "closed"),
    ("closed", "in_triage"),
}


@pytest.mark.walk
def test_each_move_works_from_its_own_states_and_from_no_other() -> None:
    for state, how in product(State, Move):
        if state in MOVES[how].sources:
            assert move(state, how) == MOVES[how].target
            assert how in moves_from(state)
        else:
            assert how not in moves_from(state)
            with pytest.raises(NotAllowed) as refused:
                move(state, how)
            assert (refused.value.state, refused.value.move) == (state, how)


def test_the_pairs_for_the_database_are_these_and_no_others() -> None:
    assert set(transition_pairs()) == ALLOWED
    assert len(transition_pairs()) == len(ALLOWED)
    assert {(old, new) for old, found in TRANSITIONS.items() for new in found} == ALLOWED
    assert set(TRANSITIONS) == set(State)


def _reachable(start: State) -> set[State]:
    seen, ahead = {start}, [start]
    while ahead:
        new = TRANSITIONS[ahead.pop()] - seen
        seen |= new
        ahead += new
    return seen


def test_every_state_is_reached_from_the_first_and_has_a_way_to_the_end() -> None:
    assert _reachable(START) == set(State)
    assert all(State.CLOSED in _reachable(state) for state in State)
    assert State.CLOSED not in OPEN
    assert len(OPEN) == len(State) - 1


@pytest.mark.walk
def test_no_walk_of_six_moves_hands_over_what_nobody_decided() -> None:
    def walk(state: State, decided: bool, left: int) -> int:
        count = 1
        for how in moves_from(state) if left else ():
            if how == Move.HAND_OVER:
                assert decided
            after = how == Move.DECIDE or (decided and how in {Move.HAND_OVER})
            count += walk(move(state, how), after, left - 1)
        return count

    assert walk(START, False, 6) > 100


def test_a_second_party_changes_no_state() -> None:
    assert move(State.HANDED_OVER, Move.HAND_OVER) == State.HANDED_OVER
    assert (State.HANDED_OVER, State.HANDED_OVER) not in transition_pairs()


def test_a_closed_report_opens_again_unless_it_is_erased() -> None:
    assert move(State.CLOSED, Move.REOPEN) == State.IN_TRIAGE
    with pytest.raises(NotAllowed):
        move(State.CLOSED, Move.REOPEN, erased=True)
    assert moves_from(State.CLOSED, erased=True) == ()


def test_each_move_is_in_the_audit_under_its_own_code() -> None:
    assert {how: step.action for how, step in MOVES.items()} == {
        Move.ACKNOWLEDGE: Action.REPORT_ACKNOWLEDGED,
        Move.TAKE_INTO_TRIAGE: Action.REPORT_TRIAGE,
        Move.ASK_REPORTER: Action.REPORT_WAITING,
        Move.REPORTER_ANSWERED: Action.REPORT_MESSAGE,
        Move.CARRY_ON: Action.REPORT_TRIAGE,
        Move.DECIDE: Action.REPORT_DECIDED,
        Move.RECONSIDER: Action.REPORT_TRIAGE,
        Move.HAND_OVER: Action.HANDOVER_OFFERED,
        Move.HANDOVER_DECLINED: Action.HANDOVER_DECLINED,
        Move.HANDOVER_REVOKED: Action.HANDOVER_REVOKED,
        Move.SET_ASIDE: Action.REPORT_CLOSED,
        Move.CLOSE: Action.REPORT_CLOSED,
        Move.REOPEN: Action.REPORT_REOPENED,
    }
