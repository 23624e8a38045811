"""A picture of the dimensions of an instrument, as numbers for an SVG. Pure.

A bar is how many signs are ticked, by weight, not a score: the line under it says whether the published rule fired.
"""

from __future__ import annotations

from dataclasses import dataclass

from baken.recognise.assessment import Assessment

WIDTH = 320
LABEL_HEIGHT = 18
BAR_HEIGHT = 14
GAP = 12
MOST = 6
"""A bar is full at this many signs; more is written as a number only."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One dimension in the picture; lengths in the units of the SVG's view box."""

    title: str
    positive: bool
    strong: int
    medium: int
    weak: int
    total: int
    label_y: int
    y: int
    strong_width: int
    other_x: int
    other_width: int


@dataclass(frozen=True, slots=True)
class Chart:
    """All bars of an instrument and the size of the picture."""

    bars: tuple[Bar, ...]
    width: int
    height: int


def bars(assessment: Assessment) -> Chart:
    """The picture of one assessed instrument."""
    row = LABEL_HEIGHT + BAR_HEIGHT + GAP
    unit = WIDTH // MOST
    found = []
    for index, dimension in enumerate(assessment.dimensions):
        counts = dimension.counts
        strong = min(counts.strong, MOST)
        other = min(counts.medium + counts.weak, MOST - strong)
        found.append(
            Bar(
                title=dimension.title,
                positive=dimension.positive,
                strong=counts.strong,
                medium=counts.medium,
                weak=counts.weak,
                total=counts.total,
                label_y=index * row + LABEL_HEIGHT - 5,
                y=index * row + LABEL_HEIGHT,
                strong_width=strong * unit,
                other_x=strong * unit,
                other_width=other * unit,
            )
        )
    return Chart(tuple(found), WIDTH, len(found) * row)
