"""What goes into the finding engine, and what comes out. Pure.

**A place that is hidden or for professionals only is given with the point of its municipality.** The engine has one point per
document and cannot know a finer one; whoever makes the document decides. See ``tests/directory/finding/test_trilateration.py``.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import NamedTuple

from baken.directory.codes import Visibility

FACET = re.compile(r"[a-z]{1,2}:[a-z0-9_]{1,40}")
"""A facet token: what it is about, a colon, and a code. No database sees anything else, and no free text fits in it."""


class Group(StrEnum):
    """What a facet token is about: the letter before the colon."""

    NEED = "n"
    FORM = "f"
    GENDER = "g"
    AGE = "a"
    STATUS = "s"
    LANGUAGE = "l"
    INTERPRETER = "i"
    ACCESS = "x"
    VISIBILITY = "v"
    KIND = "k"
    REGION = "r"
    MUNICIPALITY = "m"


FOR_WHOM = (Group.GENDER, Group.AGE, Group.STATUS)
"""A document without a token of one of these is for everybody, and matches each of its values."""
INTERPRETER = "i:yes"
"""An interpreter comes in, whatever language somebody speaks."""


class Weight(IntEnum):
    """How much a text says about the service."""

    NAME = 3
    KEYWORDS = 2
    DESCRIPTION = 1


class Audience(StrEnum):
    """Who searches."""

    PUBLIC = "public"
    PROFESSIONAL = "professional"
    EDITOR = "editor"


SEES: Mapping[Audience, tuple[Visibility, ...]] = MappingProxyType(
    {
        Audience.PUBLIC: (Visibility.PUBLIC,),
        Audience.PROFESSIONAL: (Visibility.PUBLIC, Visibility.PROFESSIONALS),
        Audience.EDITOR: tuple(Visibility),
    }
)
"""Nobody but an editor finds what is hidden."""


class Point(NamedTuple):
    """Metres on a plane, east and north. For the Netherlands RD New (EPSG:28992)."""

    x: int
    y: int


class Text(NamedTuple):
    """One text of a document."""

    language: str
    weight: Weight
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """One service at one place, as the finding engine sees it.

    ``opening`` is a mask over the ring of half-hours of :mod:`baken.directory.finding.opening`; None when nobody knows.
    Without ``point`` it is reached from anywhere (a telephone line), so it is within every distance.
    """

    key: uuid.UUID
    texts: tuple[Text, ...]
    visibility: Visibility
    facets: frozenset[str] = frozenset()
    point: Point | None = None
    opening: int | None = None

    def __post_init__(self) -> None:
        """Refuse a facet that is no code."""
        _check(self.facets)


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody looks for. Between facets of different groups *and*; inside a group *or*.

    ``language`` is that of the conversation; ``text_language`` that of the page on which the text was typed. ``open_at`` is a
    place in the ring of half-hours. ``near`` sorts by distance as well, ``within_km`` limits it.
    """

    audience: Audience
    text: str = field(default="", repr=False)
    text_language: str = "nl"
    facets: frozenset[str] = frozenset()
    language: str = ""
    interpreter_will_do: bool = False
    open_at: int | None = None
    near: Point | None = None
    within_km: float | None = None
    limit: int = 20

    def __post_init__(self) -> None:
        """Refuse what no index can answer."""
        _check(self.facets)
        _check({f"l:{self.language}"} if self.language else frozenset())
        if self.within_km is not None and (self.near is None or not 0 < self.within_km <= 1000):
            raise ValueError("A distance needs a point, and is at most 1000 km.")
        if not 1 <= self.limit <= 200:
            raise ValueError("From 1 to 200 hits can be asked.")

    def without(self, group: Group) -> Query:
        """The same without the facets of this group."""
        return replace(self, facets=frozenset(facet for facet in self.facets if facet.partition(":")[0] != group))


class Hit(NamedTuple):
    """A document that was found.

    ``found_by`` are words of its own texts (small letters) that answer what was typed, ``distance`` metres on the plane.
    """

    key: uuid.UUID
    score: float
    distance: int | None
    found_by: tuple[str, ...]


class Found(NamedTuple):
    """The answer: the first hits, and how many there are in all (at least, when ``more``)."""

    hits: tuple[Hit, ...]
    total: int
    more: bool


def _check(facets: frozenset[str] | set[str]) -> None:
    for facet in facets:
        if not FACET.fullmatch(facet):
            raise ValueError("A facet is a letter, a colon and a code.")


def by_group(facets: frozenset[str]) -> dict[str, list[str]]:
    """The facets of each group, all in order."""
    groups: dict[str, list[str]] = {}
    for facet in sorted(facets):
        groups.setdefault(facet.partition(":")[0], []).append(facet)
    return groups
