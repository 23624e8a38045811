"""Nothing is shared without a footing that holds, and what was shared comes back at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.helpers.people import organisation
from tests.helpers.sharing import Sharing, parcel
from tests.helpers.vault import acting, own_pair

from baken.audit.models import Event
from baken.notices.models import Notice
from baken.people.models import Member
from baken.reports.actions.answering import accept, decline, report_outcome
from baken.reports.actions.deciding import decide, sign_weighing, withdraw_consent
from baken.reports.actions.expiry import seal_anew
from baken.reports.actions.handover import offer, offer_paper, withdraw
from baken.reports.errors import AlreadyOffered, Closed, Conflict, NoFooting, NoInbox
from baken.reports.footing import DecisionKind, Purpose
from baken.reports.models import Decision, Handover, Report, Weighing
from baken.reports.opened import content_of, texts_of
from baken.reports.parts import Content
from baken.reports.states import NotAllowed, State
from baken.vault.errors import VaultError
from baken.vault.models import Grant, Sealed
from baken.vault.opening import data_key
from baken.vault.sealing import open_sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def sharing(db: None) -> Sharing:
    return Sharing.new()


def state_of(report: Report) -> str:
    return Report.objects.get(pk=report.pk).state


def problems(call: Callable[[], object]) -> tuple[str, ...]:
    with pytest.raises(NoFooting) as refused:
        call()
    return refused.value.problems


def test_the_recipient_reads_the_chosen_parts_and_no_other(sharing: Sharing) -> None:
    report, _consent, handover = sharing.offered()
    assert content_of(report, sharing.theirs) == Content(facts="kanarie feit")
    assert texts_of("handover", [handover.pk], sharing.theirs, "message") == {str(handover.pk): "kanarie woord"}
    assert state_of(report) == State.HANDED_OVER
    assert Grant.objects.filter(sealed__object_id=str(report.pk), until=handover.expires_at).count() == 1
    footings = Event.objects.filter(action__in=("grant.given", "handover.offered")).values_list("footing", flat=True)
    assert list(footings) == ["consent", "consent"]


@pytest.mark.parametrize(
    ("parts", "days", "missing"),
    [
        (("opinion",), 30, "parts_not_covered"),
        (("reach",), 30, "part_unknown"),
        (("reporter",), 30, "part_unknown"),
        (("facts",), 91, "expires_after_consent"),
        (("facts",), -1, "expires_in_the_past"),
        ((), 30, "nothing_to_share"),
    ],
)
def test_a_parcel_stays_within_its_consent(sharing: Sharing, parts: tuple[str, ...], days: int, missing: str) -> None:
    report = sharing.report()
    decision = sharing.decide(report, consent=sharing.consent(report))
    assert missing in problems(lambda: sharing.offer(report, decision, parts=parts, days=days))
    assert content_of(report, sharing.theirs) == Content()
    assert not Handover.objects.exists()


def test_consent_for_another_recipient_carries_nothing(sharing: Sharing) -> None:
    report = sharing.report()
    consent = sharing.consent(report, party="police")
    decision = sharing.decide(report, consent=consent)
    assert "consent_missing" in problems(lambda: sharing.offer(report, decision))


def test_consent_for_help_is_not_consent_to_be_counted(sharing: Sharing) -> None:
    report = sharing.report()
    consent = sharing.consent(report, party="national_coordinator", parts=("registration",))
    assert "wrong_purpose" in problems(
        lambda: sharing.decide(report, DecisionKind.ANONYMISED_REGISTRATION, consent=consent)
    )
    counted = sharing.consent(
        report, party="national_coordinator", parts=("registration",), purpose=Purpose.REGISTRATION
    )
    decision = sharing.decide(report, DecisionKind.ANONYMISED_REGISTRATION, consent=counted)
    assert "part_unknown" in problems(
        lambda: paper(sharing, report, decision, "national_coordinator", "facts", days=80)
    )
    assert paper(sharing, report, decision, "national_coordinator", "registration", days=80).state == "accepted"


def paper(sharing: Sharing, report: Report, decision: Decision, party: str, part: str, *, days: int) -> Handover:
    return offer_paper(
        by=sharing.bas,
        report_id=report.pk,
        decision_id=decision.pk,
        party=party,
        name="",
        parcel=parcel(part, days=days),
        pair=sharing.pair,
        now=timezone.now(),
    )


@pytest.mark.parametrize("kind", [DecisionKind.ADVICE_ONLY, DecisionKind.INVITE])
def test_advice_and_an_invitation_share_nothing(sharing: Sharing, kind: DecisionKind) -> None:
    report = sharing.report()
    decision = sharing.decide(report, kind)
    assert state_of(report) == State.DECIDED
    assert "decision_shares_nothing" in problems(lambda: sharing.offer(report, decision))


def test_without_consent_a_colleague_signs(sharing: Sharing) -> None:
    report = sharing.report()
    unsigned = sharing.weighing(report, signed=False)
    without = DecisionKind.REPORT_WITHOUT_CONSENT
    assert problems(lambda: sharing.decide(report, without, weighing=unsigned)) == ("signature_missing",)
    assert problems(lambda: sign_weighing(by=sharing.bas, weighing_id=unsigned.pk, now=timezone.now())) == (
        "signed_by_writer",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Weighing.objects.filter(pk=unsigned.pk).update(signed_by=sharing.world.bas, signed_at=timezone.now())
    Member.objects.filter(pk=sharing.dirk.pk).update(email="bas+2@oostzaan.example")
    second = acting(Member.objects.get(pk=sharing.dirk.pk), sharing.world.here)
    assert problems(lambda: sign_weighing(by=second, weighing_id=unsigned.pk, now=timezone.now())) == (
        "signed_by_writer",
    )
    sign_weighing(by=sharing.colleague, weighing_id=unsigned.pk, now=timezone.now())
    decision = sharing.decide(report, without, weighing=unsigned)
    assert decision.footing == "reasoned_report"
    sharing.offer(report, decision)
    assert content_of(report, sharing.theirs).facts == "kanarie feit"
    assert texts_of("decision", [decision.pk], sharing.pair) == {str(decision.pk): "kanarie reden"}


def test_a_colleague_is_asked_to_sign_and_the_writer_is_not(sharing: Sharing) -> None:
    sharing.weighing(sharing.report(), signed=False)
    asked = Notice.objects.filter(kind="weighing.to_sign")
    assert {notice.member for notice in asked} == {sharing.dirk}


def test_somebody_elsewhere_signs_and_withdraws_nothing(sharing: Sharing) -> None:
    report, consent, handover = sharing.offered()
    weighing = sharing.weighing(report, signed=False)
    with pytest.raises(Report.DoesNotExist):
        sign_weighing(by=sharing.cleo, weighing_id=weighing.pk, now=timezone.now())
    with pytest.raises(Report.DoesNotExist):
        withdraw_consent(by=sharing.cleo, consent_id=consent.pk, pair=sharing.theirs, now=timezone.now())
    with pytest.raises(Handover.DoesNotExist):
        accept(by=sharing.bas, handover_id=handover.pk, now=timezone.now())


def test_withdrawn_consent_takes_everything_back_at_once(sharing: Sharing) -> None:
    report, consent, handover = sharing.offered()
    facts = Sealed.objects.get(kind="report", object_id=str(report.pk), field="facts")
    old_key = data_key(facts, sharing.theirs)
    assert withdraw_consent(by=sharing.bas, consent_id=consent.pk, pair=sharing.pair, now=timezone.now()) == 1
    assert content_of(report, sharing.theirs) == Content()
    assert texts_of("handover", [handover.pk], sharing.theirs, "message") == {}
    assert content_of(report, sharing.pair).facts == "kanarie feit"
    assert content_of(report, own_pair(sharing.world.ann)).facts == "kanarie feit"
    renewed = Sealed.objects.get(pk=facts.pk)
    with pytest.raises(VaultError):
        open_sealed(bytes(renewed.envelope or b""), old_key, renewed.context())
    assert Handover.objects.get().state == "withdrawn"
    assert state_of(report) == State.IN_TRIAGE
    assert withdraw_consent(by=sharing.bas, consent_id=consent.pk, pair=sharing.pair, now=timezone.now()) == 0
    assert Event.objects.filter(action="consent.withdrawn").count() == 1
    assert Notice.objects.filter(kind="consent.withdrawn").exists()
    assert texts_of("consent", [consent.pk], sharing.pair, "record"), "history is kept"


def test_consent_withdrawn_before_anything_is_offered_takes_the_decision_back(sharing: Sharing) -> None:
    report = sharing.report()
    consent = sharing.consent(report)
    decision = sharing.decide(report, consent=consent)
    withdraw_consent(by=sharing.bas, consent_id=consent.pk, pair=sharing.pair, now=timezone.now())
    assert state_of(report) == State.IN_TRIAGE
    assert "consent_withdrawn" in problems(lambda: sharing.offer(report, decision))


def test_an_old_decision_carries_nothing_new(sharing: Sharing) -> None:
    report, _consent, handover = sharing.offered()
    decline(by=sharing.cleo, handover_id=handover.pk, reason="kanarie nee", now=timezone.now())
    assert state_of(report) == State.IN_TRIAGE
    assert "decision_is_old" in problems(lambda: sharing.offer(report, handover.decision))


def test_declining_gives_the_parts_back_with_a_reason(sharing: Sharing) -> None:
    report, _consent, handover = sharing.offered()
    decline(by=sharing.cleo, handover_id=handover.pk, reason="kanarie nee", now=timezone.now())
    assert content_of(report, sharing.theirs) == Content()
    assert texts_of("handover", [handover.pk], sharing.pair, "answer") == {str(handover.pk): "kanarie nee"}
    assert Notice.objects.filter(kind="handover.answered", organisation=sharing.world.here).exists()
    before = Sealed.objects.get(kind="report", object_id=str(report.pk), field="facts").version
    assert seal_anew(report, sharing.pair, now=timezone.now()) == 2
    assert seal_anew(report, sharing.pair, now=timezone.now()) == 0
    assert Sealed.objects.get(kind="report", object_id=str(report.pk), field="facts").version == before + 1
    assert content_of(report, sharing.pair).facts == "kanarie feit"


def test_accepted_and_told_what_came_of_it(sharing: Sharing) -> None:
    report, _consent, handover = sharing.offered()
    accept(by=sharing.cleo, handover_id=handover.pk, expected=1, now=timezone.now())
    with pytest.raises(Closed):
        decline(by=sharing.cleo, handover_id=handover.pk, reason="toch niet", now=timezone.now())
    with pytest.raises(Conflict):
        report_outcome(
            by=sharing.cleo, handover_id=handover.pk, expected=1, outcome="helped", text="x", now=timezone.now()
        )
    done = report_outcome(
        by=sharing.cleo,
        handover_id=handover.pk,
        expected=2,
        outcome="helped",
        text="kanarie uitkomst",
        now=timezone.now(),
    )
    assert (done.state, done.outcome) == ("finished", "helped")
    assert texts_of("handover", [handover.pk], sharing.pair, "answer") == {str(handover.pk): "kanarie uitkomst"}
    ours = Event.objects.filter(object_id=str(handover.pk)).order_by("sequence").values_list("action", flat=True)
    assert list(ours) == ["grant.given", "handover.accepted", "handover.finished"]


def test_one_party_gets_one_hand_over_at_a_time(sharing: Sharing) -> None:
    report, _consent, handover = sharing.offered()
    with pytest.raises(AlreadyOffered):
        sharing.offer(report, handover.decision, parts=("situation",))


def test_who_has_no_inbox_cannot_be_offered_anything(sharing: Sharing) -> None:
    report = sharing.report()
    decision = sharing.decide(report, consent=sharing.consent(report))
    for recipient in (organisation("Zonder sleutel"), sharing.world.here):
        with pytest.raises(NoInbox):
            offer(
                by=sharing.bas,
                report_id=report.pk,
                decision_id=decision.pk,
                recipient=recipient,
                parcel=parcel("facts"),
                pair=sharing.pair,
                now=timezone.now(),
            )


def test_two_colleagues_at_once(sharing: Sharing) -> None:
    report, _consent, handover = sharing.offered()
    with pytest.raises(Conflict):
        withdraw(by=sharing.bas, handover_id=handover.pk, expected=9, pair=sharing.pair, now=timezone.now())
    with pytest.raises(Conflict):
        decide(
            by=sharing.bas,
            report_id=report.pk,
            expected=1,
            kind=DecisionKind.INVITE,
            pair=sharing.pair,
            now=timezone.now(),
        )
    withdraw(by=sharing.bas, handover_id=handover.pk, expected=1, pair=sharing.pair, now=timezone.now())
    with pytest.raises(Closed):
        withdraw(by=sharing.bas, handover_id=handover.pk, pair=sharing.pair, now=timezone.now())
    with pytest.raises(Closed):
        accept(by=sharing.cleo, handover_id=handover.pk, now=timezone.now())


def test_nobody_decides_before_triage(sharing: Sharing) -> None:
    report = sharing.report()
    Report.objects.filter(pk=report.pk).update(state="waiting")
    with pytest.raises(NotAllowed):
        sharing.decide(report, DecisionKind.INVITE)


def test_nobody_decides_for_another_organisation(sharing: Sharing) -> None:
    report = sharing.report()
    ann = acting(sharing.world.ann, sharing.world.there)
    with pytest.raises(Report.DoesNotExist):
        decide(by=ann, report_id=report.pk, kind=DecisionKind.INVITE, pair=sharing.pair, now=timezone.now())
