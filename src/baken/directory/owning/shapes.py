"""What the owner's page is made of: lines to fill in, boxes to tick, and the answer that something cannot be used. Pure."""

from __future__ import annotations

from dataclasses import dataclass

MOST_LINE = 60
SPARE = 1
"""Empty lines for what is new."""


class FieldError(ValueError):
    """What was filled in cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """A text to fill in."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A box or a round button."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Ticks:
    """A question with boxes."""

    name: str
    label: str
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class HoursLines:
    """The usual week of the service, or of one place. ``more`` : the hours that we know say more than a week can."""

    name: str
    title: str
    always: bool
    holidays: bool
    days: tuple[Line, ...]
    more: bool
