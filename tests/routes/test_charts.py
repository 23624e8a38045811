"""The picture of the dimensions: lengths count signs, and never more than fits."""

from __future__ import annotations

import pytest

from baken.recognise.assessment import Assessment, Counts, DimensionResult
from baken.routes.charts import MOST, WIDTH, bars

UNIT = WIDTH // MOST


def assessment(*counts: Counts) -> Assessment:
    dimensions = tuple(
        DimensionResult(str(index), "A group", False, None, (), item) for index, item in enumerate(counts)
    )
    return Assessment("some", dimensions, "none", "", "none", False, (), ())


@pytest.mark.parametrize(
    ("counts", "strong", "other"),
    [
        (Counts(), 0, 0),
        (Counts(strong=1, medium=2, weak=1), 1, 3),
        (Counts(strong=MOST + 3, weak=2), MOST, 0),
        (Counts(strong=4, medium=9), 4, MOST - 4),
    ],
)
def test_a_bar_is_as_long_as_its_signs_until_it_is_full(counts, strong, other):
    bar = bars(assessment(counts)).bars[0]

    assert (bar.strong_width, bar.other_x, bar.other_width) == (strong * UNIT, strong * UNIT, other * UNIT)
    assert bar.total == counts.total


def test_bars_stand_below_each_other():
    chart = bars(assessment(Counts(strong=1), Counts(weak=1), Counts()))

    assert [bar.y for bar in chart.bars] == sorted({bar.y for bar in chart.bars})
    assert chart.height >= chart.bars[-1].y
    assert bars(assessment()).height == 0
