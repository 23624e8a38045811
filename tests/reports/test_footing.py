"""No share without a valid footing: each record field by field, and each decision."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.footing import CONSENT, COUNT, DAY, NOW, PARTS, REFER, REPORT, WEIGHING

from baken.packs.loader import load_pack
from baken.reports.capacity import CONSENTS, Age, Assent, Giver, ParentInvolved, capacity_problems, who_consents
from baken.reports.clocks import house_rules
from baken.reports.footing import (
    ASKS,
    DEFAULT_MONTHS,
    MOST_MONTHS,
    DecisionKind,
    FootingCode,
    Interpreter,
    Purpose,
    Record,
    Records,
    consent_problems,
    consent_until,
    may_share,
    months_later,
    problems,
    weighing_problems,
)


def test_each_decision_stands_on_its_own_footing_and_asks_its_own_record() -> None:
    assert {kind: (item.footing, item.record, item.shares) for kind, item in ASKS.items()} == {
        DecisionKind.ADVICE_ONLY: (FootingCode.ADVICE, Record.NOTHING, False),
        DecisionKind.INVITE: (FootingCode.ADVICE, Record.NOTHING, False),
        COUNT: (FootingCode.REGISTRATION, Record.CONSENT_OR_DUTY, True),
        REFER: (FootingCode.CONSENT, Record.CONSENT, True),
        REPORT: (FootingCode.REASONED_REPORT, Record.WEIGHING, True),
    }
    assert set(load_pack().footings) == set(FootingCode)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"recipient": " "}, "recipient_missing"),
        ({"parts": frozenset()}, "parts_missing"),
        ({"how_explained": ""}, "how_explained_missing"),
        ({"language": ""}, "language_missing"),
        ({"interpreter": Interpreter.FROM_OWN_CIRCLE}, "interpreter_from_own_circle"),
        ({"until": None}, "until_missing"),
        ({"until": months_later(CONSENT.given_at, MOST_MONTHS) + DAY}, "until_too_far"),
        ({"given_at": NOW + DAY}, "consent_not_yet_given"),
        ({"until": NOW}, "consent_expired"),
        ({"withdrawn_at": NOW}, "consent_withdrawn"),
        ({"given_by": Giver.GUARDIAN}, "wrong_giver"),
        ({"age": Age.UNKNOWN}, "age_needed"),
    ],
)
def test_every_fault_of_a_consent_is_named(change: dict[str, Any], code: str) -> None:
    assert consent_problems(CONSENT, NOW) == ()
    assert consent_problems(replace(CONSENT, **change), NOW) == (code,)


def test_consent_that_ends_before_it_begins_is_named_too() -> None:
    assert consent_problems(replace(CONSENT, until=CONSENT.given_at), NOW) == ("until_before_given", "consent_expired")
    assert consent_problems(None, NOW) == ("consent_missing",)
    assert "until_too_far" in consent_problems(CONSENT, NOW, most_months=0)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"recipient": ""}, "recipient_missing"),
        ({"parts": frozenset()}, "parts_missing"),
        ({"aim": "  "}, "aim_missing"),
        ({"less_far_reaching_way": ""}, "less_far_reaching_way_missing"),
        ({"consulted": ""}, "consulted_missing"),
        ({"told": None}, "told_missing"),
        ({"told": False}, "why_not_told_missing"),
        ({"written_by": ""}, "writer_missing"),
        ({"signed_by": None}, "signature_missing"),
        ({"signed_at": None}, "signature_missing"),
        ({"signed_at": NOW + DAY}, "signature_missing"),
        ({"signed_by": "ann"}, "signed_by_writer"),
        ({"written_at": NOW}, "changed_after_signing"),
        ({"revoked_at": NOW}, "weighing_revoked"),
    ],
)
def test_every_fault_of_a_weighing_is_named(change: dict[str, Any], code: str) -> None:
    assert weighing_problems(WEIGHING, NOW) == ()
    assert weighing_problems(replace(WEIGHING, **change), NOW) == (code,)
    assert weighing_problems(replace(WEIGHING, told=False, why_not_told="too dangerous"), NOW) == ()


@pytest.mark.walk
def test_a_decision_lacks_exactly_its_own_record() -> None:
    for kind, consent, weighing, duty in product(DecisionKind, (CONSENT, None), (WEIGHING, None), (True, False)):
        found = problems(kind, consent, weighing, NOW, duty=duty)
        if kind in (DecisionKind.ADVICE_ONLY, DecisionKind.INVITE) or (kind is COUNT and duty):
            assert found == ()
        elif kind is REPORT:
            assert found == (() if weighing else ("weighing_missing",))
        elif kind is REFER:
            assert found == (() if consent else ("consent_missing",))
        else:
            assert found == (("wrong_purpose",) if consent else ("consent_missing",))


def test_consent_to_be_helped_is_never_consent_to_be_counted_nor_the_other_way() -> None:
    counted = replace(CONSENT, purpose=Purpose.REGISTRATION)
    assert problems(COUNT, counted, None, NOW) == ()
    assert problems(REFER, counted, None, NOW) == ("wrong_purpose",)
    assert problems(REFER, replace(CONSENT, purpose=Purpose.REPORT), None, NOW) == ()


@pytest.mark.walk
def test_who_consents_by_age_and_by_whether_a_parent_may_be_involved() -> None:
    person, both, guardian = {Giver.PERSON}, {Giver.PARENT, Giver.GUARDIAN}, {Giver.GUARDIAN}
    table = {
        (Age.FROM_16, ParentInvolved.NO): person,
        (Age.FROM_16, ParentInvolved.YES): person,
        (Age.FROM_16, ParentInvolved.UNKNOWN): person,
        (Age.FROM_12, ParentInvolved.NO): both,
        (Age.FROM_12, ParentInvolved.YES): guardian,
        (Age.FROM_12, ParentInvolved.UNKNOWN): guardian,
        (Age.UNDER_12, ParentInvolved.NO): both,
        (Age.UNDER_12, ParentInvolved.YES): guardian,
        (Age.UNDER_12, ParentInvolved.UNKNOWN): guardian,
        (Age.UNKNOWN, ParentInvolved.NO): set(),
        (Age.UNKNOWN, ParentInvolved.YES): set(),
        (Age.UNKNOWN, ParentInvolved.UNKNOWN): set(),
    }
    assert {key: set(row.givers) for key, row in CONSENTS.items()} == table
    for (age, parent), row in CONSENTS.items():
        assert (row.otherwise == "veilig_thuis") is (age is not Age.FROM_16)
        assert who_consents(age, parent) == row
        for giver, assent in product(Giver, Assent):
            holds = giver in table[age, parent] and (
                age is Age.FROM_16
                or (age is Age.FROM_12 and assent is Assent.YES)
                or (age is Age.UNDER_12 and assent is not Assent.NOT_ASKED)
            )
            assert (capacity_problems(age, parent, giver, assent) == ()) is holds, (age, parent, giver, assent)
    assert who_consents(Age.UNDER_12).givers == guardian, "not knowing counts as a parent who may be involved"
    assert "veilig_thuis" in load_pack().doors


def test_no_parent_is_asked_who_may_be_involved_and_a_no_of_a_child_of_twelve_counts() -> None:
    suspected = capacity_problems(Age.FROM_12, ParentInvolved.YES, Giver.PARENT, Assent.NO)
    assert suspected == ("parent_may_be_involved", "child_said_no")
    assert capacity_problems(Age.UNDER_12, ParentInvolved.NO, Giver.PARENT, Assent.NO) == ()
    assert capacity_problems(Age.UNDER_12, ParentInvolved.NO, Giver.PARENT, Assent.NOT_ASKED) == ("child_not_asked",)
    assert capacity_problems(Age.FROM_16, ParentInvolved.NO, Giver.PARENT, Assent.NOT_ASKED) == ("wrong_giver",)


def test_the_months_are_those_of_the_pack() -> None:
    rules = house_rules(load_pack()).consent
    assert (rules.default_months, rules.most_months) == (DEFAULT_MONTHS, MOST_MONTHS)
    assert consent_until(NOW) == dt.datetime(2027, 5, 21, 12, 0, tzinfo=dt.UTC)


def test_a_month_that_is_too_short_gives_its_last_day() -> None:
    assert months_later(dt.datetime(2026, 8, 31), 6) == dt.datetime(2027, 2, 28)
    assert months_later(dt.datetime(2026, 12, 31), 12) == dt.datetime(2027, 12, 31)
    assert months_later(dt.datetime(2024, 2, 29), 48) == dt.datetime(2028, 2, 29)
    assert months_later(NOW, 0) == NOW


def test_a_share_needs_a_record_for_this_recipient_and_all_of_these_parts() -> None:
    records = Records(consents=(CONSENT,), weighings=(WEIGHING,))
    for kind, footing in ((REFER, FootingCode.CONSENT), (REPORT, FootingCode.REASONED_REPORT)):
        ground = may_share(PARTS, "vt", NOW, decision=kind, records=records)
        assert ground
        assert ground.footing == footing
        assert may_share({"facts"}, "vt", NOW, decision=kind, records=records)
        more = may_share(PARTS | {"reporter"}, "vt", NOW, decision=kind, records=records)
        assert not more
        assert more.problems == ("parts_not_covered",)
        missing = "weighing_missing" if kind is REPORT else "consent_missing"
        assert may_share(PARTS, "police", NOW, decision=kind, records=records).problems == (missing,)
        assert may_share(PARTS, "vt", NOW, decision=kind, records=Records()).problems == (missing,)
        assert may_share((), "vt", NOW, decision=kind, records=records).problems == ("nothing_to_share",)
        assert may_share(PARTS, "", NOW, decision=kind, records=records).problems == ("nothing_to_share",)


def test_two_records_that_each_cover_half_do_not_add_up() -> None:
    halves = tuple(replace(CONSENT, parts=frozenset({part})) for part in PARTS)
    assert not may_share(PARTS, "vt", NOW, decision=REFER, records=Records(consents=halves))
    late = replace(CONSENT, until=NOW)
    assert may_share(PARTS, "vt", NOW, decision=REFER, records=Records(consents=(late, CONSENT)))


def test_advice_and_an_invitation_share_nothing() -> None:
    records = Records(consents=(CONSENT,), weighings=(WEIGHING,), duty_to="vt")
    for kind in (DecisionKind.ADVICE_ONLY, DecisionKind.INVITE):
        assert may_share(PARTS, "vt", NOW, decision=kind, records=records).problems == ("decision_shares_nothing",)


def test_a_duty_to_report_reaches_the_one_it_is_owed_to_and_nobody_else() -> None:
    duty = Records(duty_to="coordinator")
    assert may_share(PARTS, "coordinator", NOW, decision=COUNT, records=duty).footing == FootingCode.REGISTRATION
    assert not may_share(PARTS, "vt", NOW, decision=COUNT, records=duty)
    assert not may_share(PARTS, "coordinator", NOW, decision=REFER, records=duty)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)), st.integers(0, 240))
def test_later_months_are_later(day: dt.date, months: int) -> None:
    moment = dt.datetime.combine(day, dt.time(), dt.UTC)
    found = months_later(moment, months)
    assert (found.year - day.year) * 12 + found.month - day.month == months
    assert found.day <= day.day


def test_without_a_weighing_there_is_nothing_to_hold() -> None:
    assert weighing_problems(None, NOW) == ("weighing_missing",)
