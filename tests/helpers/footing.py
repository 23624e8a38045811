"""A consent and a weighing that hold, and the decisions that stand on them."""

from __future__ import annotations

import datetime as dt

from baken.reports.capacity import Age, Giver
from baken.reports.footing import ConsentFacts, DecisionKind, Interpreter, Purpose, WeighingFacts

NOW = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
PARTS = frozenset({"situation", "facts"})
CONSENT = ConsentFacts(
    given_by=Giver.PERSON,
    age=Age.FROM_16,
    recipient="vt",
    parts=PARTS,
    purpose=Purpose.HELP,
    how_explained="in a talk",
    language="bg",
    interpreter=Interpreter.INDEPENDENT,
    given_at=NOW - DAY,
    until=NOW + 30 * DAY,
)
WEIGHING = WeighingFacts(
    recipient="vt",
    parts=PARTS,
    aim="stop the danger",
    less_far_reaching_way="asked, refused out of fear",
    consulted="Veilig Thuis, without a name",
    told=True,
    written_by="ann",
    written_at=NOW - 2 * DAY,
    signed_by="bas",
    signed_at=NOW - DAY,
)
REFER, REPORT = DecisionKind.REFER_WITH_CONSENT, DecisionKind.REPORT_WITHOUT_CONSENT
COUNT = DecisionKind.ANONYMISED_REGISTRATION
