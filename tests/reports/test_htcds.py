"""Registration: only on its own ground, only what was given, and the same after a journey through JSON or a spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.packs.loader import load_pack
from baken.packs.schema.reports import Forms
from baken.packs.situation import FIELDS
from baken.reports.capacity import Age, Giver
from baken.reports.cells import BOM, from_csv, from_json, plain_cell, safe_cell, to_csv, to_json
from baken.reports.clocks import house_rules
from baken.reports.footing import ConsentFacts, Interpreter, Purpose
from baken.reports.htcds import MANY, FieldError, Form, Registration, errors, record_of, unconfirmed
from baken.reports.htcds_codes import CONTROLS, GENDERS, INDUSTRIES, SEX_TYPES, TYPES

NOW = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
DAY = dt.timedelta(days=1)
FORMS = house_rules(load_pack()).forms
CONSENT = ConsentFacts(
    given_by=Giver.PERSON,
    age=Age.FROM_16,
    recipient="coordinator",
    parts=frozenset({"situation"}),
    purpose=Purpose.REGISTRATION,
    how_explained="in a talk",
    language="bg",
    interpreter=Interpreter.INDEPENDENT,
    given_at=NOW - DAY,
    until=NOW + 30 * DAY,
)
REGISTRATION = Registration(
    reference="B7K2-44",
    recipient="coordinator",
    referred_on=TODAY,
    forms=(Form(code="labour", since=dt.date(2026, 3, 1)),),
    minor=False,
    consent=CONSENT,
)


def wrong(**change: Any) -> list[tuple[str, str]]:
    return [(item.field, item.code) for item in errors(replace(REGISTRATION, **change), FORMS, NOW)]


def test_a_registration_needs_no_name_and_holds_none_then() -> None:
    assert wrong() == []
    assert record_of(REGISTRATION, FORMS) == {
        "bkn_Standard": "HTCDS 2.0",
        "bkn_Reference": "B7K2-44",
        "bkn_Ground": "consent",
        "bkn_Minor": False,
        "vic_TraffickingStatus": "PossibleVictimOfTrafficking",
        "vic_TraffickingStatusDecisionMakingOrg": "Other",
        "vic_TypeOfExploitation": ("ForcedLabour",),
        "bkn_Form": ("labour",),
        "bkn_FormPeriod": "labour:2026-03-01/",
        "cas_IncomingReferralDate": "2026-11-21",
        "con_Consent": True,
    }
    named = record_of(replace(REGISTRATION, person={"prs_FirstName": "Mila"}), FORMS)
    assert named["prs_FirstName"] == "Mila"
    assert "prs_SecondName" not in named


def test_counting_stands_on_consent_for_counting_or_on_a_duty_and_on_nothing_else() -> None:
    assert wrong(consent=None) == [("con_Consent", "consent_missing")]
    assert wrong(consent=replace(CONSENT, purpose=Purpose.HELP)) == [("con_Consent", "wrong_purpose")]
    assert wrong(consent=replace(CONSENT, withdrawn_at=NOW)) == [("con_Consent", "consent_withdrawn")]
    assert wrong(consent=replace(CONSENT, recipient="vt")) == [("con_Consent", "wrong_recipient")]
    assert wrong(consent=None, must_report=True) == []
    duty = record_of(replace(REGISTRATION, consent=None, must_report=True), FORMS)
    assert (duty["bkn_Ground"], duty["con_Consent"]) == ("duty", False)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"reference": " "}, ("bkn_Reference", "missing")),
        ({"referred_on": TODAY + DAY}, ("cas_IncomingReferralDate", "in_the_future")),
        ({"forms": ()}, ("vic_TypeOfExploitation", "missing")),
        ({"forms": (Form(code="slavery"),)}, ("vic_TypeOfExploitation", "unknown_value")),
        ({"forms": (Form(code="criminal", subcodes=("drugs", "tax")),)}, ("bkn_FormDetail", "unknown_value")),
        (
            {"forms": (Form(code="labour", since=TODAY, until=TODAY - DAY),)},
            ("bkn_FormPeriod", "ends_before_it_begins"),
        ),
        ({"forms": (Form(code="labour", until=TODAY + DAY),)}, ("bkn_FormPeriod", "in_the_future")),
        ({"forms": (Form(code="labour", since=TODAY + DAY),)}, ("bkn_FormPeriod", "in_the_future")),
        ({"status": "Victim"}, ("vic_TraffickingStatus", "unknown_value")),
        ({"decided_by": "Me"}, ("vic_TraffickingStatusDecisionMakingOrg", "unknown_value")),
        ({"controls": ("DebtBondage", "x")}, ("vic_MethodsOfControl", "unknown_value")),
        ({"industry": "Z"}, ("vic_ForcedLabourIndustry", "unknown_value")),
        ({"sex_types": ("Pornography",)}, ("vic_TypeOfSexExploitation", "belongs_to_another_form")),
        ({"person": {"prs_Gender": "x"}}, ("prs_Gender", "unknown_value")),
        ({"person": {"prs_Citizenship": "BG"}}, ("prs_Citizenship", "not_asked")),
        ({"person": {"prs_Birthdate": "1 May"}}, ("prs_Birthdate", "unknown_value")),
        ({"person": {"prs_Birthdate": "20010501"}}, ("prs_Birthdate", "unknown_value")),
    ],
)
def test_each_fault_names_its_field(change: dict[str, Any], expected: tuple[str, str]) -> None:
    assert wrong(**change) == [expected]
    assert FieldError(*expected) in errors(replace(REGISTRATION, **change), FORMS, NOW)


def test_values_of_the_standard_are_taken() -> None:
    full: dict[str, Any] = {
        "forms": (Form(code="sexual"), Form(code="domestic"), Form(code="criminal", subcodes=("drugs",))),
        "sex_types": SEX_TYPES,
        "industry": INDUSTRIES[-2],
        "controls": CONTROLS,
        "person": {"prs_Gender": GENDERS[0], "prs_Birthdate": "2001-05-01", "prs_FirstName": "", "prs_SecondName": "x"},
        "minor": None,
    }
    assert wrong(**full) == []
    record = record_of(replace(REGISTRATION, **full), FORMS)
    assert record["bkn_FormDetail"] == ("criminal.drugs",)
    assert "bkn_Minor" not in record
    assert wrong(sex_types=(), industry=INDUSTRIES[0], forms=(Form(code="sexual"),)) == [
        ("vic_ForcedLabourIndustry", "belongs_to_another_form")
    ]


def test_every_form_of_a_situation_has_a_value_of_the_standard() -> None:
    assert set(FIELDS["form"]) - {"unknown"} <= set(FORMS.kinds)
    for kind in FORMS.kinds.values():
        assert kind.htcds in TYPES
        assert kind.minor is None or kind.minor in TYPES
    child = record_of(replace(REGISTRATION, minor=True, forms=(Form(code="labour"), Form(code="sexual"))), FORMS)
    assert child["vic_TypeOfExploitation"] == ("ChildLabour", "SexualExploitation")
    crime = record_of(replace(REGISTRATION, forms=(Form(code="criminal"), Form(code="other"))), FORMS)
    assert crime["vic_TypeOfExploitation"] == ("Other",)


def in_law(valid_from: dt.date | None, valid_until: dt.date | None) -> Forms:
    kind = FORMS.kinds["marriage"].model_copy(update={"valid_from": valid_from, "valid_until": valid_until})
    return FORMS.model_copy(update={"kinds": {**FORMS.kinds, "marriage": kind}})


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (None, None, True),
        (dt.date(2025, 1, 1), dt.date(2026, 6, 30), False),
        (dt.date(2025, 1, 1), dt.date(2026, 7, 1), True),
        (dt.date(2025, 1, 1), None, True),
        (None, dt.date(2026, 6, 30), False),
        (dt.date(2026, 11, 20), None, True),
    ],
)
def test_a_form_counts_only_for_a_time_in_which_the_law_knew_it(
    since: dt.date | None, until: dt.date | None, holds: bool
) -> None:
    registration = replace(REGISTRATION, forms=(Form(code="marriage", since=since, until=until),))
    found = errors(registration, in_law(dt.date(2026, 7, 1), None), NOW)
    assert found == (() if holds else (FieldError("vic_TypeOfExploitation", "not_in_law_then"),))


def test_a_form_that_left_the_law_counts_for_the_time_before() -> None:
    forms = in_law(None, dt.date(2026, 1, 31))
    old = replace(REGISTRATION, forms=(Form(code="marriage", since=dt.date(2026, 1, 31)),))
    assert errors(old, forms, NOW) == ()
    new = replace(REGISTRATION, forms=(Form(code="marriage", since=dt.date(2026, 2, 1)),))
    assert errors(new, forms, NOW) == (FieldError("vic_TypeOfExploitation", "not_in_law_then"),)


def test_a_form_of_which_the_law_is_not_confirmed_is_said_and_is_no_error() -> None:
    several = replace(REGISTRATION, forms=(Form(code="labour"), Form(code="surrogacy"), Form(code="x")))
    assert unconfirmed(several, FORMS) == ("surrogacy",)
    assert unconfirmed(REGISTRATION, FORMS) == ()


TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=20),
    st.text(st.sampled_from("=+-@'\t\r\n\"; ,aＢ＝\ufeff"), min_size=1, max_size=8),
)
RECORDS = st.lists(
    st.fixed_dictionaries(
        {"bkn_Reference": TEXT},
        optional={
            "prs_FirstName": TEXT,
            "bkn_Minor": st.booleans(),
            "vic_TypeOfExploitation": st.lists(st.sampled_from(TYPES), min_size=1, max_size=3).map(tuple),
        },
    ),
    max_size=4,
)


@given(RECORDS)
def test_a_record_is_the_same_after_json_and_after_csv(records: list[dict[str, Any]]) -> None:
    assert from_json(to_json(records)) == records
    assert from_csv(to_csv(records)) == records


@given(TEXT)
def test_no_cell_begins_as_a_formula(text: str) -> None:
    cell = safe_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", BOM, "＝", "＋", "－", "＠"))
    assert not cell.strip().startswith(("=", "+", "-", "@"))
    assert plain_cell(cell) == text


def test_a_spreadsheet_reads_letters_rightly_and_runs_nothing() -> None:
    record = record_of(replace(REGISTRATION, person={"prs_FirstName": '=HYPERLINK("x")', "prs_SecondName": "Ж"}), FORMS)
    content = to_csv([record])
    assert content.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert row["prs_FirstName"] == '\'=HYPERLINK("x")'
    assert row["prs_SecondName"] == "Ж"
    assert row["con_Consent"] == "true"
    assert json.loads(to_json([record]))[0]["vic_TypeOfExploitation"] == ["ForcedLabour"]
    assert set(MANY) >= {name for name, value in record.items() if isinstance(value, tuple)}
