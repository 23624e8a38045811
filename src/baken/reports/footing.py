"""On which footing a report is decided and shared, and what is missing for it. Pure; the moment is passed in.

Problems are codes, never sentences and never what somebody typed. No code means: it holds. Sharing asks one record that
covers exactly this recipient and all of these parts; two records that each cover half do not add up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from baken.reports.capacity import Age, Assent, Giver, ParentInvolved, capacity_problems

DEFAULT_MONTHS = 6
MOST_MONTHS = 24


class DecisionKind(StrEnum):
    """What can be decided on a report."""

    ADVICE_ONLY = "advice_only"
    ANONYMISED_REGISTRATION = "anonymised_registration"
    INVITE = "invite"
    REFER_WITH_CONSENT = "refer_with_consent"
    REPORT_WITHOUT_CONSENT = "report_without_consent"


class FootingCode(StrEnum):
    """The four footings, as in ``footings.yaml``."""

    ADVICE = "advice"
    REGISTRATION = "registration"
    CONSENT = "consent"
    REASONED_REPORT = "reasoned_report"


class Record(StrEnum):
    """What must be written down before it may happen."""

    NOTHING = "nothing"
    CONSENT = "consent"
    CONSENT_OR_DUTY = "consent_or_duty"
    """Explicit consent; or the duty of police, border police and labour inspectorate to report."""
    WEIGHING = "weighing"
    """Signed by a second member."""


class Purpose(StrEnum):
    """What consent is for. One record, one purpose: consent to be helped is never consent to be counted."""

    HELP = "help"
    REPORT = "report"
    REGISTRATION = "registration"


class Interpreter(StrEnum):
    """Who interpreted when consent was explained."""

    NOT_NEEDED = "not_needed"
    INDEPENDENT = "independent"
    FROM_OWN_CIRCLE = "from_own_circle"


@dataclass(frozen=True, slots=True)
class Asks:
    """Which footing a decision stands on, which record that asks, and whether anything may then be shared."""

    footing: FootingCode
    record: Record
    shares: bool


ASKS: Mapping[DecisionKind, Asks] = MappingProxyType(
    {
        DecisionKind.ADVICE_ONLY: Asks(FootingCode.ADVICE, Record.NOTHING, shares=False),
        DecisionKind.ANONYMISED_REGISTRATION: Asks(FootingCode.REGISTRATION, Record.CONSENT_OR_DUTY, shares=True),
        DecisionKind.INVITE: Asks(FootingCode.ADVICE, Record.NOTHING, shares=False),
        DecisionKind.REFER_WITH_CONSENT: Asks(FootingCode.CONSENT, Record.CONSENT, shares=True),
        DecisionKind.REPORT_WITHOUT_CONSENT: Asks(FootingCode.REASONED_REPORT, Record.WEIGHING, shares=True),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentFacts:
    """Consent as it was opened from its seal. ``recipient``: an id or a code, never a name."""

    given_by: Giver
    age: Age
    parent_involved: ParentInvolved = ParentInvolved.UNKNOWN
    assent: Assent = Assent.NOT_ASKED
    recipient: str
    parts: frozenset[str]
    purpose: Purpose
    how_explained: str
    language: str
    interpreter: Interpreter
    given_at: dt.datetime
    until: dt.datetime | None
    withdrawn_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighingFacts:
    """The weighing for a share without consent, as it was opened from its seal. Members are ids."""

    recipient: str
    parts: frozenset[str]
    aim: str
    less_far_reaching_way: str
    """Why it cannot be done without a name, with consent, or by helping."""
    consulted: str
    told: bool | None
    """Is the person told? None: not answered."""
    why_not_told: str = ""
    written_by: str
    written_at: dt.datetime
    """When it was last changed: a signature from before does not count."""
    signed_by: str | None = None
    signed_at: dt.datetime | None = None
    revoked_at: dt.datetime | None = None


def months_later(moment: dt.datetime, months: int) -> dt.datetime:
    """The same day so many months later; the last day of a month that is too short."""
    month = moment.month - 1 + months
    year, month = moment.year + month // 12, month % 12 + 1
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
    return moment.replace(year=year, month=month, day=min(moment.day, last))


def consent_until(given_at: dt.datetime, months: int = DEFAULT_MONTHS) -> dt.datetime:
    """Until when consent holds when nobody says otherwise."""
    return months_later(given_at, months)


def consent_problems(
    consent: ConsentFacts | None, now: dt.datetime, *, most_months: int = MOST_MONTHS
) -> tuple[str, ...]:
    """Codes of why this consent does not hold now, in the order of the form."""
    if consent is None:
        return ("consent_missing",)
    until = consent.until
    checks = (
        ("recipient_missing", not consent.recipient.strip()),
        ("parts_missing", not consent.parts),
        ("how_explained_missing", not consent.how_explained.strip()),
        ("language_missing", not consent.language.strip()),
        ("interpreter_from_own_circle", consent.interpreter is Interpreter.FROM_OWN_CIRCLE),
        ("until_missing", until is None),
        ("until_before_given", until is not None and until <= consent.given_at),
        ("until_too_far", until is not None and until > months_later(consent.given_at, most_months)),
        ("consent_not_yet_given", consent.given_at > now),
        ("consent_expired", until is not None and until <= now),
        ("consent_withdrawn", consent.withdrawn_at is not None),
    )
    capacity = capacity_problems(consent.age, consent.parent_involved, consent.given_by, consent.assent)
    return (*capacity, *(code for code, wrong in checks if wrong))


def weighing_problems(weighing: WeighingFacts | None, now: dt.datetime) -> tuple[str, ...]:
    """Codes of why this weighing does not carry a share now, in the order of the form."""
    if weighing is None:
        return ("weighing_missing",)
    signed_at = weighing.signed_at
    checks = (
        ("recipient_missing", not weighing.recipient.strip()),
        ("parts_missing", not weighing.parts),
        ("aim_missing", not weighing.aim.strip()),
        ("less_far_reaching_way_missing", not weighing.less_far_reaching_way.strip()),
        ("consulted_missing", not weighing.consulted.strip()),
        ("told_missing", weighing.told is None),
        ("why_not_told_missing", weighing.told is False and not weighing.why_not_told.strip()),
        ("writer_missing", not weighing.written_by),
        ("signature_missing", not weighing.signed_by or signed_at is None or signed_at > now),
        ("signed_by_writer", bool(weighing.signed_by) and weighing.signed_by == weighing.written_by),
        ("changed_after_signing", signed_at is not None and signed_at < weighing.written_at),
        ("weighing_revoked", weighing.revoked_at is not None),
    )
    return tuple(code for code, wrong in checks if wrong)


def problems(
    decision: DecisionKind,
    consent: ConsentFacts | None,
    weighing: WeighingFacts | None,
    now: dt.datetime,
    *,
    duty: bool = False,
    most_months: int = MOST_MONTHS,
) -> tuple[str, ...]:
    """Codes of what this decision still lacks. ``duty``: the organisation itself must report to the national coordinator."""
    record = ASKS[decision].record
    if record is Record.NOTHING or (record is Record.CONSENT_OR_DUTY and duty):
        return ()
    if record is Record.WEIGHING:
        return weighing_problems(weighing, now)
    found = consent_problems(consent, now, most_months=most_months)
    counting = record is Record.CONSENT_OR_DUTY
    if consent is not None and (consent.purpose is Purpose.REGISTRATION) is not counting:
        found = (*found, "wrong_purpose")
    return found


@dataclass(frozen=True, slots=True)
class Ground:
    """Whether something may be shared. Without a footing, ``problems`` say why not."""

    footing: FootingCode | None
    problems: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.footing is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Everything written down about sharing one report."""

    consents: tuple[ConsentFacts, ...] = ()
    weighings: tuple[WeighingFacts, ...] = ()
    duty_to: str = ""
    """To which recipient the organisation itself must report, such as the police to the national coordinator; empty: to none."""
    most_months: int = MOST_MONTHS


def may_share(
    parts: Iterable[str], recipient: str, now: dt.datetime, *, decision: DecisionKind, records: Records
) -> Ground:
    """May these parts go to this recipient now, under this decision? Never raises; without a footing it is no."""
    wanted, asks = frozenset(parts), ASKS[decision]
    if not asks.shares:
        return Ground(None, ("decision_shares_nothing",))
    if not wanted or not recipient:
        return Ground(None, ("nothing_to_share",))
    if asks.record is Record.CONSENT_OR_DUTY and recipient == records.duty_to:
        return Ground(asks.footing)
    why: tuple[str, ...] = ("weighing_missing" if asks.record is Record.WEIGHING else "consent_missing",)
    for covered, found in _judged(recipient, now, decision, records):
        why = found if wanted <= covered else (*found, "parts_not_covered")
        if not why:
            return Ground(asks.footing)
    return Ground(None, why)


def _judged(
    recipient: str, now: dt.datetime, decision: DecisionKind, records: Records
) -> Iterator[tuple[frozenset[str], tuple[str, ...]]]:
    """Of each record for this recipient that the decision may lean on: the parts that it covers, and what is wrong with it."""
    if ASKS[decision].record is Record.WEIGHING:
        for weighing in records.weighings:
            if weighing.recipient == recipient:
                yield weighing.parts, problems(decision, None, weighing, now)
        return
    for consent in records.consents:
        if consent.recipient == recipient:
            yield consent.parts, problems(decision, consent, None, now, most_months=records.most_months)
