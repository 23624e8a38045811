"""A file of 100 MB does not make the server large."""

from __future__ import annotations

import pytest
from bench.files import PEAK_TARGET_MB, measured


@pytest.mark.slow
def test_a_film_of_100_mb_stays_below_200_mb_of_memory():
    *seconds, peak = measured()
    assert len(seconds) == 3
    assert peak < PEAK_TARGET_MB
