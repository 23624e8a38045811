"""The national coordinator's registration, in the shape of the Human Trafficking Case Data Standard (HTCDS 2.0, IOM). Pure.

Counting is not sharing in a case: it asks explicit consent for this purpose, or the duty of police, border police and
labour inspectorate. A name is never needed and only there when somebody gave it. Citizenship is left out on purpose.
Fields that begin with ``bkn_`` are ours, where the standard has none. ``cells.py`` writes the record as a file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from baken.packs.schema.reports import FormOfExploitation, Forms
from baken.reports.footing import ConsentFacts, DecisionKind, problems
from baken.reports.htcds_codes import CONTROLS, DECIDED_BY, GENDERS, INDUSTRIES, SEX_TYPES, STATUS

Value = str | bool | tuple[str, ...]
Record = Mapping[str, Value]
VERSION = "HTCDS 2.0"
PERSON = ("prs_FirstName", "prs_SecondName", "prs_Birthdate", "prs_Gender")
"""What may be given about the person; none of it is needed."""
MANY = ("vic_TypeOfExploitation", "vic_TypeOfSexExploitation", "vic_MethodsOfControl", "bkn_Form", "bkn_FormDetail")
"""Fields that hold several values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form of exploitation and when it was; ``code`` and ``subcodes`` as in the pack."""

    code: str
    subcodes: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What is registered. ``reference``: of the report, never a name. ``recipient``: the coordinator as consent names it."""

    reference: str
    recipient: str
    referred_on: dt.date
    forms: tuple[Form, ...]
    minor: bool | None = None
    status: str = "PossibleVictimOfTrafficking"
    decided_by: str = "Other"
    sex_types: tuple[str, ...] = ()
    industry: str = ""
    controls: tuple[str, ...] = ()
    person: Mapping[str, str] = field(default_factory=dict)
    must_report: bool = False
    """The organisation has the duty to report; then consent is not the ground."""
    consent: ConsentFacts | None = None


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field, as a code."""

    field: str
    code: str


def errors(registration: Registration, forms: Forms, now: dt.datetime) -> tuple[FieldError, ...]:
    """Everything that keeps this from being registered; nothing when it may go."""
    return (
        *_ground_errors(registration, now),
        *_form_errors(registration, forms, now.date()),
        *_value_errors(registration),
    )


def _ground_errors(registration: Registration, now: dt.datetime) -> Iterator[FieldError]:
    consent = registration.consent
    counting = DecisionKind.ANONYMISED_REGISTRATION
    for code in problems(counting, consent, None, now, duty=registration.must_report):
        yield FieldError("con_Consent", code)
    if not registration.must_report and consent is not None and consent.recipient != registration.recipient:
        yield FieldError("con_Consent", "wrong_recipient")
    if not registration.reference.strip():
        yield FieldError("bkn_Reference", "missing")
    if registration.referred_on > now.date():
        yield FieldError("cas_IncomingReferralDate", "in_the_future")


def _form_errors(registration: Registration, forms: Forms, today: dt.date) -> Iterator[FieldError]:
    if not registration.forms:
        yield FieldError("vic_TypeOfExploitation", "missing")
    kinds = {str(code): kind for code, kind in forms.kinds.items()}
    for form in registration.forms:
        kind = kinds.get(form.code)
        if kind is None:
            yield FieldError("vic_TypeOfExploitation", "unknown_value")
            continue
        if any(code not in kind.subcodes for code in form.subcodes):
            yield FieldError("bkn_FormDetail", "unknown_value")
        if form.since and form.until and form.until < form.since:
            yield FieldError("bkn_FormPeriod", "ends_before_it_begins")
        if max(form.since or today, form.until or today) > today:
            yield FieldError("bkn_FormPeriod", "in_the_future")
        if not _in_law(kind, form, today):
            yield FieldError("vic_TypeOfExploitation", "not_in_law_then")


def _in_law(kind: FormOfExploitation, form: Form, today: dt.date) -> bool:
    """Did the law know this form at some moment of its period? Without a period: today."""
    first, last = form.since or form.until or today, form.until or today
    return (kind.valid_from is None or last >= kind.valid_from) and (
        kind.valid_until is None or first <= kind.valid_until
    )


def _value_errors(registration: Registration) -> Iterator[FieldError]:
    codes = {form.code for form in registration.forms}
    for name, values, allowed in (
        ("vic_TraffickingStatus", (registration.status,), STATUS),
        ("vic_TraffickingStatusDecisionMakingOrg", (registration.decided_by,), DECIDED_BY),
        ("vic_TypeOfSexExploitation", registration.sex_types, SEX_TYPES),
        ("vic_ForcedLabourIndustry", tuple(filter(None, (registration.industry,))), INDUSTRIES),
        ("vic_MethodsOfControl", registration.controls, CONTROLS),
        ("prs_Gender", tuple(filter(None, (registration.person.get("prs_Gender"),))), GENDERS),
    ):
        if any(value not in allowed for value in values):
            yield FieldError(name, "unknown_value")
    if registration.sex_types and "sexual" not in codes:
        yield FieldError("vic_TypeOfSexExploitation", "belongs_to_another_form")
    if registration.industry and not codes & {"labour", "domestic"}:
        yield FieldError("vic_ForcedLabourIndustry", "belongs_to_another_form")
    for name in registration.person:
        if name not in PERSON:
            yield FieldError(name, "not_asked")
    if (born := registration.person.get("prs_Birthdate")) and not _is_date(born):
        yield FieldError("prs_Birthdate", "unknown_value")


def _is_date(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def unconfirmed(registration: Registration, forms: Forms) -> tuple[str, ...]:
    """Codes of forms of which we could not confirm that the law of this country names them: to be shown, no error."""
    kinds = {str(code): kind for code, kind in forms.kinds.items()}
    codes = dict.fromkeys(form.code for form in registration.forms)
    return tuple(code for code in codes if code in kinds and kinds[code].in_law == "unconfirmed")


def record_of(registration: Registration, forms: Forms) -> Record:
    """The record, field id -> value, in the order of the standard and without what is empty.

    Only for a registration without ``errors``. Raises KeyError for a form that the pack does not know.
    """
    kinds = {str(code): kind for code, kind in forms.kinds.items()}
    types = dict.fromkeys(_type_of(kinds[form.code], registration.minor) for form in registration.forms)
    periods = {
        form.code: f"{form.since or ''}/{form.until or ''}" for form in registration.forms if form.since or form.until
    }
    record: dict[str, Value] = {
        "bkn_Standard": VERSION,
        "bkn_Reference": registration.reference,
        "bkn_Ground": "duty" if registration.must_report else "consent",
        **{name: registration.person.get(name, "") for name in PERSON},
        "bkn_Minor": "" if registration.minor is None else registration.minor,
        "vic_TraffickingStatus": registration.status,
        "vic_TraffickingStatusDecisionMakingOrg": registration.decided_by,
        "vic_MethodsOfControl": registration.controls,
        "vic_TypeOfExploitation": tuple(types),
        "vic_ForcedLabourIndustry": registration.industry,
        "vic_TypeOfSexExploitation": registration.sex_types,
        "bkn_Form": tuple(dict.fromkeys(form.code for form in registration.forms)),
        "bkn_FormDetail": tuple(f"{form.code}.{code}" for form in registration.forms for code in form.subcodes),
        "bkn_FormPeriod": " ".join(f"{code}:{period}" for code, period in periods.items()),
        "cas_IncomingReferralDate": registration.referred_on.isoformat(),
        "con_Consent": not registration.must_report,
    }
    return {name: value for name, value in record.items() if value not in ("", ())}


def _type_of(kind: FormOfExploitation, minor: bool | None) -> str:
    return kind.minor if minor and kind.minor else kind.htcds
