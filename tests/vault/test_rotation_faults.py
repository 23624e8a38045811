"""A move that is killed at every write, and any order of joining, leaving, reporting and moving."""

from __future__ import annotations

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.faults import Killed, all_or_nothing, killed_at
from tests.helpers.moves import finish_moves, join, leave, opened_with, pairs_of, pairs_of_sheet, seal_one
from tests.helpers.people import World
from tests.helpers.vault import Sheets, acting

from baken.audit.queries import check_chain
from baken.people import actions as people
from baken.people.models import Member, Membership
from baken.people.permissions import Function
from baken.vault import rotation
from baken.vault.models import (
    Inbox,
    Rotation,
)
from baken.vault.secret import KeyPair


@pytest.mark.django_db(transaction=True)
class TestFaults:
    """Killed at every write."""

    @pytest.fixture
    def scene(self, transactional_db: None) -> tuple[World, Sheets, Member]:
        from tests.helpers.vault import give_keys

        world = World()
        sheets = give_keys(world)
        dora = join(world, "dora@oostzaan.example")
        for number in range(3):
            seal_one(world.here, f"text {number}", file=number == 2)
        return world, sheets, dora

    def test_leaving(self, scene: tuple[World, Sheets, Member]) -> None:
        world, sheets, dora = scene
        held = Membership.objects.get(member=dora, function=Function.FOCAL_POINT)

        def act() -> None:
            fresh = Membership.objects.get(pk=held.pk)
            people.end_membership(by=acting(world.bas, world.here), membership=fresh, now=timezone.now())

        assert all_or_nothing(act) >= 6
        assert len(opened_with(pairs_of(world.bas, world.here), world.here)) == 3

    def test_moving(self, scene: tuple[World, Sheets, Member]) -> None:
        world, sheets, dora = scene
        leave(world, dora)
        found, pairs = Rotation.objects.get(), pairs_of(world.bas, world.here)
        later = timezone.now() + rotation.GRACE
        number = 0
        while True:
            try:
                with killed_at(number):
                    rotation.move(found.pk, pairs[found.old.key_id], now=later)
            except Killed:
                number += 1
                assert len(opened_with(pairs_of(world.bas, world.here), world.here)) == 3
                assert len(opened_with(pairs_of_sheet(sheets.here, world.here), world.here)) == 3
                continue
            break
        assert number >= 5
        assert check_chain().sound
        assert Rotation.objects.get().finished_at is not None
        assert len(opened_with(pairs_of(world.bas, world.here), world.here)) == 3


STEPS = st.lists(st.sampled_from(["join", "leave", "report", "file", "move", "kill", "finish", "renew"]), max_size=14)


@settings(max_examples=12)
@given(steps=STEPS)
@pytest.mark.django_db(transaction=True)
def test_in_any_order_nothing_is_lost_and_nothing_leaks(steps: list[str]) -> None:
    from django.db import transaction
    from tests.helpers.vault import give_keys

    with transaction.atomic():
        story = Story(World())
        story.sheets = give_keys(story.world)
        for step in ("report", "join", *steps):
            getattr(story, step)()
            story.check()
        transaction.set_rollback(True)


class Story:
    """Any order of joining, leaving, reporting and moving, and what must hold after each step."""

    sheets: Sheets

    def __init__(self, world: World) -> None:
        self.world = world
        self.written: dict[str, str] = {}
        self.readers: list[Member] = [world.bas]
        self.gone: list[tuple[dict[str, KeyPair], dict[str, str]]] = []
        self.count = 0

    def join(self) -> None:
        self.count += 1
        self.readers.append(join(self.world, f"lid{self.count}@oostzaan.example"))

    def leave(self) -> None:
        if len(self.readers) > 1:
            who = self.readers.pop()
            kept = pairs_of(who, self.world.here)
            self.gone.append((kept, dict(self.written)))
            leave(self.world, who)

    def report(self, *, file: bool = False) -> None:
        self.count += 1
        text = f"text {self.count}"
        self.written[seal_one(self.world.here, text, file=file).object_id] = text

    def file(self) -> None:
        self.report(file=True)

    def renew(self) -> None:
        rotation.new_generation(by=None, organisation=self.world.here, now=timezone.now())

    def move(self) -> None:
        pairs = pairs_of(self.readers[-1], self.world.here)
        for found in Rotation.objects.filter(finished_at=None).select_related("old"):
            rotation.move(found.pk, pairs[found.old.key_id], now=timezone.now(), most=2)

    def kill(self) -> None:
        """A portion that is cut off in the middle."""
        try:
            with killed_at(2):
                self.move()
        except Killed:
            pass

    def finish(self) -> None:
        finish_moves(pairs_of(self.readers[0], self.world.here))

    def check(self) -> None:
        here = self.world.here
        for who in self.readers:
            assert opened_with(pairs_of(who, here), here) == self.written
        assert opened_with(pairs_of_sheet(self.sheets.here, here), here) == self.written
        for kept, seen in self.gone:
            assert opened_with(kept, here).items() <= seen.items()
        if not Rotation.objects.filter(finished_at=None).exists():
            assert all(opened_with(kept, here) == {} for kept, _seen in self.gone)
        assert Inbox.objects.filter(organisation=here, retired_at=None).count() == 1
