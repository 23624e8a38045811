"""Nothing goes without a footing, whatever is given, signed and taken back, and in whatever order."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import product

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.helpers.footing import CONSENT, COUNT, DAY, NOW, REFER, REPORT, WEIGHING

from baken.reports.footing import ConsentFacts, DecisionKind, Purpose, Records, WeighingFacts, may_share

RECIPIENTS = st.sampled_from(["vt", "police", "coordinator"])
SOME_PARTS = st.frozensets(st.sampled_from(["situation", "facts", "opinion", "place"]))


class Sharing(RuleBasedStateMachine):
    """Give, withdraw, let expire, weigh, sign, change and revoke in any order; an own bookkeeping says what may be shared."""

    @initialize()
    def start(self) -> None:
        self.now = NOW
        self.consents: list[ConsentFacts] = []
        self.weighings: list[WeighingFacts] = []

    @rule(recipient=RECIPIENTS, parts=SOME_PARTS, days=st.integers(-1, 40), purpose=st.sampled_from(Purpose))
    def give(self, recipient: str, parts: frozenset[str], days: int, purpose: Purpose) -> None:
        until = self.now + days * DAY
        self.consents.append(
            replace(CONSENT, recipient=recipient, parts=parts, given_at=self.now, until=until, purpose=purpose)
        )

    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        if self.consents:
            index = data.draw(st.integers(0, len(self.consents) - 1))
            self.consents[index] = replace(self.consents[index], withdrawn_at=self.now)

    @rule(days=st.integers(1, 20))
    def time_passes(self, days: int) -> None:
        self.now += days * DAY

    @rule(recipient=RECIPIENTS, parts=SOME_PARTS, by=st.sampled_from(["ann", "bas"]))
    def weigh(self, recipient: str, parts: frozenset[str], by: str) -> None:
        fresh = replace(WEIGHING, recipient=recipient, parts=parts, written_by=by, written_at=self.now)
        self.weighings.append(replace(fresh, signed_by=None, signed_at=None))

    @rule(data=st.data(), by=st.sampled_from(["ann", "bas"]))
    def sign(self, data: st.DataObject, by: str) -> None:
        if self.weighings:
            index = data.draw(st.integers(0, len(self.weighings) - 1))
            self.weighings[index] = replace(self.weighings[index], signed_by=by, signed_at=self.now)

    @rule(data=st.data(), revoke=st.booleans())
    def change(self, data: st.DataObject, revoke: bool) -> None:
        if self.weighings:
            index = data.draw(st.integers(0, len(self.weighings) - 1))
            later = self.now + dt.timedelta(seconds=1)
            self.weighings[index] = replace(
                self.weighings[index], written_at=later, revoked_at=self.now if revoke else None
            )

    @invariant()
    def nothing_goes_without_a_footing(self) -> None:
        records = Records(consents=tuple(self.consents), weighings=tuple(self.weighings))
        for kind, recipient, part in product(DecisionKind, ("vt", "police", "coordinator"), ("facts", "place")):
            given_now = any(
                item.recipient == recipient
                and part in item.parts
                and item.withdrawn_at is None
                and item.until is not None
                and item.given_at <= self.now < item.until
                and (item.purpose is Purpose.REGISTRATION) is (kind is COUNT)
                for item in self.consents
            )
            signed_now = any(
                item.recipient == recipient
                and part in item.parts
                and item.signed_by not in (None, item.written_by)
                and item.signed_at is not None
                and item.written_at <= item.signed_at
                and item.revoked_at is None
                for item in self.weighings
            )
            expected = signed_now if kind is REPORT else given_now if kind in (REFER, COUNT) else False
            assert bool(may_share({part}, recipient, self.now, decision=kind, records=records)) is expected


TestSharing = Sharing.TestCase
TestSharing.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
