"""What the HSDS API takes, in the words of HSDS 3.1: in the address with GET, in the body with POST, where no log sees it."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Annotated, Any, Literal, Self

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field

MOST_PER_PAGE = 100
MOST_MINIMAL = 10_000
FURTHEST = 400_000
"""Metres; further than that is another country."""
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _yes_or_no(given: Any) -> Any:
    """``true`` or ``false``, as HSDS writes them; no other word and no number is one of them."""
    known = {"true": True, "false": False}
    if isinstance(given, bool):
        return given
    if not isinstance(given, str) or given not in known:
        raise ValueError("expected true or false")
    return known[given]


def _moment(given: Any) -> Any:
    """A moment that begins with a day; a number is none. One that was read already stays as it is."""
    if isinstance(given, dt.datetime):
        return given
    if not isinstance(given, str) or not DAY.match(given):
        raise ValueError("expected a moment such as 2026-11-21T09:00:00Z")
    return given


Truth = Annotated[bool, BeforeValidator(_yes_or_no)]
Moment = Annotated[dt.datetime, BeforeValidator(_moment)]


class Listed(Schema):
    """Which part of a list, and in which form."""

    model_config = ConfigDict(extra="forbid")

    search: Annotated[str, Field(max_length=200, description="Words to look for.", repr=False)] = ""
    page: Annotated[int, Field(ge=1, le=1_000_000, description="Number of the page, from 1 on.")] = 1
    per_page: Annotated[int, Field(ge=1, le=MOST_PER_PAGE, description="How many on a page.")] = 20
    format: Annotated[
        Literal["json", "ndjson"], Field(description="ndjson: everything at once, one object on each line.")
    ] = "json"

    def with_body(self, body: Self | None) -> Self:
        """What stands in the body comes before what stands in the address."""
        return self if body is None else self.model_copy(update=body.model_dump(exclude_unset=True))


class Termed(Listed):
    """With terms of the profile. ``taxonomy_term_id`` and ``taxonomy_id`` are ids of /taxonomy_terms and /taxonomies."""

    taxonomy_term_id: Annotated[uuid.UUID | None, Field(description="Only with this term.")] = None
    taxonomy_id: Annotated[uuid.UUID | None, Field(description="Only with any term of this taxonomy.")] = None


class ServicesAsked(Termed):
    """Services that are looked for. What is asked must hold all together."""

    organization_id: Annotated[uuid.UUID | None, Field(description="Only of this organization.")] = None
    modified_after: Annotated[
        Moment | None,
        Field(description="Only written at or after this moment.", examples=["2026-11-01T00:00:00Z"]),
    ] = None
    minimal: Annotated[Truth, Field(description="Only id and last_modified, everything on one page.")] = False
    full: Annotated[Truth, Field(description="With everything that belongs to it.")] = False


class PlacesAsked(Termed):
    """Services at locations that are looked for."""

    organization_id: Annotated[uuid.UUID | None, Field(description="Only of this organization.")] = None
    modified_after: Annotated[Moment | None, Field(description="Only written at or after this moment.")] = None
    full: Annotated[Truth, Field(description="With everything that belongs to it.")] = False
    postcode: Annotated[
        str, Field(max_length=60, description="Postcode or municipality: what works there.", examples=["1511"])
    ] = ""
    proximity: Annotated[
        int | None,
        Field(
            ge=1,
            le=FURTHEST,
            description="Metres from the point of the municipality of the postcode; the nearest first. A place whose address is "
            "not public is at the point of its municipality.",
        ),
    ] = None


class OrganizationsAsked(Termed):
    """Organizations that are looked for."""

    full: Annotated[Truth, Field(description="With numbers in registers and services.")] = False
    full_service: Annotated[Truth, Field(description="Services with everything that belongs to them.")] = False


class TaxonomiesAsked(Listed):
    """Taxonomies that are looked for."""


class TermsAsked(Listed):
    """Terms that are looked for."""

    taxonomy_id: Annotated[uuid.UUID | None, Field(description="Only of this taxonomy.")] = None
    top_only: Annotated[Truth, Field(description="Only terms without a parent. No term of ours has one.")] = False
    parent_id: Annotated[
        uuid.UUID | None, Field(description="Only below this term. No term of ours has others below it.")
    ] = None


class OrganizationAsked(Schema):
    """How much of one organization."""

    full_service: Annotated[Truth, Field(description="Services with everything that belongs to them.")] = False
