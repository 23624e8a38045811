"""How quickly facts go wrong, measured from our own checks, and the figures of the page that shows how true the map is. Pure.

Between two checks of one field nobody looked: that a wrong value was found says only that it went wrong somewhere in between
(interval-censored), and that it was still right says that it had not gone wrong yet (right-censored). With a constant hazard L
per year and a gap of T years the likelihood is exp(-L*T) for what was still right, and 1 - exp(-L*T) for what was found wrong;
the estimate is the L for which all gaps together are likeliest. The interval is that of the likelihood ratio at 95 %.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from baken.directory.codes import Field
from baken.directory.freshness import Check, State

ENOUGH = 20
"""Below so many checks a rate says nothing, and none is given."""
YEAR = dt.timedelta(days=365.25)
LEAST = dt.timedelta(hours=1)
"""Two checks of one phone call are one check."""
DROP = 1.9207
"""Half the 95 % point of chi-square with one degree of freedom."""
MOST = 1000.0
"""Per year: what is wrong within hours; no rate is given beyond."""


@dataclass(frozen=True, slots=True)
class Gap:
    """From a moment at which a field was right until it was looked at again. ``years`` > 0."""

    years: float
    went_wrong: bool


@dataclass(frozen=True, slots=True)
class Rate:
    """Errors per year. ``rate`` and its bounds are None when not yet known; ``high`` alone is None when there is no bound."""

    checks: int
    wrong: int
    rate: float | None = None
    low: float | None = None
    high: float | None = None

    def wrong_within(self, days: float) -> float | None:
        """Share that is wrong so many days after it was right; None when not yet known."""
        return None if self.rate is None else -math.expm1(-self.rate * days / 365.25)


def gaps(checks: Iterable[Check]) -> list[Gap]:
    """The gaps of one field of one service. What nobody had found right before starts no gap."""
    found: list[Gap] = []
    right: dt.datetime | None = None
    # In one moment the old value was found wrong first, and then the new one right.
    for check in sorted(checks, key=lambda item: (item.at, item.outcome == "right")):
        if check.outcome not in ("right", "wrong"):
            continue
        if right is not None and check.at - right >= LEAST:
            found.append(Gap((check.at - right) / YEAR, check.outcome == "wrong"))
        right = check.at if check.outcome == "right" else None
    return found


def rate_of(found: Sequence[Gap]) -> Rate:
    """The rate that these gaps make likeliest, with its interval; without a rate below `ENOUGH` gaps."""
    wrong = sum(gap.went_wrong for gap in found)
    if len(found) < ENOUGH:
        return Rate(len(found), wrong)
    lived = sum(gap.years for gap in found if not gap.went_wrong)
    went = [gap.years for gap in found if gap.went_wrong]
    best = _root(lambda rate: _slope(rate, lived, went), 0.0, MOST) if wrong else 0.0
    top = _likelihood(best, lived, went)

    def over(rate: float) -> float:
        return _likelihood(rate, lived, went) - top + DROP

    low = _root(lambda rate: -over(rate), 0.0, best) if wrong else 0.0
    high = _root(over, best, MOST) if over(MOST) < 0 else None
    return Rate(len(found), wrong, best, low, high)


def rates(checks: Iterable[tuple[object, Check]]) -> dict[Field, Rate]:
    """The rate of each kind of field, from checks with the id of their service."""
    by_field: dict[Field, list[Gap]] = {field: [] for field in Field}
    ordered = sorted(checks, key=lambda item: (str(item[0]), item[1].field))
    for (_service, field), group in groupby(ordered, key=lambda item: (item[0], item[1].field)):
        by_field[field].extend(gaps(check for _id, check in group))
    return {field: rate_of(found) for field, found in by_field.items()}


@dataclass(frozen=True, slots=True)
class Share:
    """How many of so many are fresh, or due and not yet late."""

    fresh: int
    all: int

    @property
    def percent(self) -> int | None:
        """In whole percents, rounded down, so that 100 is all; None of nothing."""
        return self.fresh * 100 // self.all if self.all else None


@dataclass(frozen=True, slots=True)
class Counted:
    """What the figures need of one service. ``verified_on`` None: never."""

    kind: str
    regions: frozenset[str]
    state: State
    verified_on: dt.date | None


def shares(services: Iterable[Counted]) -> dict[tuple[str, str], Share]:
    """Region and kind -> share; "" stands for all. A service of two regions counts in both, and once in all."""
    found: dict[tuple[str, str], list[bool]] = {("", ""): []}
    for service in services:
        good = service.state in (State.FRESH, State.DUE)
        for region in {"", *service.regions}:
            for kind in ("", service.kind):
                found.setdefault((region, kind), []).append(good)
    return {key: Share(sum(goods), len(goods)) for key, goods in found.items()}


def median_age(services: Iterable[Counted], *, today: dt.date) -> int | None:
    """Days since the last verification, in the middle of those that were ever verified; None when none was."""
    ages = [(today - service.verified_on).days for service in services if service.verified_on is not None]
    return int(median(ages)) if ages else None


@dataclass(frozen=True, slots=True)
class Answers:
    """Signals of visitors: how many, how many were looked at, and in how many days in the middle."""

    all: int
    answered: int
    days: int | None


def answers(signals: Iterable[tuple[dt.date, dt.date | None]]) -> Answers:
    """From the day of each signal and the day on which somebody looked at it, if anybody did."""
    known = list(signals)
    took = [(handled - day).days for day, handled in known if handled is not None]
    return Answers(len(known), len(took), int(median(took)) if took else None)


def _likelihood(rate: float, lived: float, went: Sequence[float]) -> float:
    """Logarithm of the likelihood of all gaps together."""
    if rate <= 0:
        return -math.inf if went else 0.0
    return -rate * lived + sum(math.log(-math.expm1(-rate * years)) for years in went)


def _slope(rate: float, lived: float, went: Sequence[float]) -> float:
    """Its derivative for a rate above zero: falls all the way, from without bound to minus ``lived``."""
    return sum(years / math.expm1(rate * years) if rate * years < 700 else 0.0 for years in went) - lived


def _root(falling: Callable[[float], float], low: float, high: float) -> float:
    """Where a function that falls from above zero to below it passes zero; ``high`` when it does not."""
    for _step in range(100):
        middle = (low + high) / 2
        if falling(middle) > 0:
            low = middle
        else:
            high = middle
    return high
