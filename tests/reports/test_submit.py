"""Handing in a report: sealed for the inbox and the reporter, and for nobody else."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests.helpers.people import World

from baken.audit.models import Event
from baken.people.actor import Acting
from baken.people.queries import standing_of
from baken.reports.actions.moves import advance, locked
from baken.reports.actions.submit import Submitted, submit
from baken.reports.errors import Conflict, NoInbox
from baken.reports.models import Report
from baken.reports.opened import content_of
from baken.reports.parts import Content
from baken.reports.states import Move, NotAllowed, State, transition_pairs
from baken.vault.inboxes import first_generation
from baken.vault.models import Inbox, Sealed
from baken.vault.receipts import read_receipt
from baken.vault.secret import KeyPair

pytestmark = pytest.mark.django_db
CONTENT = Content(situation={"signs": ["dest_documents_taken"]}, facts="kanarie feit", opinion="kanarie mening")


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def pair(world: World) -> KeyPair:
    """The inbox of the organisation."""
    generation = first_generation(str(world.here.pk))
    Inbox.objects.create(
        organisation=world.here,
        number=1,
        public=generation.pair.public,
        key_id=generation.pair.id.hex(),
        made_at=timezone.now(),
    )
    return generation.pair


def acting(world: World) -> Acting:
    return Acting(world.ann, standing_of(world.ann, now=timezone.now()), world.here)


def send(world: World, *, manner: str = "named", by: Acting | None = None) -> Submitted:
    return submit(
        by=by,
        organisation=world.here,
        content=CONTENT,
        manner=manner,
        urgent=False,
        language="nl",
        now=timezone.now(),
    )


def test_inbox_and_receipt_read_the_same(world: World, pair: KeyPair) -> None:
    sent = send(world)
    assert sent.receipt is not None
    assert content_of(sent.report, pair) == CONTENT
    assert content_of(sent.report, read_receipt(sent.receipt).pair) == CONTENT
    assert content_of(sent.report, KeyPair.new()) == Content()


def test_nothing_that_was_written_lies_in_the_table(world: World, pair: KeyPair) -> None:
    send(world)
    assert Sealed.objects.count() == 3
    assert not any(b"kanarie" in bytes(row.envelope or b"") for row in Sealed.objects.all())


def test_anonymous_names_nobody(world: World, pair: KeyPair) -> None:
    sent = send(world, manner="anonymous", by=acting(world))
    event = Event.objects.get(object_id=str(sent.report.pk))
    assert sent.receipt is not None
    assert (sent.report.reporter, event.member_id, event.organisation_id) == (None, "", "")


def test_a_member_under_their_name_needs_no_receipt(world: World, pair: KeyPair) -> None:
    sent = send(world, by=acting(world))
    assert sent.receipt is None
    assert sent.report.reporter == world.ann


def test_without_an_inbox_nothing_is_taken_in(world: World) -> None:
    with pytest.raises(NoInbox):
        send(world)
    assert not Report.objects.exists()


@pytest.mark.parametrize("target", [state for state in State if (State.RECEIVED, state) not in transition_pairs()])
def test_the_database_refuses_what_is_no_move(world: World, pair: KeyPair, target: State) -> None:
    report = send(world).report
    if target is State.RECEIVED:
        return
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(state=target, closed_at=timezone.now())


def test_two_at_once_the_second_hears_of_it(world: World, pair: KeyPair) -> None:
    report = send(world).report
    with transaction.atomic():
        advance(locked(report.pk, expected=1), Move.ACKNOWLEDGE, by=acting(world), now=timezone.now())
    with pytest.raises(Conflict), transaction.atomic():
        locked(report.pk, expected=1)
    with pytest.raises(NotAllowed), transaction.atomic():
        advance(locked(report.pk), Move.ACKNOWLEDGE, by=acting(world), now=timezone.now())
    assert list(Report.objects.get(pk=report.pk).steps.order_by("number").values_list("state", flat=True)) == [
        "received",
        "acknowledged",
    ]
