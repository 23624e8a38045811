"""``signs.yaml`` and ``instruments/*.yaml``: what can be noticed, and the published lists that use it."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from baken.packs.conditions import Predicate, compile_condition
from baken.packs.schema.base import Fact, Id, PackModel, Text, Texts, When

Phase = Literal["recruitment", "exploitation", "destination"]
Noticed = Literal["see", "hear", "know", "documents"]
Weight = Literal["strong", "medium", "weak", "none"]
Action = Literal["none", "watch", "discuss", "report", "call_now"]
ACTIONS: tuple[Action, ...] = ("none", "watch", "discuss", "report", "call_now")
"""Levels of what to do, lowest first. Never a level of guilt or likelihood."""


class Sign(PackModel):
    """One observable thing."""

    phase: Phase
    noticed: Noticed
    text: Text
    """What you notice, as the professional would say it."""
    hint: Text | None = None
    """An everyday explanation or example."""
    urgent: bool = False
    """Asks for action today whatever else is ticked (somebody is locked in, asks for help unprompted)."""
    danger: bool = False
    """Says that somebody is in danger now (locked in, hurt and afraid): the route then puts the emergency number first."""


class SignsFile(PackModel):
    """``signs.yaml``."""

    signs: dict[Id, Sign]


class Combination(PackModel):
    """A count of signs that makes a dimension positive: at least this many of each."""

    strong: Annotated[int, Field(ge=0)] = 0
    medium: Annotated[int, Field(ge=0)] = 0
    weak: Annotated[int, Field(ge=0)] = 0
    medium_or_weak: Annotated[int, Field(ge=0)] = 0


class Dimension(PackModel):
    """A group of signs that is assessed on its own."""

    title: Text
    rules: dict[Id, Combination] = {}
    """Rule id -> combination; the first that holds is the one that is reported. Empty for a checklist."""


class ListedSign(PackModel):
    """A sign as one instrument uses it."""

    sign: Id
    dimension: Id
    weight: Weight


class Outcome(PackModel):
    """What the dimensions together mean for what you do. The first outcome whose ``when`` holds counts."""

    id: Id
    when: When
    text: Text
    action: Action
    published: bool = False
    """Does the instrument itself say this, or is it a house rule?"""


class Instrument(Fact):
    """A published list of signs with its rule, or with no rule: then it is a checklist."""

    id: Id
    title: Text
    about: Text
    kind: Literal["rule", "checklist"]
    forms: list[str]
    ages: list[str]
    dimensions: dict[Id, Dimension]
    signs: list[ListedSign]
    outcomes: list[Outcome]
    limits: Texts
    """What the list cannot tell."""

    @cached_property
    def codes(self) -> frozenset[str]:
        """Codes of the signs that it lists."""
        return frozenset(item.sign for item in self.signs)

    @cached_property
    def outcome_predicates(self) -> tuple[Predicate, ...]:
        """The conditions of the outcomes made fast, in their order. The same in every language."""
        return tuple(compile_condition(outcome.when) for outcome in self.outcomes)
