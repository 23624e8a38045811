"""The gap map shows a gap from five searches on, and nothing from which a smaller one can be worked out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from baken.directory.gaps import FEWEST, Gap, gap_map

NEEDS, REGIONS = ("shelter", "legal"), ("Drenthe", "Zeeland", "")


def test_searches_add_up_and_small_numbers_stay_out() -> None:
    found = gap_map(
        [Gap("shelter", "Drenthe", 3), Gap("shelter", "Drenthe", 2), Gap("legal", "Zeeland", 4)],
        needs=NEEDS,
        regions=REGIONS,
    )
    assert found.row("shelter") == [5, None, None]
    assert found.row("legal") == [None, None, None]
    assert found.largest == (Gap("shelter", "Drenthe", 5),)


@given(
    st.lists(
        st.builds(
            Gap,
            st.sampled_from([*NEEDS, "unknown"]),
            st.sampled_from([*REGIONS, "Mars"]),
            st.integers(min_value=1, max_value=9),
        )
    )
)
def test_no_cell_below_five_is_ever_shown(searches: list[Gap]) -> None:
    found = gap_map(searches, needs=NEEDS, regions=REGIONS)
    assert all(count >= FEWEST for count in found.cells.values())
    for need in NEEDS:
        for region, count in zip(REGIONS, found.row(need), strict=True):
            total = sum(search.count for search in searches if (search.need, search.region) == (need, region))
            assert count == (total if total >= FEWEST else None)
    assert [gap.count for gap in found.largest] == sorted((gap.count for gap in found.largest), reverse=True)
