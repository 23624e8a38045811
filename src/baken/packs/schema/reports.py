"""``reports.yaml``: house clocks, consent, retention, feedback to the reporter, and forms for registration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from baken.packs.schema.base import Fact, PackModel, PartialFact, Text

ClockId = Literal["acknowledge", "triage", "decide", "feedback"]
Event = Literal["received", "acknowledged", "triaged", "waiting", "decided", "feedback", "closed"]
"""Moments in the course of a report at which a clock starts, pauses or stops."""
Unit = Literal["minutes", "working_hours", "working_days"]
Category = Literal[
    "advice_only", "anonymised_registration", "referred_with_consent", "reported_without_consent", "no_concern"
]
"""How a report ended, as far as it matters for how long its content is kept."""
OutcomeCode = Literal[
    "advised",
    "registered",
    "talked",
    "help_arranged",
    "handed_over",
    "reported",
    "no_sign_of_danger",
    "cannot_say",
]
FormCode = Literal[
    "sexual", "labour", "criminal", "domestic", "begging", "organ", "marriage", "adoption", "surrogacy", "other"
]


DATE = "%(date)s"


def _with_a_date_only(text: str) -> str:
    """A text for the reporter has a place for the day and for nothing else: what somebody is called never fits in."""
    if text.count(DATE) != 1 or "%" in text.replace(DATE, ""):
        raise ValueError(f"expected {DATE} once and no other %")
    return text


class Length(PackModel):
    """How long. Minutes run day and night; working hours and working days only while the organisation is open."""

    amount: Annotated[int, Field(ge=0, le=10_000)]
    unit: Unit


class HouseClock(PackModel):
    """Within what time something must happen; a promise of the house, and no law."""

    title: Text
    start: Annotated[list[Event], Field(min_length=1)]
    """The first of these that happened begins it, in this order."""
    stop: Annotated[list[Event], Field(min_length=1)]
    """Any of these ends it; after a new triage they must happen anew."""
    pause: list[Event] = []
    """After one of these it is somebody else's turn, until the next triage."""
    length: Length
    urgent: Length | None = None
    """Instead of ``length`` when somebody may be in danger."""
    escalate_to: Literal["second_focal_point"]
    escalate_after: Length
    """How long after the end a second focal point is told."""
    why: Text


class Clocks(Fact):
    """The house clocks, as one fact: where they come from and how sure they are."""

    rules: dict[ClockId, HouseClock]


class ConsentRules(Fact):
    """For how long consent may be given: it never lasts for ever."""

    default_months: Annotated[int, Field(ge=1, le=24)]
    most_months: Annotated[int, Field(ge=1, le=24)]
    why: Text

    @model_validator(mode="after")
    def _default_within_most(self) -> Self:
        if self.default_months > self.most_months:
            raise ValueError("expected default_months of at most most_months")
        return self


class Retention(PackModel):
    """For how many months after closing the content of a report is kept."""

    title: Text
    months: Annotated[int, Field(ge=0, le=240)]
    why: Text


class RetentionRules(Fact):
    """Months per category, as one fact."""

    categories: dict[Category, Retention]


class Feedback(PackModel):
    """What the reporter hears when a report ends so: within what may be said, never what became of one person."""

    title: Text
    text: Annotated[Text, AfterValidator(_with_a_date_only)]
    """What is sent; ``%(date)s`` is the day on which it happened. The focal point may write below it."""
    leave_out: Text
    """What may not be said here, for the one who sends it."""


class FormOfExploitation(PartialFact):
    """One form, as the national coordinator and the international case data standard know it."""

    title: Text
    htcds: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z]+$")]
    """Value of ``vic_TypeOfExploitation``."""
    minor: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z]+$")] | None = None
    """Value for somebody under 18, where it differs."""
    subcodes: list[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$")]] = []
    """Our own codes where the standard has none."""
    valid_from: dt.date | None = None
    """First day on which the law of this country names it; empty when it always did."""
    valid_until: dt.date | None = None
    note: Text | None = None
    in_law: Literal["yes", "unconfirmed"] = "yes"
    """Have we read that it is in force?"""

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("expected valid_until on or after valid_from")
        return self


class Forms(Fact):
    """The forms; one that says nothing about its source has that of all of them."""

    kinds: dict[FormCode, FormOfExploitation]


class ReportsFile(PackModel):
    """``reports.yaml``."""

    clocks: Clocks
    consent: ConsentRules
    retention: RetentionRules
    feedback: dict[OutcomeCode, Feedback]
    forms: Forms

    @model_validator(mode="after")
    def _everything_is_there(self) -> Self:
        parts: tuple[tuple[str, Mapping[Any, object], Any], ...] = (
            ("clocks", self.clocks.rules, ClockId),
            ("retention", self.retention.categories, Category),
            ("feedback", self.feedback, OutcomeCode),
            ("forms", self.forms.kinds, FormCode),
        )
        for name, found, wanted in parts:
            if missing := [code for code in get_args(wanted) if code not in found]:
                raise ValueError(f"expected in {name} also {', '.join(missing)}")
        return self
