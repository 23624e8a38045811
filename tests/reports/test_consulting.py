"""A question to an expert elsewhere: they see the words that were sent, and nothing else."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests.helpers.sharing import Sharing

from baken.audit.models import Event
from baken.reports.actions.consulting import answer, ask, withdraw_question
from baken.reports.errors import Closed, NoInbox
from baken.reports.models import Consultation
from baken.reports.opened import content_of, texts_of
from baken.reports.parts import Content

pytestmark = pytest.mark.django_db


def asked(sharing: Sharing) -> Consultation:
    return ask(
        by=sharing.bas,
        report_id=sharing.report().pk,
        asked=sharing.world.there,
        question="kanarie vraag",
        now=timezone.now(),
    )


def test_one_question_one_answer() -> None:
    sharing = Sharing.new()
    row = asked(sharing)
    assert texts_of("consultation", [row.pk], sharing.theirs, "question") == {str(row.pk): "kanarie vraag"}
    assert content_of(row.report, sharing.theirs) == Content()
    answer(by=sharing.cleo, consultation_id=row.pk, text="kanarie antwoord", now=timezone.now())
    assert texts_of("consultation", [row.pk], sharing.pair, "answer") == {str(row.pk): "kanarie antwoord"}
    with pytest.raises(Closed):
        answer(by=sharing.cleo, consultation_id=row.pk, text="nog een", now=timezone.now())
    event = Event.objects.get(action="consultation.answered")
    assert (event.object_id, event.organisation_id) == (str(row.pk), str(sharing.world.there.pk))


def test_a_question_that_was_taken_back_is_gone_there() -> None:
    sharing = Sharing.new()
    row = asked(sharing)
    withdraw_question(by=sharing.bas, consultation_id=row.pk, pair=sharing.pair, now=timezone.now())
    withdraw_question(by=sharing.bas, consultation_id=row.pk, pair=sharing.pair, now=timezone.now())
    assert texts_of("consultation", [row.pk], sharing.theirs, "question") == {}
    assert texts_of("consultation", [row.pk], sharing.pair, "question")
    assert Event.objects.filter(action="consultation.withdrawn").count() == 1
    with pytest.raises(Closed):
        answer(by=sharing.cleo, consultation_id=row.pk, text="te laat", now=timezone.now())


def test_only_who_was_asked_answers_and_nobody_asks_themselves() -> None:
    sharing = Sharing.new()
    row = asked(sharing)
    with pytest.raises(Consultation.DoesNotExist):
        answer(by=sharing.bas, consultation_id=row.pk, text="zelf", now=timezone.now())
    with pytest.raises(NoInbox):
        ask(
            by=sharing.bas,
            report_id=row.report_id,
            asked=sharing.world.here,
            question="vraag",
            now=timezone.now(),
        )
    with pytest.raises(ValueError, match="no question"):
        ask(by=sharing.bas, report_id=row.report_id, asked=sharing.world.there, question=" ", now=timezone.now())
