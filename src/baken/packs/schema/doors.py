"""``doors.yaml`` and ``routes.yaml``: who can be called, when, why, and on which footing."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from baken.packs.schema.base import Fact, Id, PackModel, PartialFact, Text, When
from baken.packs.schema.info import RegionKind

Age = Literal["minor", "adult", "unknown"]
FootingCode = Literal["advice", "registration", "consent", "reasoned_report", "nothing_shared"]
"""The four footings of the design; ``nothing_shared`` is for steps in which nothing leaves your own file."""


class Phone(PartialFact):
    """A telephone number. Its fact is the door's unless it says otherwise."""

    number: Annotated[str, StringConstraints(pattern=r"^[0-9+][0-9 +()/-]*$")]
    """As dialled inside the country, or with + and the country code."""
    label: Text | None = None


class Hours(PartialFact):
    """Opening hours in OpenStreetMap syntax, for example ``Mo-Fr 09:00-17:00; PH off``."""

    osm: Annotated[str, StringConstraints(min_length=2)]


class Door(Fact):
    """Someone who can be called or written to."""

    name: Text
    what: Text
    """What this door does, in one sentence."""
    expect: Text | None = None
    """What happens when you call."""
    say: Text | None = None
    """A first sentence you can use. Never a name of the person concerned."""
    kind: Literal["emergency", "police", "advice", "help", "internal", "report"]
    ages: list[Age] = ["minor", "adult", "unknown"]
    """For whom the door works. Without ``minor`` the router never gives it for a minor."""
    public: bool = False
    """May a person who needs help call it, or is it for professionals?"""
    phones: list[Phone] = []
    hours: Hours | None = None
    """Unknown when left out; shown as unknown."""
    url: Annotated[str, StringConstraints(pattern=r"^https://")] | None = None
    chat: bool = False
    free: bool | None = None
    anonymous: bool | None = None
    region_kind: RegionKind | None = None
    """The kind of region by which this door differs per municipality."""


class DoorsFile(PackModel):
    """``doors.yaml``."""

    doors: dict[Id, Door]


class Rule(PackModel):
    """One reason to give one door. The order of rules in the file is the order of doors on the page."""

    id: Id
    door: Id
    when: When = {}
    why: Text
    say: Text | None = None
    footing: Annotated[list[FootingCode], Field(min_length=1)]
    source: str | None = None
    """Where the rule itself comes from, for whoever checks the rules; readers see the source of the door."""


class Step(PackModel):
    """Something to do now. The order in the file is the order on the page."""

    id: Id
    when: When = {}
    text: Text
    why: Text | None = None
    footing: FootingCode
    kind: Literal["do", "dont"] = "do"
    source: str | None = None

    @model_validator(mode="after")
    def _dont_shares_nothing(self) -> Step:
        if self.kind == "dont" and self.footing != "nothing_shared":
            raise ValueError("a step of kind 'dont' shares nothing: expected footing nothing_shared")
        return self


class RoutesFile(PackModel):
    """``routes.yaml``."""

    rules: list[Rule]
    steps: list[Step]
