"""Who may consent for whom: by age, and by whether a parent may be involved. Pure.

From 16 years somebody decides alone. Below that age parents or a guardian consent and the child is asked too; where a
parent may be involved no parent is asked, and without a guardian the way leads to Veilig Thuis. The age of 16 is that of
youth care; that the own no of a child of 12 or older counts as a no is a choice of this house.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from types import MappingProxyType


class Age(StrEnum):
    """Age of the person concerned, as far as consent asks it."""

    UNDER_12 = "under_12"
    FROM_12 = "from_12"
    FROM_16 = "from_16"
    UNKNOWN = "unknown"


class ParentInvolved(StrEnum):
    """May a parent be part of what happens? Not knowing counts as yes: asking the wrong one puts a child in danger."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Giver(StrEnum):
    """Who consents."""

    PERSON = "person"
    PARENT = "parent"
    GUARDIAN = "guardian"


class Assent(StrEnum):
    """What a child under 16 wants, asked in words that fit."""

    YES = "yes"
    NO = "no"
    TOO_YOUNG = "too_young"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class WhoConsents:
    """One row of the decision table."""

    givers: frozenset[Giver]
    """Any of these may; empty when first the age must be known."""
    assent: frozenset[Assent] = frozenset(Assent)
    """What the answer of the child may be for consent to hold."""
    otherwise: str = ""
    """Id of the door to ask for advice when none of them is there or may be asked."""


_DOOR = "veilig_thuis"
_UPBRINGING = frozenset({Giver.PARENT, Giver.GUARDIAN})
_GUARDIAN = frozenset({Giver.GUARDIAN})
_OWN_YES = frozenset({Assent.YES})
_RECORDED = frozenset({Assent.YES, Assent.NO, Assent.TOO_YOUNG})


def _row(age: Age, parent: ParentInvolved) -> WhoConsents:
    if age is Age.FROM_16:
        return WhoConsents(frozenset({Giver.PERSON}))
    if age is Age.UNKNOWN:
        return WhoConsents(frozenset(), otherwise=_DOOR)
    givers = _UPBRINGING if parent is ParentInvolved.NO else _GUARDIAN
    return WhoConsents(givers, _OWN_YES if age is Age.FROM_12 else _RECORDED, _DOOR)


CONSENTS: Mapping[tuple[Age, ParentInvolved], WhoConsents] = MappingProxyType(
    {key: _row(*key) for key in product(Age, ParentInvolved)}
)


def who_consents(age: Age, parent: ParentInvolved = ParentInvolved.UNKNOWN) -> WhoConsents:
    """Who may consent for somebody of this age, and what the answer of a child must be."""
    return CONSENTS[age, parent]


def capacity_problems(age: Age, parent: ParentInvolved, given_by: Giver, assent: Assent) -> tuple[str, ...]:
    """Codes of what is wrong with who consented; none when it holds."""
    row = who_consents(age, parent)
    if not row.givers:
        return ("age_needed",)
    found = []
    if given_by not in row.givers:
        found.append("parent_may_be_involved" if given_by is Giver.PARENT and age is not Age.FROM_16 else "wrong_giver")
    if assent not in row.assent:
        found.append("child_said_no" if assent is Assent.NO else "child_not_asked")
    return tuple(found)
