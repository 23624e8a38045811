"""Which municipalities have what, and how: of their own, through the region, near enough, or as far as anybody knows not. Pure.

"None known" is not "none": the map knows what somebody wrote down and checked. Whoever shows a coverage keeps that apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from baken.directory.distance import reached
from baken.packs.points import Points


class Coverage(StrEnum):
    """How a municipality is served, the surest first."""

    OWN = "own"
    REGION = "region"
    REACH = "reach"
    UNCONFIRMED = "unconfirmed"
    NONE_KNOWN = "none_known"


@dataclass(frozen=True, slots=True)
class Serves:
    """One service and whom it serves. ``confirmed``: somebody checked it and it is not past its date."""

    how: Coverage
    municipalities: frozenset[str]
    confirmed: bool = True


def own(code: str, *, confirmed: bool = True) -> Serves:
    """A service of the municipality itself."""
    return Serves(Coverage.OWN, frozenset({code}), confirmed)


def through_region(codes: Iterable[str], *, confirmed: bool = True) -> Serves:
    """A service of a region for the municipalities in it."""
    return Serves(Coverage.REGION, frozenset(codes), confirmed)


def within_reach(points: Points, centres: Iterable[str], limit: int, *, confirmed: bool = True) -> Serves:
    """A place that people of other municipalities can go to: whoever is within ``limit`` kilometres of its municipality."""
    return Serves(Coverage.REACH, reached(points, centres, limit), confirmed)


def coverage(municipalities: Iterable[str], services: Collection[Serves]) -> dict[str, Coverage]:
    """Municipality -> how it is served. The surest way wins; what nobody confirmed counts only where nothing else is known."""
    found = dict.fromkeys(municipalities, Coverage.NONE_KNOWN)
    order = list(Coverage)
    for service in services:
        how = service.how if service.confirmed else Coverage.UNCONFIRMED
        for code in service.municipalities & found.keys():
            found[code] = min(found[code], how, key=order.index)
    return found


@dataclass(frozen=True, slots=True)
class Total:
    """How many municipalities of a province, or of the country, are served in which way."""

    name: str
    counts: Mapping[Coverage, int]
    """Every way, also those that count nothing."""
    none_known: tuple[str, ...]
    """Codes of the municipalities of which nothing is known: the gaps."""

    @property
    def municipalities(self) -> int:
        """How many municipalities there are."""
        return sum(self.counts.values())


def totals(found: Mapping[str, Coverage], provinces: Mapping[str, str]) -> list[Total]:
    """One total per province, by name. ``provinces``: municipality -> name of its province."""
    members: dict[str, list[str]] = {}
    for code in found:
        members.setdefault(provinces[code], []).append(code)
    return [_total(name, codes, found) for name, codes in sorted(members.items())]


def total(name: str, found: Mapping[str, Coverage]) -> Total:
    """The total of all."""
    return _total(name, list(found), found)


def _total(name: str, codes: list[str], found: Mapping[str, Coverage]) -> Total:
    counts = Counter(found[code] for code in codes)
    gaps = tuple(code for code in codes if found[code] is Coverage.NONE_KNOWN)
    return Total(name, {how: counts[how] for how in Coverage}, gaps)
