"""The states of a report, and the moves between them. Pure: the database holds the same pairs in a trigger.

A report is never lost in a state: from each one there is a way to an end, and a closed report opens again when something
new is known. Reopening is normal and no failure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from baken.audit.kinds import Action


class State(StrEnum):
    """Where a report stands."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    IN_TRIAGE = "in_triage"
    WAITING = "waiting"
    """For the reporter, who was asked something."""
    DECIDED = "decided"
    HANDED_OVER = "handed_over"
    """Offered to at least one other party, whether that party has answered or not."""
    CLOSED = "closed"


class Move(StrEnum):
    """What somebody does that changes the state."""

    ACKNOWLEDGE = "acknowledge"
    TAKE_INTO_TRIAGE = "take_into_triage"
    """Also straight from received: whoever begins at once has seen it."""
    ASK_REPORTER = "ask_reporter"
    REPORTER_ANSWERED = "reporter_answered"
    CARRY_ON = "carry_on"
    """Go on without an answer of the reporter."""
    DECIDE = "decide"
    RECONSIDER = "reconsider"
    """Back from a decision before anything is offered, for example when consent is withdrawn."""
    HAND_OVER = "hand_over"
    """Also to a second party, when one has it already."""
    HANDOVER_DECLINED = "handover_declined"
    HANDOVER_REVOKED = "handover_revoked"
    """Both only when no other party holds it any more."""
    SET_ASIDE = "set_aside"
    """Close without a decision: no concern, a mistake, or a test. Nothing is shared, so nothing asks a footing."""
    CLOSE = "close"
    REOPEN = "reopen"


class NotAllowed(ValueError):  # noqa: N818 - named for what happened
    """A move that does not start in this state, or of a report whose content is erased."""

    def __init__(self, state: State, move: Move) -> None:
        self.state = state
        self.move = move
        super().__init__(f"{move} does not start in {state}")


@dataclass(frozen=True, slots=True)
class Step:
    """From where to where a move goes, and what the audit calls it."""

    sources: frozenset[State]
    target: State
    action: Action


def _step(action: Action, target: State, *sources: State) -> Step:
    return Step(frozenset(sources), target, action)


MOVES: Mapping[Move, Step] = MappingProxyType(
    {
        Move.ACKNOWLEDGE: _step(Action.REPORT_ACKNOWLEDGED, State.ACKNOWLEDGED, State.RECEIVED),
        Move.TAKE_INTO_TRIAGE: _step(Action.REPORT_TRIAGE, State.IN_TRIAGE, State.RECEIVED, State.ACKNOWLEDGED),
        Move.ASK_REPORTER: _step(Action.REPORT_WAITING, State.WAITING, State.IN_TRIAGE),
        Move.REPORTER_ANSWERED: _step(Action.REPORT_MESSAGE, State.IN_TRIAGE, State.WAITING),
        Move.CARRY_ON: _step(Action.REPORT_TRIAGE, State.IN_TRIAGE, State.WAITING),
        Move.DECIDE: _step(Action.REPORT_DECIDED, State.DECIDED, State.IN_TRIAGE),
        Move.RECONSIDER: _step(Action.REPORT_TRIAGE, State.IN_TRIAGE, State.DECIDED),
        Move.HAND_OVER: _step(Action.HANDOVER_OFFERED, State.HANDED_OVER, State.DECIDED, State.HANDED_OVER),
        Move.HANDOVER_DECLINED: _step(Action.HANDOVER_DECLINED, State.IN_TRIAGE, State.HANDED_OVER),
        Move.HANDOVER_REVOKED: _step(Action.HANDOVER_REVOKED, State.IN_TRIAGE, State.HANDED_OVER),
        Move.SET_ASIDE: _step(Action.REPORT_CLOSED, State.CLOSED, State.IN_TRIAGE),
        Move.CLOSE: _step(Action.REPORT_CLOSED, State.CLOSED, State.DECIDED, State.HANDED_OVER),
        Move.REOPEN: _step(Action.REPORT_REOPENED, State.IN_TRIAGE, State.CLOSED),
    }
)
START = State.RECEIVED
OPEN: frozenset[State] = frozenset(State) - {State.CLOSED}
"""States in which somebody still has to do something."""


def transition_pairs() -> tuple[tuple[State, State], ...]:
    """Every (old, new) that may stand in the database, without those that stay where they are; always in the same order."""
    order = list(State)
    pairs = {(source, step.target) for step in MOVES.values() for source in step.sources if source != step.target}
    return tuple(sorted(pairs, key=lambda pair: (order.index(pair[0]), order.index(pair[1]))))


TRANSITIONS: Mapping[State, frozenset[State]] = MappingProxyType(
    {state: frozenset(new for old, new in transition_pairs() if old == state) for state in State}
)
"""State -> the states it may change to."""


def move(state: State, how: Move, *, erased: bool = False) -> State:
    """The state after a move. Raises NotAllowed, also for every move of a report whose content is erased."""
    step = MOVES[how]
    if erased or state not in step.sources:
        raise NotAllowed(state, how)
    return step.target


def moves_from(state: State, *, erased: bool = False) -> tuple[Move, ...]:
    """What can be done in a state, in the order in which it usually is."""
    return () if erased else tuple(how for how, step in MOVES.items() if state in step.sources)
