"""How far something is, and what lies near: from municipality to municipality, never from an address. Pure.

A service is as far away as the municipality that it names. So a distance says nothing that the name of the municipality does
not say, however many places somebody asks from; that is what keeps a shelter from being found by measuring.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from baken.packs.points import Points

CHOICES = (10, 20, 30, 50, 100)
"""Distances that a page offers, in kilometres."""


class Square(NamedTuple):
    """Bounds in metres (RD New) that a database checks before distances are computed."""

    west: int
    east: int
    south: int
    north: int


def kilometres(points: Points, here: str, municipalities: Iterable[str]) -> int | None:
    """Whole kilometres from a municipality to the nearest of those that a service names; 0 in the municipality itself.

    None when it names none, such as a national telephone line: that is not far away, it is nowhere. Raises UnknownPlaceError.
    """
    return min((round(points.kilometres(here, code)) for code in municipalities), default=None)


def reached(points: Points, centres: Iterable[str], limit: int) -> frozenset[str]:
    """Municipalities within so many whole kilometres of at least one of the centres. Raises UnknownPlaceError."""
    from_here = tuple(centres)
    if not from_here:
        return frozenset()
    away = {code: kilometres(points, code, from_here) for code in points.by_code}
    return frozenset(code for code, distance in away.items() if distance is not None and distance <= limit)


def sorted_by_distance(points: Points, here: str, services: Collection[tuple[str, tuple[str, ...]]]) -> list[str]:
    """Ids of services (id, municipalities), nearest first; those that are nowhere come last; ties by id."""

    def place(service: tuple[str, tuple[str, ...]]) -> tuple[bool, int, str]:
        away = kilometres(points, here, service[1])
        return away is None, away or 0, service[0]

    return [service[0] for service in sorted(services, key=place)]


def square(points: Points, here: str, limit: int) -> Square:
    """The square around a municipality's point that holds everything within ``limit`` kilometres."""
    centre, half = points.of(here), limit * 1000 + 500
    return Square(centre.x - half, centre.x + half, centre.y - half, centre.y + half)
