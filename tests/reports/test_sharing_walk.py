"""Whatever people do in whatever order: another organisation reads a part only while a footing for it holds."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from tests.helpers.sharing import Sharing, parcel

from baken.reports.actions.answering import accept, decline, report_outcome
from baken.reports.actions.deciding import decide, sign_weighing, withdraw_consent
from baken.reports.actions.expiry import expire, seal_anew
from baken.reports.actions.handover import HELD, offer, withdraw
from baken.reports.errors import ReportProblem
from baken.reports.footing import DecisionKind
from baken.reports.models import Report
from baken.reports.opened import content_of
from baken.reports.parts import SHAREABLE
from baken.reports.records import consent_facts, consent_records, weighing_facts, weighing_records
from baken.reports.states import NotAllowed

PARTS = st.lists(st.sampled_from(["situation", "facts", "opinion", "reach", "reporter"]), max_size=3, unique=True)
ORDINARY = (ReportProblem, NotAllowed)
"""What an action answers to a step that is not possible now."""


class Walk(RuleBasedStateMachine):
    sharing: ClassVar[Sharing]

    def __init__(self) -> None:
        super().__init__()
        self.report = self.sharing.report()
        self.now = timezone.now()
        self.consents: list[Any] = []
        self.weighings: list[Any] = []
        self.decisions: list[Any] = []
        self.handovers: list[Any] = []

    @rule(parts=PARTS, days=st.integers(1, 40))
    def record(self, parts: list[str], days: int) -> None:
        self.attempt(
            lambda: self.sharing.consent(self.report, parts=tuple(parts), days=days, now=self.now), self.consents
        )

    @rule(parts=PARTS, signed=st.booleans())
    def weigh(self, parts: list[str], signed: bool) -> None:
        self.attempt(lambda: self.sharing.weighing(self.report, parts=tuple(parts), signed=False), self.weighings)
        if signed and self.weighings:
            row = self.weighings[-1]
            self.attempt(lambda: sign_weighing(by=self.sharing.colleague, weighing_id=row.pk, now=self.now))

    @rule(data=st.data(), kind=st.sampled_from(DecisionKind))
    def take(self, data: st.DataObject, kind: DecisionKind) -> None:
        consent = data.draw(st.sampled_from([None, *self.consents]))
        weighing = data.draw(st.sampled_from([None, *self.weighings]))
        self.attempt(
            lambda: decide(
                by=self.sharing.bas,
                report_id=self.report.pk,
                kind=kind,
                consent=consent,
                weighing=weighing,
                pair=self.sharing.pair,
                now=self.now,
            ),
            self.decisions,
        )

    @precondition(lambda self: self.decisions)
    @rule(data=st.data(), parts=PARTS, days=st.integers(1, 40))
    def hand_over(self, data: st.DataObject, parts: list[str], days: int) -> None:
        decision = data.draw(st.sampled_from(self.decisions))
        self.attempt(
            lambda: offer(
                by=self.sharing.bas,
                report_id=self.report.pk,
                decision_id=decision.pk,
                recipient=self.sharing.world.there,
                parcel=parcel(*parts, days=days),
                pair=self.sharing.pair,
                now=self.now,
            ),
            self.handovers,
        )

    @precondition(lambda self: self.handovers)
    @rule(how=st.sampled_from(["accept", "decline", "outcome", "withdraw"]))
    def answer(self, how: str) -> None:
        key = self.handovers[-1].pk
        acts = {
            "accept": lambda: accept(by=self.sharing.cleo, handover_id=key, now=self.now),
            "decline": lambda: decline(by=self.sharing.cleo, handover_id=key, reason="nee", now=self.now),
            "outcome": lambda: report_outcome(
                by=self.sharing.cleo, handover_id=key, outcome="helped", text="ja", now=self.now
            ),
            "withdraw": lambda: withdraw(by=self.sharing.bas, handover_id=key, pair=self.sharing.pair, now=self.now),
        }
        self.attempt(acts[how])

    @precondition(lambda self: self.consents)
    @rule(data=st.data())
    def withdraw_one(self, data: st.DataObject) -> None:
        row = data.draw(st.sampled_from(self.consents))
        self.attempt(
            lambda: withdraw_consent(by=self.sharing.bas, consent_id=row.pk, pair=self.sharing.pair, now=self.now)
        )

    @rule(days=st.integers(1, 30))
    def time_passes(self, days: int) -> None:
        self.now += dt.timedelta(days=days)
        expire(self.now)
        seal_anew(self.report, self.sharing.pair, now=self.now)

    @invariant()
    def what_they_read_stands_on_a_footing(self) -> None:
        report = Report.objects.get(pk=self.report.pk)
        seen = content_of(report, self.sharing.theirs)
        parts = {part for part in (*SHAREABLE, "reach", "reporter") if getattr(seen, part)}
        allowed: set[str] = set()
        for row in report.handovers.select_related("decision__consent", "decision__weighing"):
            if row.state in HELD and row.expires_at > self.now and self.holds(row.decision, set(row.parts)):
                allowed |= set(row.parts)
        assert parts <= allowed
        assert parts <= set(SHAREABLE)
        assert content_of(report, self.sharing.pair).facts == "kanarie feit", "nothing is lost for the sender"

    def holds(self, decision: Any, parts: set[str]) -> bool:
        """Told apart from the rules on purpose: straight from the records."""
        if decision.consent is not None:
            row = decision.consent
            facts = consent_facts(row, consent_records([row], self.sharing.pair)[row])
            return (
                row.withdrawn_at is None
                and row.until > self.now
                and facts.recipient == str(self.sharing.world.there.pk)
                and parts <= facts.parts
            )
        row = decision.weighing
        found = weighing_facts(row, weighing_records([row], self.sharing.pair)[row])
        return found.signed_by not in (None, found.written_by) and parts <= found.parts

    def attempt(self, act: Any, made: list[Any] | None = None) -> None:
        try:
            with transaction.atomic():
                found = act()
        except ORDINARY:
            return
        if made is not None:
            made.append(found)


@pytest.mark.django_db
def test_no_walk_shares_a_part_without_a_footing_that_holds() -> None:
    Walk.sharing = Sharing.new()
    run_state_machine_as_test(
        Walk, settings=settings(max_examples=25, stateful_step_count=20, suppress_health_check=list(HealthCheck))
    )
