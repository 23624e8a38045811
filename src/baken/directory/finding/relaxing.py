"""What to do when nothing is found: relax one wish at a time, in a fixed order that is told. Pure.

First each wish alone, so that all other wishes stand; then together with those before it. For whom a service is (gender, age,
residence status) is never relaxed: sending somebody to a door that will not open for them helps nobody. Who finds nothing at all
is shown the national doors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from baken.directory.finding.documents import FOR_WHOM, Found, Group, Query


class Wish(StrEnum):
    """What can be let go of, in this order."""

    DISTANCE = "distance"
    """Further away; the nearest still comes first."""
    LANGUAGE = "language"
    """With an interpreter."""
    HOURS = "hours"
    """Not open at that moment; the page says when it opens."""
    FORM = "form"
    """Not especially for this form of exploitation."""


class Outcome(NamedTuple):
    """What was found, and which wishes were let go of for it. ``national`` says that only the national doors are left."""

    found: Found
    relaxed: tuple[Wish, ...]
    national: bool


def search(query: Query, find: Callable[[Query], Found]) -> Outcome:
    """Ask, and relax until something is found."""
    found = find(query)
    if found.hits:
        return Outcome(found, (), national=False)
    for wishes, relaxed in relaxations(query):
        found = find(relaxed)
        if found.hits:
            return Outcome(found, wishes, national=False)
    return Outcome(found, (), national=True)


def relaxations(query: Query) -> Iterator[tuple[tuple[Wish, ...], Query]]:
    """The queries to try after this one, with the wishes that each lets go of."""
    wishes = [wish for wish in Wish if _without(query, wish) != query]
    for wish in wishes:
        yield (wish,), _without(query, wish)
    relaxed = query
    for count, wish in enumerate(wishes, start=1):
        relaxed = _without(relaxed, wish)
        if count > 1:
            yield tuple(wishes[:count]), relaxed


def _without(query: Query, wish: Wish) -> Query:
    match wish:
        case Wish.DISTANCE:
            return replace(query, within_km=None)
        case Wish.LANGUAGE:
            return replace(query, interpreter_will_do=True) if query.language else query
        case Wish.HOURS:
            return replace(query, open_at=None)
        case Wish.FORM:
            return query.without(Group.FORM)


HARD = (*FOR_WHOM, Group.ACCESS, Group.VISIBILITY)
"""Never relaxed."""
_COUNTED = (Group.NEED, Group.FORM, *FOR_WHOM, Group.ACCESS, Group.KIND, Group.REGION)


def failed(query: Query) -> tuple[str, ...]:
    """A search that found nothing, as facet codes that may be counted.

    Nothing that was typed, no moment, no point and no municipality: a small place with a rare wish could point at somebody.
    """
    codes = {facet for facet in query.facets if facet.partition(":")[0] in _COUNTED}
    return tuple(sorted(codes | ({f"{Group.LANGUAGE}:{query.language}"} if query.language else set())))
