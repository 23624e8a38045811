"""How true a service is: only a person makes it fresh, time never does, and no edit does either."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.directory import NOW, full_service, service

from baken.directory.codes import Field, Kind
from baken.directory.freshness import (
    DAY,
    GRACE,
    HARD_STOP,
    LINK_LIFE,
    NOTICE,
    WORSE,
    Check,
    Known,
    Standing,
    State,
    fields_of,
    interval_of,
    is_to_ask,
    standing,
    value_of,
)
from baken.directory.records import PhoneRecord, ServiceRecord, SourceRecord

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
START = NOW.astimezone(AMSTERDAM)
NO_SOURCE = SourceRecord(name="Voorbeeld")


def all_right(record: ServiceRecord, at: dt.datetime = START) -> list[Check]:
    return [Check(field, at, "right", value_of(record, field)) for field in fields_of(record)]


def look(record: ServiceRecord, checks: list[Check], days: float = 0, known: Known | None = None) -> Standing:
    return standing(record=record, checks=checks, known=known or Known(), now=START + days * DAY)


@pytest.mark.parametrize(
    ("change", "days"),
    [
        ({"kind": Kind.CRISIS}, 30),
        ({"kind": Kind.SUPPORT, "hours": "24/7"}, 30),
        ({"kind": Kind.SHELTER}, 90),
        ({"kind": Kind.CARE_COORDINATION}, 90),
        ({"kind": Kind.POLICE}, 90),
        ({"kind": Kind.ADVICE}, 180),
        ({"kind": Kind.LEGAL_AID}, 180),
    ],
)
def test_the_more_a_mistake_harms_the_sooner_it_is_looked_at(change: dict[str, str], days: int) -> None:
    record = service(**change)
    assert interval_of(record) == days * DAY
    checks = all_right(record)
    walked = [
        (days - NOTICE.days - 1, State.FRESH),
        (days - NOTICE.days, State.DUE),
        (days, State.DUE),
        (days + 1, State.LATE),
        (days + GRACE.days, State.LATE),
        (days + GRACE.days + 1, State.UNVERIFIED),
    ]
    for day, state in walked:
        found = look(record, checks, day)
        assert found.state is state, day
        assert found.verified_at == START
        assert found.due_on == START.date() + days * DAY
        assert not found.must_hide
    assert look(record, checks, HARD_STOP.days - 1).must_hide is False
    assert look(record, checks, HARD_STOP.days).must_hide


def test_hidden_is_a_state_of_its_own_and_keeps_the_date() -> None:
    record = service()
    found = look(record, all_right(record), 5, Known(hidden_at=START))
    assert (found.state, found.verified_at) == (State.HIDDEN, START)


def test_a_service_is_as_fresh_as_the_field_that_was_checked_longest_ago() -> None:
    record = service()
    old, *rest = fields_of(record)
    checks = [Check(old, START - 100 * DAY, "right", value_of(record, old))]
    assert look(record, checks).state is State.UNVERIFIED
    checks += [Check(field, START, "right", value_of(record, field)) for field in rest]
    found = look(record, checks)
    assert found.verified_at == START - 100 * DAY
    assert found.due_on == START.date() + 80 * DAY


def test_only_fields_that_it_has_are_checked() -> None:
    assert set(fields_of(full_service())) == set(Field)
    bare = service(phones=(), codes=frozenset({("nl-mh-need", "work")}))
    assert set(fields_of(bare)) == {Field.FOR_WHOM, Field.STATUS, Field.VISIBILITY}
    assert {Field.TELEPHONE, Field.HOURS} <= set(fields_of(replace(bare, door="guardian")))


def test_what_was_never_verified_has_no_date_and_is_hidden_a_year_after_its_source_was_read() -> None:
    record = service(source=replace(NO_SOURCE, checked_on=START.date()))
    found = look(record, [], 364)
    assert (found.state, found.verified_at, found.due_on, found.must_hide) == (State.UNVERIFIED, None, None, False)
    assert look(record, [], 365).must_hide
    assert not look(replace(record, source=NO_SOURCE), [], 5000).must_hide


def test_a_verification_of_another_value_does_not_count() -> None:
    record = full_service()
    checks = all_right(record)
    edited = replace(record, hours="Mo-Fr 10:00-12:00")
    found = look(edited, checks, 3, Known(verified_at=START))
    assert found.fields[Field.HOURS].state is State.UNVERIFIED
    assert found.fields[Field.TELEPHONE].state is State.FRESH
    assert (found.state, found.verified_at, found.due_on) == (State.DUE, START, START.date() + 3 * DAY)
    # Where the value was not kept, the verification counts for whatever it says.
    assert look(edited, [replace(check, value="") for check in checks], 3).state is State.FRESH


def test_found_wrong_is_due_at_once_until_it_is_found_right() -> None:
    record = service()
    checks = [*all_right(record), Check(Field.TELEPHONE, START + 5 * DAY, "wrong", value_of(record, Field.TELEPHONE))]
    assert look(record, checks, 5).state is State.DUE
    assert look(record, checks, 6).state is State.LATE
    # Looked at again in the same moment: wrong, corrected, and right from then on.
    both = [*checks, Check(Field.TELEPHONE, START + 5 * DAY, "right", value_of(record, Field.TELEPHONE))]
    assert look(record, both, 6).state is State.FRESH


@pytest.mark.parametrize("how", ["pulls", "signals"])
def test_what_happens_pulls_the_check_forward(how: str) -> None:
    record = service()
    at = START + 4 * DAY
    known = Known(pulls=(at,)) if how == "pulls" else Known(signals=(at.date(),))
    assert look(record, all_right(record), 3, known).state is State.FRESH
    assert look(record, all_right(record), 4, known).due_on == at.date()
    assert look(record, all_right(record), 4, known).state is State.DUE
    assert look(record, all_right(record), 5, known).state is State.LATE


def test_a_dead_link_from_before_the_last_check_does_not_count() -> None:
    record = service()
    assert look(record, all_right(record), 3, Known(pulls=(START - DAY,))).state is State.FRESH


def test_days_are_those_of_the_installation() -> None:
    record = service()
    at = dt.datetime(2026, 11, 23, 23, 30, tzinfo=dt.UTC)
    found = standing(record=record, checks=all_right(record, at), known=Known(), now=at.astimezone(AMSTERDAM))
    assert found.due_on == dt.date(2026, 11, 24) + 180 * DAY


def test_owners_are_asked_in_time_and_not_twice() -> None:
    record = service()
    checks = all_right(record)
    due = START + 180 * DAY

    def asks(at: dt.datetime, asked_at: dt.datetime | None) -> bool:
        found = standing(record=record, checks=checks, known=Known(), now=at)
        return is_to_ask(found, asked_at=asked_at, now=at)

    assert not asks(due - NOTICE - DAY, None)
    assert asks(due - NOTICE, None)
    assert asks(due - NOTICE, START - 3 * DAY)
    assert not asks(due, due - NOTICE)
    assert not asks(due - NOTICE + LINK_LIFE - DAY, due - NOTICE)
    assert asks(due - NOTICE + LINK_LIFE, due - NOTICE)
    assert is_to_ask(look(record, []), asked_at=None, now=START)


# --- For any history ---------------------------------------------------------------------------------------------------

RECORD = full_service()
OTHER = replace(
    RECORD, hours="Mo 09:00-10:00", phones=(PhoneRecord(number="0900-1234"),), status="inactive", eligibility="Anders."
)
moments = st.floats(min_value=-800, max_value=0, allow_nan=False).map(lambda days: START + days * DAY)
checks_of = st.lists(
    st.builds(
        lambda field, at, outcome, value: Check(field, at, outcome, value),
        st.sampled_from(list(Field)),
        moments,
        st.sampled_from(["right", "right", "wrong", "unreachable"]),
        st.sampled_from(["same", "other", ""]),
    ),
    max_size=20,
).map(
    lambda found: [
        replace(check, value={"same": value_of(RECORD, check.field), "other": "0" * 16, "": ""}[check.value])
        for check in found
    ]
)
knowns = st.builds(
    Known,
    verified_at=st.none() | moments,
    hidden_at=st.none() | moments,
    pulls=st.lists(moments, max_size=3).map(tuple),
    signals=st.lists(moments.map(lambda at: at.date()), max_size=2).map(tuple),
)


def badness(found: Standing) -> int:
    return WORSE.index(found.state)


@given(checks_of, knowns, st.integers(0, 500), st.integers(0, 500))
def test_time_makes_nothing_fresher(checks: list[Check], known: Known, first: int, more: int) -> None:
    early, later = look(RECORD, checks, first, known), look(RECORD, checks, first + more, known)
    assert badness(early) <= badness(later)
    assert early.verified_at == later.verified_at
    assert early.must_hide <= later.must_hide


@given(checks_of, knowns, st.integers(0, 500))
def test_no_edit_makes_it_fresher(checks: list[Check], known: Known, days: int) -> None:
    before = look(RECORD, checks, days, known)
    # The verified date is kept beside the service, so it is known when the edit comes.
    kept = replace(known, verified_at=before.verified_at)
    for field_names in (["hours"], ["phones"], ["status"], ["eligibility"], ["hours", "phones", "status"]):
        edited = replace(RECORD, **{name: getattr(OTHER, name) for name in field_names})
        seen = [check for check in checks if check.value]
        after = look(edited, seen, days, kept)
        before_seen = look(RECORD, seen, days, kept)
        assert badness(after) >= badness(before_seen)
        assert after.verified_at == before_seen.verified_at


@given(checks_of, knowns, st.integers(0, 500))
def test_the_last_verified_date_is_never_lost(checks: list[Check], known: Known, days: int) -> None:
    found = look(RECORD, checks, days, known)
    if known.verified_at is not None:
        assert found.verified_at is not None
        assert found.verified_at >= known.verified_at


@given(checks_of, knowns)
def test_a_whole_verification_now_makes_it_fresh(checks: list[Check], known: Known) -> None:
    now = START + DAY
    found = look(RECORD, [*checks, *all_right(RECORD, now)], 1, replace(known, hidden_at=None, signals=()))
    assert (found.state, found.verified_at) == (State.FRESH, now)


def test_an_edit_of_what_was_found_wrong_stays_late() -> None:
    day = dt.timedelta(days=1)
    value = {field: value_of(RECORD, field) for field in Field}
    right = [Check(field, NOW, "right", value[field]) for field in fields_of(RECORD)]
    wrong = Check(Field.HOURS, NOW + day, "wrong", value[Field.HOURS])
    later = NOW + 5 * day
    late = standing(record=RECORD, checks=[*right, wrong], known=Known(), now=later)
    edited = replace(RECORD, hours=OTHER.hours)
    still = standing(record=edited, checks=[*right, wrong], known=Known(verified_at=late.verified_at), now=later)
    assert late.state is still.state is State.LATE
    assert still.fields[Field.HOURS].verified_at is None
