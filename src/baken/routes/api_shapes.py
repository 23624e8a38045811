"""The shapes of the API's answers about doors and routes, for its OpenAPI description."""

from __future__ import annotations

import datetime as dt

from ninja import Schema
from pydantic import Field

from baken.packs.schema.base import Confidence
from baken.packs.schema.doors import Age, FootingCode
from baken.packs.schema.signs import Action, Noticed
from baken.recognise.api_shapes import Assessment, FactShape


class PhoneNumber(Schema):
    """A telephone number as people write it and as a telephone dials it."""

    text: str
    dial: str
    label: str | None
    confidence: Confidence


class Door(FactShape):
    """Someone who can be called or written to."""

    id: str
    name: str
    what: str
    expect: str | None
    say: str | None
    kind: str
    ages: list[Age]
    public: bool = Field(description="May a person who needs help call it, or is it for professionals?")
    phones: list[PhoneNumber]
    hours: str | None = Field(description="In OpenStreetMap syntax; null where nobody knows.")
    open: bool | None = Field(description="Open now; null where nobody knows.")
    opens_at: dt.datetime | None
    closes_at: dt.datetime | None
    url: str | None
    chat: bool
    free: bool | None
    anonymous: bool | None
    region_kind: str | None = Field(description="The kind of region by which this door differs per municipality.")


class Doors(Schema):
    """All doors of a country."""

    doors: list[Door]


class Situation(Schema):
    """What the route was made for."""

    danger: str
    about: str
    age: str
    form: str
    sphere: str
    residence: str
    consent: str
    profession: str
    municipality: str | None
    at: dt.datetime
    country: str


class RouteDoor(Schema):
    """A door for this situation, here and now."""

    id: str
    name: str
    why: str
    phone: str | None
    open: bool | None = Field(description="Open at that moment; null where nobody knows.")
    opens_at: dt.datetime | None
    say: str | None
    footing: list[FootingCode]
    needs_consent: bool = Field(description="Is consent the only ground on which this door can be used?")
    region: str | None
    source: str
    checked_on: dt.date
    confidence: Confidence
    phones: list[PhoneNumber]
    url: str | None
    closes_at: dt.datetime | None
    local_name: str | None
    email: str | None
    region_confidence: Confidence | None
    hours_known: bool


class RouteStep(Schema):
    """Something to do, or not to do, now."""

    id: str
    text: str
    why: str | None
    footing: FootingCode
    kind: str


class Route(Schema):
    """The ordered doors and steps for a situation."""

    situation: Situation
    doors: list[RouteDoor]
    steps: list[RouteStep]


class SheetDoor(RouteDoor):
    """A door as a factsheet names it."""

    hours: str | None = Field(description="In OpenStreetMap syntax; null where nobody knows.")


class SheetSign(Schema):
    """A sign in the words of the profession."""

    code: str
    text: str
    example: str
    urgent: bool


class SheetGroup(Schema):
    """Signs that are noticed in the same way."""

    noticed: Noticed
    signs: list[SheetSign]


class SheetFooting(Schema):
    """What one footing means for the secrecy of this profession."""

    code: str
    title: str
    text: str
    confidence: Confidence


class Factsheet(Schema):
    """What one profession notices, does, and whom it calls."""

    profession: str
    name: str
    intro: str
    municipality: str | None
    at: dt.datetime
    groups: list[SheetGroup]
    ask: list[str]
    do: list[str]
    dont: list[str]
    emergency: SheetDoor
    doors: list[SheetDoor]
    also: list[SheetDoor] = Field(description="Doors for the person concerned, without a telephone number.")
    footings: list[SheetFooting]
    guide: list[str] = Field(description="Steps of the Meldcode, or the internal route where it does not hold.")
    sources: list[str]
    unconfirmed: bool = Field(description="Is anything on the sheet not confirmed?")


class Check(Schema):
    """What ticked signs in a situation ask you to do, why, and whom you can call."""

    action: Action
    reasons: list[str]
    signs: list[str]
    assessments: list[Assessment] = Field(description="Only instruments in which something was ticked.")
    route: Route
