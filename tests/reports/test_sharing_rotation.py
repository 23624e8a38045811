"""A new inbox on either side of a hand-over: who may read goes on reading, and taking back still takes back everything."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests.helpers.sharing import Sharing, inbox_pair_of

from baken.people.actor import Acting
from baken.people.models import Organisation
from baken.reports.actions.answering import accept, report_outcome
from baken.reports.actions.deciding import withdraw_consent
from baken.reports.opened import content_of, texts_of
from baken.reports.parts import Content
from baken.vault.models import Grant
from baken.vault.rotation import move, new_generation
from baken.vault.secret import KeyPair

pytestmark = pytest.mark.django_db


def renew(by: Acting, organisation: Organisation, old: KeyPair, *, finish: bool = True) -> KeyPair:
    """A new generation, with everything moved to it when it may finish."""
    rotation = new_generation(by=by, organisation=organisation, now=timezone.now())
    assert rotation is not None
    if finish:
        move(rotation.pk, old, now=timezone.now())
    return inbox_pair_of(by.member, organisation)


def test_a_new_inbox_of_the_recipient_still_reads_and_is_still_taken_off() -> None:
    sharing = Sharing.new()
    report, consent, handover = sharing.offered()
    newer = renew(sharing.cleo, sharing.world.there, sharing.theirs)
    assert content_of(report, newer) == Content(facts="kanarie feit")
    accept(by=sharing.cleo, handover_id=handover.pk, now=timezone.now())
    withdraw_consent(by=sharing.bas, consent_id=consent.pk, pair=sharing.pair, now=timezone.now())
    assert content_of(report, newer) == content_of(report, sharing.theirs) == Content()


def test_taking_back_in_the_midst_of_a_move_leaves_nothing_behind() -> None:
    sharing = Sharing.new()
    report, consent, _handover = sharing.offered()
    newer = renew(sharing.cleo, sharing.world.there, sharing.theirs, finish=False)
    withdraw_consent(by=sharing.bas, consent_id=consent.pk, pair=sharing.pair, now=timezone.now())
    assert content_of(report, newer) == content_of(report, sharing.theirs) == Content()
    assert not Grant.objects.filter(until__isnull=False).exists()


def test_a_new_inbox_of_the_sender_takes_back_and_reads_the_outcome() -> None:
    sharing = Sharing.new()
    report, consent, handover = sharing.offered()
    newer = renew(sharing.bas, sharing.world.here, sharing.pair)
    accept(by=sharing.cleo, handover_id=handover.pk, now=timezone.now())
    report_outcome(by=sharing.cleo, handover_id=handover.pk, outcome="helped", text="kanarie", now=timezone.now())
    assert texts_of("handover", [handover.pk], newer, "answer") == {str(handover.pk): "kanarie"}
    withdraw_consent(by=sharing.bas, consent_id=consent.pk, pair=newer, now=timezone.now())
    assert content_of(report, sharing.theirs) == Content()
    assert content_of(report, newer).facts == "kanarie feit"
