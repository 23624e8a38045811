"""Who moves an inbox to its next key: a worker with a ticket, or without one the colleagues who open it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from tests.helpers.moves import join, leave, opened_with, pairs_of, seal_one
from tests.helpers.pages import PageClient
from tests.helpers.people import World
from tests.helpers.vault import Sheets, sign_in_unlocked

from baken.people.models import Membership
from baken.people.permissions import Function
from baken.vault import rotation, tickets
from baken.vault.models import (
    Grant,
    Rotation,
    WorkerKey,
)
from baken.vault.tasks import move_inbox

START = "/nl/organisation/{}/keys/sheet/"


class TestByWorker:
    """The worker gets a ticket from a colleague, and moves all."""

    @pytest.fixture(autouse=True)
    def _no_worker_before(self):
        yield
        with tickets._own:
            tickets._pair = None

    @pytest.fixture
    def left(self, world: World, sheets: Sheets) -> Client:
        """Dora left; Bas has a session that is unlocked."""
        dora = join(world, "dora@oostzaan.example")
        for number in range(5):
            seal_one(world.here, f"text {number}")
        leave(world, dora)
        client = Client()
        sign_in_unlocked(client, world.bas)
        return client

    def test_opening_the_inbox_hands_over_a_ticket(self, world: World, left: Client) -> None:
        tickets.begin(timezone.now())
        assert left.get(START.format(world.here.pk)).status_code == 200
        found = Rotation.objects.get()
        assert found.ticket
        assert pairs_of(world.bas, world.here)[found.old.key_id].private.reveal() not in bytes(found.ticket)
        move_inbox.func(str(found.pk))
        found.refresh_from_db()
        assert (found.done, found.total) == (5, 5)
        assert not found.ticket
        assert not Grant.objects.filter(key_id=found.old.key_id).exists()
        move_inbox.func(str(found.pk))
        assert len(opened_with(pairs_of(world.bas, world.here), world.here)) == 5

    def test_without_a_worker_each_request_moves_a_portion(
        self, world: World, left: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(rotation, "PORTION", 2)
        done = []
        for _ in range(3):
            left.get(START.format(world.here.pk))
            done.append(Rotation.objects.get().done)
        assert len(opened_with(pairs_of(world.bas, world.here), world.here)) == 5
        assert not Rotation.objects.get().ticket
        assert done == sorted(done)
        assert done[-1] == 5

    def test_a_worker_that_was_killed_is_replaced(self, world: World, left: Client) -> None:
        tickets.begin(timezone.now())
        left.get(START.format(world.here.pk))
        first = Rotation.objects.get()
        tickets._pair = None
        with pytest.raises(Exception, match="OtherWorkerError"):
            move_inbox.func(str(first.pk))
        WorkerKey.objects.update(seen_at=timezone.now() - dt.timedelta(minutes=5))
        move_inbox.func(str(first.pk))
        assert not Rotation.objects.get().ticket
        tickets.begin(timezone.now())
        left.get(START.format(world.here.pk))
        again = Rotation.objects.get()
        assert again.ticket_key_id != first.ticket_key_id
        move_inbox.func(str(again.pk))
        assert Rotation.objects.get().done == 5

    def test_a_worker_that_stops_leaves_no_ticket(self, world: World, left: Client) -> None:
        tickets.begin(timezone.now())
        left.get(START.format(world.here.pk))
        tickets.end(timezone.now())
        assert not Rotation.objects.get().ticket
        assert not WorkerKey.objects.exists()

    def test_who_ends_the_function_starts_the_move_in_that_request(self, world: World, sheets: Sheets) -> None:
        dora = join(world, "dora@oostzaan.example")
        seal_one(world.here, "text")
        client = PageClient()
        sign_in_unlocked(client, world.bas)
        held = Membership.objects.get(member=dora, function=Function.FOCAL_POINT)
        response = client.post(f"/nl/organisation/{world.here.pk}/members/{held.pk}/end/")
        assert response.status_code == 302
        assert Rotation.objects.get().done == 1

    def test_the_page_shows_how_far_it_is(self, world: World, left: Client) -> None:
        assert "0 of 5" in left.get(f"/en/organisation/{world.here.pk}/keys/").content.decode()
