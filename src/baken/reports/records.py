"""What was written down about a footing, opened from its seal, as the rules of ``footing.py`` take it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from baken.reports.capacity import Age, Assent, Giver, ParentInvolved
from baken.reports.footing import ConsentFacts, Interpreter, Purpose, Records, WeighingFacts
from baken.reports.models import Consent, Report, Weighing
from baken.reports.opened import texts_of
from baken.vault.secret import KeyPair

FILE = "file:"
FILES = "files"
"""In a footing: all files of the report. In a hand-over each chosen file stands by itself, as ``file:`` and its id."""
COORDINATOR = "national_coordinator"
MUST_REPORT = frozenset({"enforcement"})
"""Kinds of organisation that must report to the national coordinator: police, border police, labour inspectorate."""


@dataclass(frozen=True, kw_only=True)
class ConsentRecord:
    """Who consented and how it was explained: sealed as kind ``consent``, field ``record``.

    ``who`` is a relation or a role ("herself", "guardian of Nidos"), no name is needed.
    """

    who: str
    given_by: Giver
    age: Age
    parent_involved: ParentInvolved
    assent: Assent
    how_explained: str
    language: str
    interpreter: Interpreter

    def text(self) -> bytes:
        """As it is sealed."""
        return _text(asdict(self))


@dataclass(frozen=True, kw_only=True)
class WeighingRecord:
    """Why something is shared without consent, with whom and what: sealed as kind ``weighing``, field ``text``."""

    recipient: str
    parts: tuple[str, ...]
    aim: str
    less_far_reaching_way: str
    consulted: str
    why_not_told: str = ""

    def text(self) -> bytes:
        """As it is sealed."""
        return _text(asdict(self))


def recipient_of(row: Consent) -> str:
    """Id of the organisation, or code of the party."""
    return str(row.recipient_id) if row.recipient_id else row.party


def covering(parts: Iterable[str]) -> frozenset[str]:
    """The parts as a footing names them: every file is ``files``."""
    return frozenset(FILES if part.startswith(FILE) else part for part in parts)


def consent_records(rows: Iterable[Consent], pair: KeyPair) -> dict[Consent, ConsentRecord]:
    """Those that this pair opens."""
    found = list(rows)
    texts = texts_of("consent", [row.pk for row in found], pair, "record")
    return {row: _consent_record(texts[str(row.pk)]) for row in found if str(row.pk) in texts}


def weighing_records(rows: Iterable[Weighing], pair: KeyPair) -> dict[Weighing, WeighingRecord]:
    """Those that this pair opens."""
    found = list(rows)
    texts = texts_of("weighing", [row.pk for row in found], pair)
    return {row: _weighing_record(texts[str(row.pk)]) for row in found if str(row.pk) in texts}


def consent_facts(row: Consent, record: ConsentRecord) -> ConsentFacts:
    """As the rules take it."""
    return ConsentFacts(
        given_by=record.given_by,
        age=record.age,
        parent_involved=record.parent_involved,
        assent=record.assent,
        recipient=recipient_of(row),
        parts=frozenset(row.parts),
        purpose=Purpose(row.purpose),
        how_explained=record.how_explained,
        language=record.language,
        interpreter=record.interpreter,
        given_at=row.given_at,
        until=row.until,
        withdrawn_at=row.withdrawn_at,
    )


def weighing_facts(row: Weighing, record: WeighingRecord) -> WeighingFacts:
    """As the rules take it."""
    return WeighingFacts(
        recipient=record.recipient,
        parts=frozenset(record.parts),
        aim=record.aim,
        less_far_reaching_way=record.less_far_reaching_way,
        consulted=record.consulted,
        told=row.person_told,
        why_not_told=record.why_not_told,
        written_by=str(row.written_by_id),
        written_at=row.written_at,
        signed_by=str(row.signed_by_id) if row.signed_by_id else None,
        signed_at=row.signed_at,
    )


def records_of(report: Report, consent: Consent | None, weighing: Weighing | None, pair: KeyPair) -> Records:
    """The records on which one decision leans."""
    consents = consent_records([consent] if consent else [], pair)
    weighings = weighing_records([weighing] if weighing else [], pair)
    return Records(
        consents=tuple(consent_facts(row, record) for row, record in consents.items()),
        weighings=tuple(weighing_facts(row, record) for row, record in weighings.items()),
        duty_to=COORDINATOR if report.organisation.kind in MUST_REPORT else "",
    )


def _consent_record(text: str) -> ConsentRecord:
    found = json.loads(text)
    return ConsentRecord(
        who=found["who"],
        given_by=Giver(found["given_by"]),
        age=Age(found["age"]),
        parent_involved=ParentInvolved(found["parent_involved"]),
        assent=Assent(found["assent"]),
        how_explained=found["how_explained"],
        language=found["language"],
        interpreter=Interpreter(found["interpreter"]),
    )


def _weighing_record(text: str) -> WeighingRecord:
    found = json.loads(text)
    return WeighingRecord(**(found | {"parts": tuple(found["parts"])}))


def _text(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
