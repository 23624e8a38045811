"""A report on which everything was written that can be, and the pages on which it is read."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone

from baken.reports.actions import answering, closing, consulting, deciding, dialogue, handover, reporter, triage
from baken.reports.footing import DecisionKind, Purpose
from baken.reports.models import Consultation, Handover, Report
from baken.reports.parts import Content
from baken.reports.records import WeighingRecord
from baken.vault.models import Sealed
from tests.helpers.fault_scenes import prepared
from tests.helpers.pages import PageClient
from tests.helpers.sharing import ADULT, Sharing, as_, parcel, theirs, url


@dataclass
class Story:
    """Each text holds a word of its own, which begins with ``woord``."""

    sharing: Sharing
    name: str
    pages: dict[str, Callable[[], Any]] = field(default_factory=dict)

    def word(self, what: str) -> str:
        return f"woord{self.name}{what}"

    def __post_init__(self) -> None:
        sharing, now, word = self.sharing, timezone.now(), self.word
        content = Content(
            situation={"signs": ["dest_documents_taken"], "about": "person"},
            facts=word("facts"),
            opinion=word("opinion"),
            place=word("place"),
            reach={"channel": "call", "value": word("reach")},
            reporter=word("reporter"),
        )
        sent = reporter.hand_in(
            challenge=None,
            by=None,
            organisation=sharing.world.here,
            content=content,
            manner="confidential",
            urgent=False,
            language="nl",
            files=[replace(prepared(sharing.world.here.pk), name=f"{word('file')}.txt")],
            now=now,
        )
        self.report: Report = sent.report
        here: dict[str, Any] = {"by": sharing.bas, "report_id": sent.report.pk, "now": now}
        triage.take_into_triage(**here, expected=None)
        dialogue.write_message(**here, expected=None, text=word("question"), is_question=True)
        reporter.answer(self.report, by=None, text=word("answer"), once=uuid.uuid4(), now=now)
        dialogue.write_note(**here, expected=None, text=word("note"))
        asked = consulting.ask(**here, asked=sharing.world.there, question=word("asked"))
        consulting.answer(by=sharing.cleo, consultation_id=asked.pk, text=word("advised"), now=now)
        self.decide_and_share(here)
        closing.hold(**here, reason=word("hold"))
        bas, cleo = as_(sharing.world.bas), as_(sharing.world.cleo)
        row = Handover.objects.get(report=self.report)
        self.pages = {
            "report": lambda: bas.get(url(sharing, "report", self.report)),
            "received": lambda: cleo.get(theirs(sharing, "received", row.pk)),
            "question": lambda: cleo.get(theirs(sharing, "question", asked.pk)),
            "receipt": lambda: PageClient().post("/en/receipt/", {"code": sent.receipt}),
        }

    def decide_and_share(self, here: dict[str, Any]) -> None:
        sharing, word, there = self.sharing, self.word, self.sharing.world.there
        record = replace(ADULT, who=word("who"), how_explained=word("explained"))
        weighing = WeighingRecord(
            recipient=str(there.pk),
            parts=("facts",),
            aim=word("aim"),
            less_far_reaching_way=word("way"),
            consulted=word("consulted"),
        )
        deciding.write_weighing(**here, record=weighing, person_told=True)
        consent = deciding.record_consent(
            **here,
            recipient=there,
            parts=["facts", "situation"],
            purpose=Purpose.HELP,
            until=parcel(days=60).expires_at,
            record=record,
        )
        decision = deciding.decide(
            **here,
            kind=DecisionKind.REFER_WITH_CONSENT,
            consent=consent,
            text=word("why"),
            pair=sharing.pair,
        )
        row = handover.offer(
            **here,
            decision_id=decision.pk,
            recipient=there,
            parcel=parcel("facts", "situation", message=word("message")),
            pair=sharing.pair,
        )
        by_cleo = {"by": sharing.cleo, "handover_id": row.pk, "now": here["now"]}
        answering.accept(**by_cleo)
        answering.report_outcome(**by_cleo, outcome="helped", text=word("outcome"))

    def texts(self) -> list[Sealed]:
        """Everything that is sealed of it and is no file."""
        ids = {str(self.report.pk), *(str(row.pk) for row in self.report.messages.all())}
        for rows in (
            self.report.notes,
            self.report.attachments,
            self.report.consents,
            self.report.weighings,
            self.report.decisions,
            self.report.handovers,
            Consultation.objects.filter(report=self.report),
        ):
            ids |= {str(row.pk) for row in rows.all()}
        return list(Sealed.objects.filter(object_id__in=ids, stored="").order_by("kind", "field", "made_at"))
