"""Shared parts of the pack schema: the strict model, translatable text, and facts that carry their source."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints


class Translatable:
    """Marks a string field as text for people: it goes to the catalogues and comes back in the reader's language."""


def _one_line(value: object) -> object:
    """Fold the line breaks that YAML block style leaves, so that a text is the same string however it is wrapped."""
    return " ".join(value.split()) if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1), Translatable()]
Line = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1)]
"""Words for people that do not go to the catalogues of a pack: names, and what the social map translates in its own table."""
Texts = dict[str, Text]
"""Several short texts, each under an id written by hand, so that order and wording may change without losing a translation."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$")]
Confidence = Literal["confirmed", "reported", "unconfirmed"]


def _words(value: Any) -> Any:
    """YAML reads a bare yes or no as a truth value; in a condition they are words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return {key: _words(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_words(item) for item in value]
    return value


When = Annotated[dict[str, Any], BeforeValidator(_words)]
"""A condition: see ``baken.packs.conditions``."""


class PackModel(BaseModel):
    """Strict: an unknown key in a pack is an error, not a silent loss."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Fact(PackModel):
    """Something that may change: law, telephone numbers, regions, services."""

    source: Annotated[str, StringConstraints(min_length=3)]
    """Where it was found: publication or site, short enough to print beside the fact."""
    source_url: Annotated[str, StringConstraints(pattern=r"^https://")] | None = None
    checked_on: dt.date
    """The day on which somebody compared it with the source."""
    check_by: dt.date
    """The day by which it must be compared again; ``baken pack stale`` lists what is past it."""
    confidence: Confidence
    note: Text | None = None
    """What a reader must know about this fact, for example that pages contradict each other."""


class PartialFact(PackModel):
    """A fact inside another fact; what it does not say itself it takes over from the one around it."""

    source: str | None = None
    checked_on: dt.date | None = None
    check_by: dt.date | None = None
    confidence: Confidence | None = None
