"""Somebody leaves who could read: from that moment on nothing new opens for them, and nothing is lost for who stays."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from tests.helpers.moves import finish_moves, join, leave, opened_with, pairs_of, pairs_of_sheet, seal_one
from tests.helpers.people import World, member
from tests.helpers.vault import Sheets, acting, give_key, own_pair

from baken.audit.kinds import Action
from baken.audit.models import Event
from baken.people import actions as people
from baken.people.models import Membership
from baken.people.permissions import Function
from baken.vault import rotation
from baken.vault.actions import Recipient, change, give
from baken.vault.errors import VaultError
from baken.vault.models import (
    Escrow,
    EscrowedKey,
    Grant,
    InboxAccess,
    MemberKey,
    Rotation,
    Sealed,
)
from baken.vault.opening import current_inbox, data_key
from baken.vault.sealing import open_sealed
from baken.vault.secret import KeyPair


def test_from_that_moment_on_nothing_new_opens_for_who_left(world: World, sheets: Sheets) -> None:
    dora = join(world, "dora@oostzaan.example")
    before = seal_one(world.here, "before")
    kept_aside = pairs_of(dora, world.here)
    dora_own = own_pair(dora)
    leave(world, dora)
    after = seal_one(world.here, "after")
    assert opened_with(kept_aside, world.here) == {before.object_id: "before"}
    assert not InboxAccess.objects.filter(member=dora).exists()
    assert not MemberKey.objects.filter(member=dora).exists()
    everything = {before.object_id: "before", after.object_id: "after"}
    assert opened_with(pairs_of(world.bas, world.here), world.here) == everything
    assert opened_with(pairs_of_sheet(sheets.here, world.here), world.here) == everything
    finish_moves(pairs_of(world.bas, world.here))
    assert opened_with(kept_aside | {"own": dora_own}, world.here) == {}
    assert opened_with(pairs_of(world.bas, world.here), world.here) == everything
    assert opened_with(pairs_of_sheet(sheets.here, world.here), world.here) == everything
    rotated = Event.objects.filter(action=Action.KEY_ROTATED, member_id=str(world.bas.pk))
    assert rotated.count() == 1


def test_who_kept_the_data_key_of_a_text_cannot_open_it_after_the_move(world: World, sheets: Sheets) -> None:
    dora = join(world, "dora@oostzaan.example")
    text = seal_one(world.here, "text")
    pair = next(iter(pairs_of(dora, world.here).values()))
    kept = data_key(text, pair)
    assert open_sealed(bytes(text.envelope or b""), kept, text.context()) == b"text"
    leave(world, dora)
    finish_moves(pairs_of(world.bas, world.here))
    moved = Sealed.objects.get(pk=text.pk)
    with pytest.raises(VaultError):
        open_sealed(bytes(moved.envelope or b""), kept, moved.context())
    assert moved.made_at == text.made_at


def test_an_older_key_is_forgotten_when_nothing_needs_it(world: World, sheets: Sheets) -> None:
    dora = join(world, "dora@oostzaan.example")
    seal_one(world.here, "before")
    old = current_inbox(world.here)
    leave(world, dora)
    pairs = pairs_of(world.bas, world.here)
    assert len(pairs) == 2
    found = Rotation.objects.get()
    assert rotation.move(found.pk, pairs[found.old.key_id], now=timezone.now()) is None
    # What was being sealed for the old inbox at that moment may still arrive: it is kept for a while.
    assert Rotation.objects.get().finished_at is None
    assert len(pairs_of(world.bas, world.here)) == 2
    rotation.tidy(timezone.now() + rotation.GRACE)
    assert Rotation.objects.get().finished_at is not None
    assert len(pairs_of(world.bas, world.here)) == 1
    assert not EscrowedKey.objects.filter(inbox=old).exists()
    assert Event.objects.filter(action=Action.GRANT_WITHDRAWN).count() == 1


def test_what_arrives_late_for_the_old_inbox_is_moved_too(world: World, sheets: Sheets) -> None:
    dora = join(world, "dora@oostzaan.example")
    old = current_inbox(world.here)
    assert old is not None
    leave(world, dora)
    pairs = pairs_of(world.bas, world.here)
    finish_now = timezone.now()
    found = Rotation.objects.get()
    rotation.move(found.pk, pairs[old.key_id], now=finish_now)
    late = seal_one(world.here, "late")
    Grant.objects.filter(sealed=late).delete()
    from baken.vault.actions import inbox_recipient, keep
    from baken.vault.context import Context

    context = Context(kind="report", id="late", field="facts", organisation=world.here.pk.hex)
    keep({context: b"really late"}, [inbox_recipient(old)], now=finish_now)
    rotation.tidy(finish_now + rotation.GRACE)
    assert Rotation.objects.get().finished_at is None
    finish_moves(pairs_of(world.bas, world.here))
    assert opened_with(pairs_of(world.bas, world.here), world.here) == {"late": "really late"}


def test_others_who_hold_a_grant_keep_it(world: World, sheets: Sheets) -> None:
    dora = join(world, "dora@oostzaan.example")
    receipt, elsewhere = KeyPair.new(), current_inbox(world.there)
    assert elsewhere is not None
    text = seal_one(
        world.here, "shared", Recipient("receipt", receipt.public), Recipient("inbox", bytes(elsewhere.public))
    )
    file = seal_one(world.here, "file", Recipient("receipt", receipt.public), file=True)
    leave(world, dora)
    finish_moves(pairs_of(world.bas, world.here))
    everything = {text.object_id: "shared", file.object_id: "file"}
    assert opened_with({"receipt": receipt}, world.here) == everything
    assert opened_with(pairs_of(world.cleo, world.there), world.here) == {text.object_id: "shared"}
    assert opened_with(pairs_of(world.bas, world.here), world.here) == everything


def test_a_text_that_changes_during_the_move_stays_readable(world: World, sheets: Sheets) -> None:
    dora = join(world, "dora@oostzaan.example")
    stale = Sealed.objects.prefetch_related("grants").get(pk=seal_one(world.here, "first").pk)
    other = Sealed.objects.prefetch_related("grants").get(pk=stale.pk)
    leave(world, dora)
    finish_moves(pairs_of(world.bas, world.here))
    change(stale, b"second", now=timezone.now())
    receipt = KeyPair.new()
    newest = list(pairs_of(world.bas, world.here).values())[-1]
    give(other, newest, Recipient("receipt", receipt.public))
    assert opened_with(pairs_of(world.bas, world.here), world.here) == {stale.object_id: "second"}
    assert opened_with({"receipt": receipt}, world.here) == {stale.object_id: "second"}


def test_what_was_changed_on_the_disk_stays_and_keeps_nobody_else(world: World, sheets: Sheets) -> None:
    dora = join(world, "dora@oostzaan.example")
    broken, whole = seal_one(world.here, "broken"), seal_one(world.here, "whole")
    Sealed.objects.filter(pk=broken.pk).update(envelope=b"something else")
    leave(world, dora)
    finish_moves(pairs_of(world.bas, world.here))
    found = Rotation.objects.get()
    assert (found.done, found.total, found.finished_at) == (1, 2, None)
    assert opened_with(pairs_of(world.bas, world.here), world.here) == {whole.object_id: "whole"}


def test_who_never_could_open_begins_no_move(world: World, sheets: Sheets) -> None:
    leave(world, world.ann)
    assert not Rotation.objects.exists()
    assert not MemberKey.objects.filter(member=world.ann).exists()


def test_who_still_reads_through_another_function_keeps_access(world: World, sheets: Sheets) -> None:
    dora = join(world, "dora@oostzaan.example")
    people.give_functions(
        by=None, member=dora, organisation=world.here, functions=[Function.COORDINATOR], now=timezone.now()
    )
    held = Membership.objects.get(member=dora, organisation=world.here, function=Function.FOCAL_POINT)
    people.end_membership(by=acting(world.bas, world.here), membership=held, now=timezone.now())
    assert not Rotation.objects.exists()
    assert pairs_of(dora, world.here)


def test_who_is_a_member_elsewhere_keeps_their_own_key(world: World, sheets: Sheets) -> None:
    dora = join(world, "dora@oostzaan.example")
    people.give_functions(
        by=None, member=dora, organisation=world.there, functions=[Function.REPORTER], now=timezone.now()
    )
    leave(world, dora)
    assert MemberKey.objects.filter(member=dora).exists()
    assert not InboxAccess.objects.filter(member=dora).exists()


def test_nobody_gets_in_by_a_move(world: World, sheets: Sheets) -> None:
    dora = join(world, "dora@oostzaan.example")
    waiting = member("wacht@oostzaan.example", where=world.here, functions=(Function.FOCAL_POINT,))
    give_key(waiting)
    leave(world, dora)
    assert not InboxAccess.objects.filter(member=waiting).exists()


def test_when_the_last_reader_leaves_only_the_sheet_opens(world: World, sheets: Sheets) -> None:
    text = seal_one(world.here, "alone")
    held = Membership.objects.get(member=world.bas, organisation=world.here, function=Function.FOCAL_POINT)
    people.end_membership(by=acting(world.bas, world.here), membership=held, now=timezone.now())
    after = seal_one(world.here, "later")
    assert not InboxAccess.objects.filter(inbox__organisation=world.here).exists()
    found = opened_with(pairs_of_sheet(sheets.here, world.here), world.here)
    assert found == {text.object_id: "alone", after.object_id: "later"}


def test_without_a_sheet_the_last_reader_cannot_leave(world: World, sheets: Sheets) -> None:
    Escrow.objects.filter(organisation=world.here).delete()
    held = Membership.objects.get(member=world.bas, organisation=world.here, function=Function.FOCAL_POINT)
    with pytest.raises(ValidationError):
        people.end_membership(by=acting(world.bas, world.here), membership=held, now=timezone.now())
