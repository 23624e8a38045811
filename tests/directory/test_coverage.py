"""How municipalities are served, and totals: the surest way wins, and "none known" is what is left."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from baken.directory.coverage import Coverage, Serves, coverage, own, through_region, total, totals, within_reach
from baken.packs.points import load_points

CODES = ("GM0431", "GM0363", "GM0935", "GM0014")
OOSTZAAN, AMSTERDAM, MAASTRICHT, GRONINGEN = CODES
services = st.lists(
    st.builds(
        Serves,
        st.sampled_from([Coverage.OWN, Coverage.REGION, Coverage.REACH]),
        st.frozensets(st.sampled_from([*CODES, "GM9999"])),
        st.booleans(),
    ),
    max_size=6,
)


def test_each_way_of_being_served() -> None:
    found = coverage(
        CODES,
        [
            own(AMSTERDAM),
            within_reach(load_points(), [AMSTERDAM], 15),
            through_region([GRONINGEN], confirmed=False),
        ],
    )
    assert found == {
        AMSTERDAM: Coverage.OWN,
        OOSTZAAN: Coverage.REACH,
        GRONINGEN: Coverage.UNCONFIRMED,
        MAASTRICHT: Coverage.NONE_KNOWN,
    }


def test_what_is_checked_wins_over_what_was_heard() -> None:
    heard_of_its_own = own(OOSTZAAN, confirmed=False)
    assert coverage(CODES, [heard_of_its_own, through_region(CODES)])[OOSTZAAN] is Coverage.REGION
    assert coverage(CODES, [heard_of_its_own])[OOSTZAAN] is Coverage.UNCONFIRMED


@given(services, services)
def test_more_services_never_make_it_worse(some: list[Serves], more: list[Serves]) -> None:
    order = list(Coverage)
    before, after = coverage(CODES, some), coverage(CODES, some + more)
    assert set(before) == set(CODES)
    assert all(order.index(after[code]) <= order.index(before[code]) for code in CODES)
    assert after == coverage(CODES, more + some)


@given(services)
def test_none_known_is_what_no_service_names(some: list[Serves]) -> None:
    named = frozenset[str]().union(*(service.municipalities for service in some))
    found = coverage(CODES, some)
    assert {code for code in CODES if found[code] is Coverage.NONE_KNOWN} == set(CODES) - named


@given(services)
def test_totals_add_up(some: list[Serves]) -> None:
    provinces = {OOSTZAAN: "Noord-Holland", AMSTERDAM: "Noord-Holland", MAASTRICHT: "Limburg", GRONINGEN: "Groningen"}
    found = coverage(CODES, some)
    per_province, country = totals(found, provinces), total("Nederland", found)
    assert [item.name for item in per_province] == ["Groningen", "Limburg", "Noord-Holland"]
    assert country.municipalities == len(CODES)
    for how in Coverage:
        assert sum(item.counts[how] for item in per_province) == country.counts[how]
    assert {code for item in per_province for code in item.none_known} == set(country.none_known)
    assert len(country.none_known) == country.counts[Coverage.NONE_KNOWN]
