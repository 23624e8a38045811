"""The shapes of the API's answers, for its OpenAPI description. Tests hold every answer against them.

The views answer with plain data and are not slowed down by validating it again.
"""

from __future__ import annotations

import datetime as dt

from ninja import Schema
from pydantic import Field

from baken.packs.schema.base import Confidence
from baken.packs.schema.people import Secrecy, Sector
from baken.packs.schema.signs import Action, Noticed, Phase, Weight


class FactShape(Schema):
    """Something that may change, with where it comes from and how sure it is."""

    source: str
    source_url: str | None
    checked_on: dt.date = Field(description="The day on which it was compared with the source.")
    check_by: dt.date = Field(description="The day by which it must be compared again.")
    confidence: Confidence
    note: str | None


class Country(Schema):
    """A country pack."""

    code: str
    name: str
    status: str = Field(description="complete, or starter for a first version.")
    about: str
    source_language: str
    languages: list[str]
    timezone: str


class Countries(Schema):
    """All country packs."""

    countries: list[Country]


class Sign(Schema):
    """One observable thing. A sign is never proof."""

    code: str
    phase: Phase
    noticed: Noticed
    text: str
    hint: str | None
    urgent: bool = Field(description="Asks for action today whatever else is noticed.")
    instruments: list[str]


class Signs(Schema):
    """The vocabulary of signs."""

    signs: list[Sign]


class ListedSign(Schema):
    """A sign as an instrument uses it. The weight is the published one, or none."""

    code: str
    phase: Phase
    dimension: str
    weight: Weight


class Rule(Schema):
    """A dimension is positive with at least this many signs of each weight."""

    id: str
    strong: int
    medium: int
    weak: int
    medium_or_weak: int


class Dimension(Schema):
    """A group of signs that is assessed on its own; without rules in a checklist."""

    id: str
    title: str
    rules: list[Rule]


class Instrument(FactShape):
    """A published list of signs with its rule, or with none: then it is a checklist."""

    id: str
    signs: list[ListedSign]
    title: str
    about: str
    kind: str
    forms: list[str]
    ages: list[str]
    dimensions: list[Dimension]
    limits: list[str] = Field(description="What the list cannot tell.")


class Instruments(Schema):
    """All instruments."""

    instruments: list[Instrument]


class SituationValue(Schema):
    """One possible answer."""

    value: str
    label: str
    hint: str


class SituationField(Schema):
    """One question about a situation, with every answer that exists."""

    name: str
    label: str
    hint: str
    default: str
    values: list[SituationValue]


class SituationFields(Schema):
    """The questions about a situation."""

    situation_fields: list[SituationField]


class Profession(Schema):
    """Who uses the check."""

    code: str
    name: str
    sector: Sector
    meldcode: bool
    secrecy: Secrecy
    must_register: bool
    instruments: list[str]


class Professions(Schema):
    """All professions; none in a starter pack."""

    professions: list[Profession]


class ProfessionSign(Schema):
    """A sign in the words of a profession."""

    code: str
    text: str
    example: str


class FullProfession(FactShape, Profession):
    """A profession with its own words, questions and duties."""

    intro: str
    signs: list[ProfessionSign]
    ask: list[str]
    do: list[str]


class Place(Schema):
    """A municipality."""

    code: str
    name: str
    province: str


class Places(Schema):
    """Municipalities that were found; total counts those that did not fit within the limit too."""

    places: list[Place]
    total: int


class PlaceRegion(FactShape):
    """A region of one kind, with who stands at the door there when that is known."""

    kind: str
    id: str
    name: str
    door: str | None
    url: str | None


class FullPlace(Place):
    """A municipality with its postcodes and regions."""

    postcodes: list[str]
    regions: list[PlaceRegion]


class AssessedDimension(Schema):
    """Did a rule of this dimension hold, and on which signs?"""

    id: str
    positive: bool
    rule: str | None
    signs: list[str]


class WatchFor(Schema):
    """One observation that would change the outcome."""

    code: str
    text: str
    dimension: str
    outcome: str
    action: Action


class Assessment(Schema):
    """What one instrument makes of the signs: a level of action, never of guilt or likelihood."""

    instrument: str
    dimensions: list[AssessedDimension]
    outcome: str
    text: str
    action: Action
    watch_for: list[WatchFor]
    limits: list[str]
